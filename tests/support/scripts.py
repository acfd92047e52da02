"""Random answers, and the bytes by which the many Chat Completions servers would send them.

What a script holds is drawn by hypothesis and shrinks; how it is written (the noise) follows
from a seed.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from hypothesis import strategies as st

JsonObject = dict[str, Any]

_CHARACTERS = "ab 01{}[]\"\\/:,.<>'\n\r\t\x0b\x0c\x00\x1c\x85\u00a0\u2028\u2029éß漢字😀𝄞\ufeff"
_LONE = "\ud83d"
_NAMES = ("Bash", "Read", "mcp__git__log", "A-b_9")
_REASONING_FIELDS = ("reasoning_content", "reasoning", "thinking", "reasoning_details")


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Reasoning:
    text: str


@dataclass(frozen=True)
class Call:
    id: str
    name: str
    arguments: JsonObject


Part = Text | Reasoning | Call


@dataclass(frozen=True, kw_only=True)
class Script:
    """An answer as the model meant it."""

    parts: Sequence[Part]
    finish: str = "stop"
    usage: JsonObject | None = None
    reasoning_field: str = "reasoning_content"

    @property
    def calls(self) -> list[Call]:
        return [part for part in self.parts if isinstance(part, Call)]

    def expected_blocks(self) -> list[tuple[Any, ...]]:
        """Kind and content of the blocks that the client must see."""
        blocks: list[tuple[Any, ...]] = []
        for kind, group in groupby((p for p in self.parts if not _is_empty(p)), type):
            parts = list(group)
            if kind is Call:
                blocks += [("tool_use", call.name, call.arguments) for call in parts]
            else:
                text = "".join(part.text for part in parts).replace(_LONE, "\ufffd")
                blocks.append(("text" if kind is Text else "thinking", text))
        return blocks

    def expected_stop(self) -> str:
        if self.finish == "length":
            return "max_tokens"
        return "tool_use" if self.calls else "end_turn"


def blocks_of(message: JsonObject) -> list[tuple[Any, ...]]:
    """The blocks of a message in the form of `Script.expected_blocks`."""
    return [
        ("tool_use", block["name"], block["input"])
        if block["type"] == "tool_use"
        else (block["type"], block[block["type"]])
        for block in message["content"]
    ]


def _is_empty(part: Part) -> bool:
    return not isinstance(part, Call) and not part.text


# -- what an answer holds ----------------------------------------------------------------------


@cache
def texts(*, lone: bool = True) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(_CHARACTERS + (_LONE if lone else "")), max_size=12)


@cache
def arguments(*, lone: bool = True) -> st.SearchStrategy[JsonObject]:
    text = texts(lone=lone)
    leaf = st.one_of(text, st.integers(-9, 10**6), st.booleans(), st.none(), st.just(0.5))
    value = st.one_of(leaf, st.lists(leaf, max_size=2), st.dictionaries(text, leaf, max_size=2))
    return st.dictionaries(text, value, max_size=3)


@cache
def _calls(*, lone: bool) -> st.SearchStrategy[list[Part]]:
    call = st.builds(Call, st.just(""), st.sampled_from(_NAMES), arguments(lone=lone))
    return st.lists(call, max_size=3)


@cache
def _parts(*, lone: bool) -> st.SearchStrategy[list[Part]]:
    call = st.builds(Call, st.just(""), st.sampled_from(_NAMES), arguments(lone=lone))
    text = texts(lone=lone)
    return st.lists(st.one_of(st.builds(Text, text), st.builds(Reasoning, text), call), max_size=5)


def _usage(cached: int, fresh: int, thinking: int, visible: int) -> JsonObject:
    return {
        "prompt_tokens": cached + fresh,
        "completion_tokens": thinking + visible,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": thinking},
    }


_COUNTS = st.integers(0, 5000)
_USAGES = st.none() | st.builds(_usage, _COUNTS, _COUNTS, _COUNTS, _COUNTS)
_FINISHES = st.sampled_from(("stop", "tool_calls", "", "length", "eos_token"))
_FIELDS = st.sampled_from(_REASONING_FIELDS)


@st.composite
def scripts(draw: st.DrawFn, *, ordered: bool = False, lone: bool = True) -> Script:
    """Answers; *ordered* ones have reasoning, text and calls in this order and one of each text."""
    if ordered:
        text = texts(lone=lone)
        parts = [Reasoning(draw(text)), Text(draw(text)), *draw(_calls(lone=lone))]
    else:
        parts = draw(_parts(lone=lone))
    return Script(
        parts=[
            Call(f"call_{number}", part.name, part.arguments) if isinstance(part, Call) else part
            for number, part in enumerate(parts)
        ],
        finish=draw(_FINISHES),
        usage=draw(_USAGES),
        reasoning_field=draw(_FIELDS),
    )


SEEDS = st.integers(0, 2**32 - 1)


# -- how a server writes it --------------------------------------------------------------------


def dumps(value: Any, *, ascii_only: bool = True) -> str:
    """JSON text in which lone surrogates are always escaped."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match.group()):04x}", text)


def completion(script: Script) -> bytes:
    """The body of a complete answer; only for ordered scripts."""
    message: JsonObject = {"role": "assistant", "content": None}
    for part in script.parts:
        match part:
            case Text(text):
                message["content"] = text
            case Reasoning(text) if text:
                message |= _reasoning(script.reasoning_field, text)
            case Call():
                entry = _entry(part, {"arguments": dumps(part.arguments)})
                message.setdefault("tool_calls", []).append(entry)
    choice = {"index": 0, "message": message, "finish_reason": script.finish}
    return dumps({"id": "c", "choices": [choice], "usage": script.usage}).encode()


def _reasoning(member: str, text: str) -> JsonObject:
    if member == "reasoning_details":
        return {member: [{"type": "reasoning.text", "text": text, "index": 0}]}
    return {member: text}


def _entry(call: Call, function: JsonObject) -> JsonObject:
    return {"id": call.id, "type": "function", "function": {"name": call.name, **function}}


@dataclass
class Server:
    """A server with habits of its own, all of them seen in the wild."""

    chance: random.Random
    script: Script
    numbering: str = "index"
    arguments: str = "append"
    usage_at: str = "last"
    _deltas: list[JsonObject] = field(default_factory=list)

    @classmethod
    def of(cls, script: Script, seed: int) -> "Server":
        chance = random.Random(seed)
        return cls(
            chance,
            script,
            numbering=chance.choice(("index", "from one", "gaps", "ids", "all zero")),
            arguments=chance.choice(("append", "append", "snapshot", "object", "whole")),
            usage_at=chance.choice(("last", "finish", "every", "groq")),
        )

    def maybe(self, share: float = 0.25) -> bool:
        return self.chance.random() < share

    # -- deltas

    def deltas(self) -> list[JsonObject]:
        out: list[JsonObject] = [{"role": "assistant", "content": self.chance.choice(("", None))}]
        for kind, group in groupby(self.script.parts, type):
            parts = list(group)
            if kind is Call:
                out += self._calls(parts)
                continue
            for part in parts:
                for piece in self.pieces(part.text):
                    is_text = kind is Text
                    out.append(
                        {"content": piece}
                        if is_text
                        else _reasoning(self.script.reasoning_field, piece)
                    )
        return [noisy for delta in out for noisy in self._with_noise(delta)]

    def _with_noise(self, delta: JsonObject) -> Iterator[JsonObject]:
        if self.maybe(0.1):
            yield self.chance.choice(({}, {"content": ""}, {"content": None}, {"tool_calls": []}))
        yield {"content": None, **delta} if self.maybe(0.1) else delta

    def pieces(self, text: str) -> list[str]:
        out, at = [], 0
        while at < len(text):
            size = self.chance.randint(1, 6)
            out.append(text[at : at + size])
            at += size
        return out

    # -- calls

    def _calls(self, calls: Sequence[Call]) -> list[JsonObject]:
        lanes = [list(self._entries(call)) for call in calls]
        mixes = self.numbering != "all zero" and self.maybe(0.5)
        out: list[JsonObject] = []
        heads = [lane.pop(0) for lane in lanes]
        if not mixes:
            for head, lane in zip(heads, lanes, strict=True):
                out += [{"tool_calls": [entry]} for entry in (head, *lane)]
            return out
        out.append({"tool_calls": heads})
        while lanes := [lane for lane in lanes if lane]:
            out.append({"tool_calls": [self.chance.choice(lanes).pop(0)]})
        return out

    def _entries(self, call: Call) -> Iterator[JsonObject]:
        number = self.script.calls.index(call)
        index = {
            "index": {"index": number},
            "from one": {"index": number + 1},
            "gaps": {"index": number * 3 + 2},
            "all zero": {"index": 0},
            "ids": {},
        }[self.numbering]
        fragments = self._fragments(call)
        first = fragments[0] if fragments else self.chance.choice(("", None))
        yield {**index, **_entry(call, {"arguments": first})}
        for fragment in fragments[1:]:
            yield {**index, **self._repeated(call), "function": self._function(call, fragment)}

    def _fragments(self, call: Call) -> list[Any]:
        if not call.arguments and self.maybe(0.5):
            return []
        if self.arguments == "object" and not _has_lone(call.arguments):
            return [call.arguments]
        text = dumps(call.arguments, ascii_only=self.maybe(0.5))
        if self.arguments == "whole":
            return [text, text] if self.maybe() else [text]
        pieces = _unlike_snapshots(self.pieces(text))
        if self.arguments == "snapshot":
            return ["".join(pieces[: end + 1]) for end in range(len(pieces))]
        return pieces

    def _repeated(self, call: Call) -> JsonObject:
        if self.numbering == "ids":
            return {"id": call.id}
        return self.chance.choice(
            ({}, {"id": ""}, {"id": None}, {"id": call.id, "type": "function"})
        )

    def _function(self, call: Call, fragment: Any) -> JsonObject:
        names = ({}, {"name": ""}, {"name": None}, {"name": call.name})
        return {**self.chance.choice(names), "arguments": fragment}

    # -- chunks

    def chunks(self) -> list[JsonObject]:
        out = [self._chunk(delta) for delta in self.deltas()]
        usage = self.script.usage
        if self.usage_at == "every" and usage:
            for number, chunk in enumerate(out):
                chunk["usage"] = {**usage, "completion_tokens": number}
        end: JsonObject = self._chunk({}, self.script.finish)
        if self.maybe() and len(out) > 1:
            end = out.pop()
            end["choices"][0]["finish_reason"] = self.script.finish
        if usage and self.usage_at in {"finish", "every"}:
            end["usage"] = usage
        elif usage and self.usage_at == "groq":
            end["x_groq"] = {"usage": usage}
        out.append(end)
        if usage and self.usage_at == "last":
            out.append({"id": "c", "choices": [], "usage": usage})
        return out

    def _chunk(self, delta: JsonObject, finish: str | None = None) -> JsonObject:
        chunk: JsonObject = {"id": "c", "object": "chat.completion.chunk", "model": "m"}
        chunk["choices"] = [{"index": 0, "delta": delta, "finish_reason": finish}]
        if self.maybe(0.2):
            chunk["usage"] = None
        if self.maybe(0.1):
            del chunk["id"]
        if finish is None and self.maybe(0.1):
            del chunk["choices"][0]["finish_reason"]
        return chunk

    # -- bytes

    def events(self) -> list[str]:
        payloads = [dumps(chunk, ascii_only=self.maybe(0.5)) for chunk in self.chunks()]
        return [*payloads, "[DONE]"] if self.maybe(0.7) else payloads

    def body(self) -> bytes:
        end = self.chance.choice(("\n", "\n", "\r\n", "\r"))
        out = []
        for payload in self.events():
            if self.maybe(0.1):
                out.append(f": OPENROUTER PROCESSING{end * 2}")
            before = self.chance.choice(("", "", f"id: 7{end}", f"retry: 10{end}", f":{end}"))
            space = "" if self.maybe(0.1) else " "
            out.append(f"{before}data:{space}{payload}{end * 2}")
        if self.maybe(0.2):
            out[-1] = out[-1].rstrip("\r\n")
        return "".join(out).encode()


def _has_lone(value: JsonObject) -> bool:
    return _LONE in json.dumps(value, ensure_ascii=False)


def _unlike_snapshots(pieces: list[str]) -> list[str]:
    """The pieces, joined where one would look as if it repeated all before it."""
    out: list[str] = []
    for piece in pieces:
        if out and piece.startswith("".join(out)):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def render(script: Script, seed: int) -> bytes:
    """The bytes of *script* as a streamed answer, with the habits that *seed* stands for."""
    return Server.of(script, seed).body()
