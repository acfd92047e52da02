"""What an event costs in each dialect: CPU time from bytes of a provider to bytes for the client.

`python -m benchmarks.dialects`. In one process, without sockets, so that dialects can be compared:
none may cost more than 1.5 times what Chat Completions does.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ccr_desktop.core.dialects.answer import AnswerTranslator
from ccr_desktop.core.dialects.base import Dialect, Target
from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.sinks import EventWriter
from ccr_desktop.core.providers.profile import Profile

EVENTS = 4000
ROUNDS = 20
TOGETHER = (1, 4, 20)
"""How many events come in one read."""
_WORDS = ("word ", 'a "quoted" one ', "a line\n", "def f(x): ", "é漢 ", "and some more of it ")


@dataclass(frozen=True, slots=True)
class Row:
    """A stream of one kind: how event number *n* looks on the wire."""

    name: str
    dialect: Dialect
    event: Callable[[int], bytes]


def _line(payload: dict[str, Any], end: str) -> bytes:
    return f"data: {json.dumps(payload, separators=(',', ':'))}{end}".encode()


def _chat(member: str) -> Callable[[int], bytes]:
    def event(n: int) -> bytes:
        delta = {member: _WORDS[n % len(_WORDS)]}
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}
        head = {"id": "chatcmpl-bench", "object": "chat.completion.chunk", "created": 1_700_000_000}
        return _line({**head, "model": "bench", "choices": [choice]}, "\n\n")

    return event


def _arguments(n: int) -> bytes:
    """A piece of the arguments of one call, which the first of them opens."""
    function = {"arguments": json.dumps(_WORDS[n % len(_WORDS)])[1:-1]}
    call = {"index": 0, "function": function}
    if n == 0:
        function = {"name": "Bash", "arguments": '{"command":"'}
        call = {"index": 0, "id": "call_bench", "type": "function", "function": function}
    choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}
    head = {"id": "chatcmpl-bench", "object": "chat.completion.chunk", "created": 1_700_000_000}
    return _line({**head, "model": "bench", "choices": [choice]}, "\n\n")


def _gemini(**more: Any) -> Callable[[int], bytes]:
    def event(n: int) -> bytes:
        part = {"text": _WORDS[n % len(_WORDS)], **more}
        usage = {
            "promptTokenCount": 20_000,
            "candidatesTokenCount": n,
            "totalTokenCount": 20_256 + n,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 20_000}],
            "thoughtsTokenCount": 256,
        }
        candidate = {"content": {"parts": [part], "role": "model"}, "index": 0}
        origin = {"modelVersion": "gemini-bench", "responseId": "dX6LadKVC7SZ28oPr9yJoQs"}
        return _line({"candidates": [candidate], "usageMetadata": usage, **origin}, "\r\n\r\n")

    return event


def _responses(n: int) -> bytes:
    place = {"item_id": "msg_bench", "output_index": 0, "content_index": 0}
    kind = "response.output_text.delta"
    payload = {"type": kind, "sequence_number": n, **place, "delta": _WORDS[n % len(_WORDS)]}
    return f"event: {kind}\n".encode() + _line(payload, "\n\n")


ROWS = (
    Row("openai-chat text", OpenAIChat(), _chat("content")),
    Row("openai-chat thinking", OpenAIChat(), _chat("reasoning_content")),
    Row("openai-chat arguments", OpenAIChat(), _arguments),
    Row("openai-responses text", OpenAIResponses(), _responses),
    Row("gemini text", Gemini(), _gemini()),
    Row("gemini thinking", Gemini(), _gemini(thought=True)),
)


def cost_us(row: Row, together: int) -> float:
    """Microseconds of CPU an event, in the best of all rounds."""
    events = [row.event(n) for n in range(EVENTS)]
    reads = [b"".join(events[at : at + together]) for at in range(0, EVENTS, together)]
    return min(_round_s(row.dialect, reads) for _ in range(ROUNDS)) / EVENTS * 1e6


def _round_s(dialect: Dialect, reads: list[bytes]) -> float:
    target = Target(provider="bench", model="bench", url="", api_key="", profile=Profile())
    writer = EventWriter()
    context = AnswerContext(message_id="msg", model="bench", new_id=lambda: "toolu_bench")
    translator = AnswerTranslator(dialect.decoder(target), MessageEmitter(writer, context))
    began = time.process_time()
    for data in reads:
        translator.feed(data)
        writer.take()
    return time.process_time() - began


def main() -> None:
    heads = "".join(f"{f'{n} a read':>12}" for n in TOGETHER)
    print(f"{'microseconds an event':24}{heads}")
    for row in ROWS:
        print(f"{row.name:24}" + "".join(f"{cost_us(row, n):12.2f}" for n in TOGETHER))


if __name__ == "__main__":
    main()
