"""Random answers (`scripts.py`) as a Responses server would send them, with the habits of some."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from tests.support.scripts import Call, Part, Reasoning, Script, Text, dumps

JsonObject = dict[str, Any]


def groups(script: Script) -> list[tuple[type, list[Part]]]:
    """The parts of an answer that belong together; empty ones say nothing."""
    kept = [part for part in script.parts if isinstance(part, Call) or part.text]
    return [(kind, list(parts)) for kind, parts in groupby(kept, type)]


def output_items(script: Script) -> list[JsonObject]:
    """The output of a complete answer."""
    out: list[JsonObject] = []
    for kind, parts in groups(script):
        if kind is Call:
            out += [_call(part) for part in parts if isinstance(part, Call)]
            continue
        text = "".join(part.text for part in parts if not isinstance(part, Call))
        out.append(_message(text) if kind is Text else _reasoning(text, len(out)))
    return out


def response(script: Script) -> JsonObject:
    """A complete answer."""
    is_cut = script.finish == "length"
    return {
        "id": "resp_1",
        "object": "response",
        "status": "incomplete" if is_cut else "completed",
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if is_cut else None,
        "output": output_items(script),
        "usage": _usage(script.usage),
    }


def _usage(usage: JsonObject | None) -> JsonObject | None:
    if usage is None:
        return None
    return {
        "input_tokens": usage["prompt_tokens"],
        "input_tokens_details": usage["prompt_tokens_details"],
        "output_tokens": usage["completion_tokens"],
        "output_tokens_details": usage["completion_tokens_details"],
    }


def _message(text: str) -> JsonObject:
    content = [{"type": "output_text", "text": text, "annotations": []}]
    return {"type": "message", "id": "msg_1", "role": "assistant", "content": content}


def _reasoning(text: str, number: int) -> JsonObject:
    summary = [{"type": "summary_text", "text": text}]
    identity = f"rs_{number}"
    return {
        "type": "reasoning",
        "id": identity,
        "summary": summary,
        "encrypted_content": f"enc of {identity}",
    }


def _call(call: Call) -> JsonObject:
    return {
        "type": "function_call",
        "id": f"fc_{call.id}",
        "call_id": call.id,
        "name": call.name,
        "arguments": dumps(call.arguments),
        "status": "completed",
    }


@dataclass
class Server:
    """A server with habits of its own, all of them seen in the wild."""

    chance: random.Random
    script: Script
    _number: int = field(default=0)

    def maybe(self, share: float = 0.25) -> bool:
        return self.chance.random() < share

    def events(self) -> list[JsonObject]:
        whole = response(self.script)
        begun = {**whole, "status": "in_progress", "output": [], "usage": None}
        out = [self._event("created", response=begun), self._event("in_progress", response=begun)]
        index = 0
        for kind, parts in groups(self.script):
            count = len(parts) if kind is Call else 1
            items = [(index + i, whole["output"][index + i]) for i in range(count)]
            out += self._calls(items) if kind is Call else [*self._item(*items[0])]
            index += count
        if self.maybe(0.3):
            whole["output"] = []
        out.append(self._event(whole["status"], response=whole))
        return out

    def _event(self, kind: str, **members: Any) -> JsonObject:
        self._number += 1
        named = {"type": f"response.{kind}", "sequence_number": self._number, **members}
        if self.maybe(0.3):
            named["obfuscation"] = "x" * self.chance.randint(0, 9)
        return dict(sorted(named.items())) if self.maybe(0.3) else named

    def _item(self, index: int, item: JsonObject) -> Iterator[JsonObject]:
        is_message = item["type"] == "message"
        empty = {**item, "content": []} if is_message else {**item, "summary": []}
        yield self._event("output_item.added", output_index=index, item=empty)
        text = item["content"][0]["text"] if is_message else item["summary"][0]["text"]
        if not self.maybe(0.1):  # some send only the whole
            kind = "output_text.delta"
            place: JsonObject = {"content_index": 0}
            if not is_message:
                raw = self.maybe()
                kind = "reasoning_text.delta" if raw else "reasoning_summary_text.delta"
                place = place if raw else {"summary_index": 0}
            for piece in self._pieces(text):
                ids = {"item_id": self._id(item["id"]), "output_index": index}
                yield self._event(kind, **ids, **place, delta=piece)
        yield self._event("output_item.done", output_index=index, item=item)

    def _id(self, identity: str) -> str:
        """The id of an item; GitHub Copilot's change all the time."""
        return f"{identity}_{self._number}" if self.maybe(0.1) else identity

    def _pieces(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            size = self.chance.randint(1, 6)
            yield text[at : at + size]
            at += size

    # -- calls

    def _calls(self, items: Sequence[tuple[int, JsonObject]]) -> list[JsonObject]:
        lanes = [[*self._call(index, item)] for index, item in items]
        if not self.maybe(0.4):
            return [event for lane in lanes for event in lane]
        out = [lane.pop(0) for lane in lanes]
        while lanes := [lane for lane in lanes if lane]:
            out.append(self.chance.choice(lanes).pop(0))
        return out

    def _call(self, index: int, item: JsonObject) -> Iterator[JsonObject]:
        begun = {**item, "arguments": "", "status": "in_progress"}
        yield self._event("output_item.added", output_index=index, item=begun)
        place = {"item_id": self._id(item["id"]), "output_index": index}
        kind = "function_call_arguments"
        has_pieces, has_whole = not self.maybe(0.2), not self.maybe(0.2)
        if has_pieces:
            for piece in _unlike_snapshots([*self._pieces(item["arguments"])]):
                yield self._event(f"{kind}.delta", **place, delta=piece)
        if has_whole:
            yield self._event(f"{kind}.done", **place, arguments=item["arguments"])
        if not (has_pieces or has_whole) or not self.maybe(0.1):  # they come at least once
            yield self._event("output_item.done", output_index=index, item=item)

    # -- bytes

    def body(self) -> bytes:
        end = self.chance.choice(("\n", "\n", "\r\n", "\r"))
        is_named = self.maybe(0.7)
        out = []
        for event in self.events():
            name = f"event: {event['type']}{end}" if is_named else ""
            comment = f": wait{end * 2}" if self.maybe(0.1) else ""
            out.append(f"{comment}{name}data: {dumps(event, ascii_only=self.maybe())}{end * 2}")
        if self.maybe():
            out.append(f"data: [DONE]{end * 2}")
        return "".join(out).encode()


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
    return Server(random.Random(seed), script).body()


def completion(script: Script) -> bytes:
    """The body of a complete answer."""
    return dumps(response(script)).encode()


def thoughts(script: Script) -> list[str]:
    """What the answer holds of reasoning, item by item."""
    return [
        "".join(part.text for part in parts if isinstance(part, Reasoning))
        for kind, parts in groups(script)
        if kind is Reasoning
    ]
