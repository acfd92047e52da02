"""A scripted provider on loopback: OpenAI's protocols, said as fast as Python can say it.

`python -m benchmarks.upstream PORT`. `GET /script?kind=text&chunks=400` chooses the answer that
all further requests get, whatever they ask. Every piece of an answer contains a mark with the
time at which it was written, or with zeros where the answer was rendered beforehand.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
FRAGMENTS = 100
"""Pieces of the arguments of one tool call."""
_STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
)
_PHASES = 16
_USAGE = {"prompt_tokens": 20_000, "completion_tokens": 400, "total_tokens": 20_400}


@dataclass(frozen=True, slots=True)
class Script:
    """What to answer: `json`, `text` in one go, `tools` in one go, or `paced` text."""

    kind: str = "json"
    chunks: int = 4
    calls: int = 3
    pace_ms: float = 10.0


def mark(microseconds: int = 0) -> str:
    """The sign that a client counts and reads the time from."""
    return f"@T{microseconds:015d};"


def _event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    base = {"id": "chatcmpl-bench", "object": "chat.completion.chunk", "created": 1_700_000_000}
    origin = {"model": "bench", "service_tier": "default", "system_fingerprint": "fp_bench"}
    return _line({**base, **origin, "choices": [choice], **more})


def _line(content: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(content, separators=(",", ":")).encode() + b"\n\n"


def _text_event() -> bytes:
    return _event({"content": mark() + " words"})


def _end(reason: str) -> bytes:
    return _event({}, reason) + _event({}, usage=_USAGE, choices=[]) + b"data: [DONE]\n\n"


def _tool_events(calls: int) -> bytes:
    """Calls one after the other, their arguments in many pieces."""
    events = []
    for index in range(calls):
        opening = {"name": "Bash", "arguments": '{"command":"'}
        head = {"index": index, "id": f"call_{index}", "type": "function", "function": opening}
        pieces = [f"{mark()} words"] * FRAGMENTS + ['"}']
        events.append(_event({"tool_calls": [head]}))
        events += [
            _event({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
            for piece in pieces
        ]
    return b"".join(events)


def _http_chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


@lru_cache
def rendered(script: Script) -> bytes:
    """The whole answer as it goes over the wire."""
    match script.kind:
        case "json":
            message = {"role": "assistant", "content": "In config.json."}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            body = {"id": "chatcmpl-bench", "object": "chat.completion", "model": "bench"}
            content = json.dumps({**body, "choices": [choice], "usage": _USAGE}).encode()
            return _plain(content)
        case "tools":
            events = _event({"role": "assistant"}) + _tool_events(script.calls)
            return _STREAM_HEAD + _http_chunk(events + _end("tool_calls")) + b"0\r\n\r\n"
        case _:
            events = _event({"role": "assistant"}) + _text_event() * script.chunks
            return _STREAM_HEAD + _http_chunk(events + _end("stop")) + b"0\r\n\r\n"


@lru_cache
def rendered_responses(script: Script) -> bytes:
    """A streamed text as the Responses API sends it."""
    item = {"type": "message", "id": "msg_bench", "role": "assistant", "content": []}
    begun: dict[str, Any] = {"status": "in_progress", "output": [], "usage": None}
    place = {"item_id": "msg_bench", "output_index": 0, "content_index": 0}
    more = {"delta": mark() + " words", "logprobs": [], "obfuscation": "Xk3bQ0Zr"}
    usage = {"input_tokens": 20_000, "output_tokens": 400, "total_tokens": 20_400}
    events = [
        _named("created", 0, response=begun),
        _named("output_item.added", 1, output_index=0, item=item),
        *(_named("output_text.delta", n + 2, **place, **more) for n in range(script.chunks)),
        _named("completed", script.chunks + 2, response={"status": "completed", "usage": usage}),
    ]
    return _STREAM_HEAD + _http_chunk(b"".join(events)) + b"0\r\n\r\n"


@lru_cache
def rendered_gemini(script: Script) -> bytes:
    """A streamed text as Gemini sends it, with token counts in each chunk."""
    origin = {"modelVersion": "gemini-bench", "responseId": "dX6LadKVC7SZ28oPr9yJoQs"}

    def event(text: str, number: int, **more: str) -> bytes:
        content = {"parts": [{"text": text}], "role": "model"}
        usage = {
            "promptTokenCount": 20_000,
            "candidatesTokenCount": number,
            "totalTokenCount": 20_256 + number,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 20_000}],
            "thoughtsTokenCount": 256,
        }
        candidate = {"content": content, **more, "index": 0}
        return _line({"candidates": [candidate], "usageMetadata": usage, **origin})

    text = mark() + " words"
    events = [event(text, number) for number in range(script.chunks)]
    events.append(event("", script.chunks, finishReason="STOP"))
    return _STREAM_HEAD + _http_chunk(b"".join(events)) + b"0\r\n\r\n"


def _named(kind: str, number: int, **members: Any) -> bytes:
    name = f"response.{kind}"
    line = _line({"type": name, "sequence_number": number, **members})
    return b"event: %b\n%b" % (name.encode(), line)


def _plain(content: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return head % len(content) + content


def _renderer(head: bytes) -> Callable[[Script], bytes]:
    """By the path that was asked for."""
    if head.startswith(b"POST /v1/responses"):
        return rendered_responses
    return rendered_gemini if b":streamGenerateContent" in head[:200] else rendered


class Provider(asyncio.Protocol):
    """One connection. A request's body is skipped, its answer comes from the script."""

    script = Script()
    streams = 0

    def __init__(self) -> None:
        self._head = b""
        self._left = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]  # always one

    def data_received(self, data: bytes) -> None:
        if self._left:
            self._left -= len(data)
        else:
            self._head += data
            head, found, body = self._head.partition(b"\r\n\r\n")
            if not found:
                return
            length = LENGTH.search(head)
            self._left = int(length[1]) - len(body) if length else 0
            self._head = head
        if self._left <= 0:
            head, self._head, self._left = self._head, b"", 0
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        if head.startswith(b"GET /script?"):
            self._set(head.split(b" ", 2)[1].partition(b"?")[2].decode())
            self._transport.write(_plain(b"{}"))
        elif Provider.script.kind == "paced":
            self._pace(Provider.script)
        else:
            self._transport.write(_renderer(head)(Provider.script))

    @staticmethod
    def _set(query: str) -> None:
        given = dict(parse_qsl(query))
        kinds = {"kind": str, "chunks": int, "calls": int, "pace_ms": float}
        Provider.script = Script(**{name: kinds[name](text) for name, text in given.items()})

    def _pace(self, script: Script) -> None:
        """Streams start out of step with each other, as real ones do."""
        Provider.streams += 1
        pace_s = script.pace_ms / 1000
        phase_s = Provider.streams % _PHASES / _PHASES * pace_s
        before, after = _text_event().split(mark().encode())
        loop = asyncio.get_running_loop()
        start = loop.time() + phase_s

        def write(number: int) -> None:
            if self._transport.is_closing():
                return
            if number == script.chunks:
                self._transport.write(_http_chunk(_end("stop")) + b"0\r\n\r\n")
                return
            stamp = mark(time.monotonic_ns() // 1000).encode()
            self._transport.write(_http_chunk(before + stamp + after))
            loop.call_at(start + (number + 1) * pace_s, write, number + 1)

        self._transport.write(_STREAM_HEAD + _http_chunk(_event({"role": "assistant"})))
        loop.call_at(start, write, 0)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", port)
    async with server:
        print("ready", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
