"""Builders for what an OpenAI-compatible provider answers: whole turns, and ways of failing."""

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import zip_longest
from typing import Any

JsonObject = dict[str, Any]


class Ending(Enum):
    """How the connection ends."""

    COMPLETE = "complete"
    CUT = "cut"
    """The stream stops as if it were over: no finish reason, no usage, no `[DONE]`."""
    RESET = "reset"
    """The peer resets the TCP connection."""


def usage(prompt: int = 1200, completion: int = 34, cached: int = 0) -> JsonObject:
    """The `usage` object of an answer."""
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One answer of a model: the deltas of its stream; `+` puts two after each other."""

    deltas: tuple[JsonObject, ...] = ()
    finish_reason: str = "stop"
    usage: JsonObject = field(default_factory=usage)
    ending: Ending = Ending.COMPLETE
    limit_bytes: int | None = None
    """A body that ends in a reset stops after this many bytes."""
    delay_s: float = 0
    """Silence before the first byte."""
    gap_s: float = 0
    """Silence between two chunks."""
    held: threading.Event | None = None
    """What of a stream comes after its first chunk waits until this is set."""

    def __add__(self, other: "Turn") -> "Turn":
        return replace(other, deltas=self.deltas + other.deltas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An answer given byte for byte."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay_s: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """The connection is reset before any byte of an answer."""

    delay_s: float = 0


Answer = Turn | Raw | Drop


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call; arguments may be a string, to be sent as it is."""

    name: str
    arguments: JsonObject | str
    id: str

    @property
    def json(self) -> str:
        """The arguments as they travel."""
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


def call(name: str, arguments: JsonObject | str, id: str | None = None) -> Call:  # noqa: A002 - wire name
    """A tool call; without an id it gets one that follows from its content."""
    digest = hashlib.sha256(f"{name}{arguments}".encode()).hexdigest()[:16]
    return Call(name, arguments, id or f"call_{digest}")


def text(words: str, piece_chars: int = 12) -> Turn:
    """An answer in words."""
    return Turn(deltas=tuple({"content": piece} for piece in _pieces(words, piece_chars)))


def reasoning(words: str, piece_chars: int = 12) -> Turn:
    """Thought before an answer, in the field that most providers use."""
    return Turn(deltas=tuple({"reasoning_content": piece} for piece in _pieces(words, piece_chars)))


def tool_calls(
    calls: Sequence[Call], fragment_chars: int | None = None, *, interleaved: bool = False
) -> Turn:
    """Tool calls, each in one delta, or with its arguments in fragments.

    Interleaved calls are all opened first; then their fragments alternate by index.
    """
    if fragment_chars is None:
        deltas = [_tool_delta(_opening(index, c, c.json)) for index, c in enumerate(calls)]
    else:
        parts = [_fragments(index, c, fragment_chars) for index, c in enumerate(calls)]
        rows = zip_longest(*parts) if interleaved else iter(parts)
        deltas = [_tool_delta(part) for row in rows for part in row if part is not None]
    return Turn(deltas=tuple(deltas), finish_reason="tool_calls")


def cut(turn: Turn, after_deltas: int) -> Turn:
    """The turn, ended cleanly but too early."""
    return replace(turn, deltas=turn.deltas[:after_deltas], ending=Ending.CUT)


def cut_in_arguments(turn: Turn) -> Turn:
    """The turn, ended cleanly in the middle of its argument fragments."""
    return cut(turn, len(turn.deltas) // 2 + 1)


def reset(turn: Turn, after_bytes: int) -> Turn:
    """The turn, with the connection reset after so many bytes of the body."""
    return replace(turn, ending=Ending.RESET, limit_bytes=after_bytes)


def http_error(
    status: int,
    message: str = "scripted failure",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> Raw:
    """A refusal in the shape that OpenAI gives it, or with a body of the test's own."""
    error = {"error": {"message": message, "type": "scripted", "param": None, "code": None}}
    return Raw(
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
        body=json.dumps(error).encode() if body is None else body,
    )


def html(status: int = 200, title: str = "Please sign in") -> Raw:
    """A web page where an answer should be, as captive portals and gateways send it."""
    page = f"<!doctype html><html><head><title>{title}</title></head><body></body></html>"
    return Raw(status=status, headers={"Content-Type": "text/html"}, body=page.encode())


def empty_stream() -> Raw:
    """A stream that ends before its first event."""
    return Raw(headers={"Content-Type": "text/event-stream"})


def frames(turn: Turn, request: JsonObject) -> Iterator[bytes]:
    """The turn as server-sent events, one frame at a time."""
    first = {"role": "assistant", "content": "" if _speaks(turn) else None}
    for delta in ({**first}, *turn.deltas):
        yield _frame(_chunk(request, [_choice(delta, None)]))
    if turn.ending is Ending.CUT:
        return
    yield _frame(_chunk(request, [_choice({}, turn.finish_reason)]))
    if (request.get("stream_options") or {}).get("include_usage"):
        yield _frame({**_chunk(request, []), "usage": turn.usage})
    yield b"data: [DONE]\n\n"


def completion(turn: Turn, request: JsonObject) -> bytes:
    """The same turn as one JSON answer; half of it when the turn is cut."""
    content = "".join(delta.get("content", "") for delta in turn.deltas)
    thought = "".join(delta.get("reasoning_content", "") for delta in turn.deltas)
    calls = list(_folded_calls(turn))
    message: JsonObject = {"role": "assistant", "content": content or None}
    message |= {"reasoning_content": thought} if thought else {}
    message |= {"tool_calls": calls} if calls else {}
    choice = {"index": 0, "message": message, "finish_reason": turn.finish_reason}
    answer = {**_head(request, "chat.completion"), "choices": [choice], "usage": turn.usage}
    encoded = json.dumps(answer).encode()
    return encoded[: len(encoded) // 2] if turn.ending is Ending.CUT else encoded


def _pieces(words: str, size: int) -> Iterator[str]:
    return (words[start : start + size] for start in range(0, len(words), size))


def _opening(index: int, made: Call, arguments: str) -> JsonObject:
    function = {"name": made.name, "arguments": arguments}
    return {"index": index, "id": made.id, "type": "function", "function": function}


def _fragments(index: int, made: Call, size: int) -> list[JsonObject]:
    pieces = _pieces(made.json, size)
    rest = ({"index": index, "function": {"arguments": piece}} for piece in pieces)
    return [_opening(index, made, ""), *rest]


def _tool_delta(part: JsonObject) -> JsonObject:
    return {"tool_calls": [part]}


def _folded_calls(turn: Turn) -> Iterator[JsonObject]:
    parts = [part for delta in turn.deltas for part in delta.get("tool_calls", [])]
    for index in sorted({part["index"] for part in parts}):
        own = [part for part in parts if part["index"] == index]
        arguments = "".join(part["function"].get("arguments", "") for part in own)
        function = {"name": own[0]["function"]["name"], "arguments": arguments}
        yield {"id": own[0]["id"], "type": "function", "function": function}


def _speaks(turn: Turn) -> bool:
    return any("content" in delta for delta in turn.deltas)


def _head(request: JsonObject, kind: str) -> JsonObject:
    model = request.get("model", "unnamed")
    return {"id": "chatcmpl-scripted", "object": kind, "created": 1750000000, "model": model}


def _chunk(request: JsonObject, choices: list[JsonObject]) -> JsonObject:
    return {**_head(request, "chat.completion.chunk"), "choices": choices}


def _choice(delta: JsonObject, finish_reason: str | None) -> JsonObject:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _frame(chunk: JsonObject) -> bytes:
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
