"""A message, complete or as a stream of events, as Chat Completions answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.faces.errors import error_body
from ccr_desktop.core.faces.events import MessageEvents
from ccr_desktop.core.protocol.json import dumps_safe, dumps_text
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.usage import count, prompt_tokens

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject

_FINISH = {
    "tool_use": "tool_calls",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "content_filter",
}
_DONE = b"data: [DONE]\n\n"


def completion(message: JsonObject, *, created_s: int) -> JsonObject:
    """The body of a complete answer."""
    content = objects(message.get("content"))
    text = "".join(str(b.get("text") or "") for b in content if b.get("type") == "text")
    thought = "".join(str(b.get("thinking") or "") for b in content if b.get("type") == "thinking")
    calls = [_call(block) for block in content if block.get("type") == "tool_use"]
    answer: JsonObject = {
        "role": "assistant",
        "content": text or (None if calls else ""),
        "refusal": None,
        **({"reasoning_content": thought} if thought else {}),
        **({"tool_calls": calls} if calls else {}),
    }
    choice = {
        "index": 0,
        "message": answer,
        "logprobs": None,
        "finish_reason": finish_reason(message.get("stop_reason")),
    }
    return {
        "id": completion_id(message),
        "object": "chat.completion",
        "created": created_s,
        "model": message.get("model"),
        "choices": [choice],
        "usage": chat_usage(message.get("usage") or {}),
    }


def completion_id(message: JsonObject) -> str:
    return f"chatcmpl-{str(message.get('id') or '').removeprefix('msg_')}"


def finish_reason(stop_reason: object) -> str:
    return _FINISH.get(str(stop_reason), "stop")


def chat_usage(usage: JsonObject) -> JsonObject:
    """Token counts, in which what the cache gave is part of the prompt."""
    prompt, output = prompt_tokens(usage), count(usage.get("output_tokens")) or 0
    details = usage.get("output_tokens_details")
    thought = count(details.get("thinking_tokens")) if isinstance(details, dict) else None
    return {
        "prompt_tokens": prompt,
        "completion_tokens": output,
        "total_tokens": prompt + output,
        "prompt_tokens_details": {
            "cached_tokens": count(usage.get("cache_read_input_tokens")) or 0
        },
        "completion_tokens_details": {"reasoning_tokens": thought or 0},
    }


def _call(block: JsonObject) -> JsonObject:
    arguments = dumps_text(block.get("input") or {})
    function = {"name": block.get("name"), "arguments": arguments}
    return {"id": block.get("id"), "type": "function", "function": function}


class ChunkStream(MessageEvents):
    """Turns the events of one streamed message into chunks."""

    def __init__(self, *, created_s: int, wants_usage: bool) -> None:
        super().__init__()
        self._wants_usage = wants_usage
        self._base: JsonObject = {
            "id": "chatcmpl-",
            "object": "chat.completion.chunk",
            "created": created_s,
            "model": "",
        }
        self._calls = -1
        self._is_in_call = False
        self._lacks_arguments = False

    def _start(self, message: JsonObject) -> None:
        self._base |= {"id": completion_id(message), "model": message.get("model")}
        self._chunk({"role": "assistant", "content": ""})

    def _open(self, block: JsonObject) -> None:
        kind = block.get("type")
        self._is_in_call = kind == "tool_use"
        if self._is_in_call:
            self._calls += 1
            given = block.get("input")
            arguments = dumps_text(given) if given else ""
            self._lacks_arguments = not arguments
            function = {"name": block.get("name"), "arguments": arguments}
            self._call({"id": block.get("id"), "type": "function", "function": function})
        elif kind == "text" and block.get("text"):
            self._chunk({"content": block["text"]})
        elif kind == "thinking" and block.get("thinking"):
            self._chunk({"reasoning_content": block["thinking"]})

    def _grow(self, delta: JsonObject) -> None:
        match delta:
            case {"type": "text_delta", "text": text} if text:
                self._chunk({"content": text})
            case {"type": "thinking_delta", "thinking": text} if text:
                self._chunk({"reasoning_content": text})
            case {"type": "input_json_delta"} if self._is_in_call:
                if text := delta.get("partial_json"):
                    self._lacks_arguments = False
                    self._call({"function": {"arguments": text}})

    def _close(self) -> None:
        if self._is_in_call and self._lacks_arguments:
            self._call({"function": {"arguments": "{}"}})
        self._is_in_call = False

    def _finish(self) -> None:
        self._chunk({}, finish_reason(self._stop_reason))
        if self._wants_usage:
            self._write({**self._base, "choices": [], "usage": chat_usage(self._usage)})
        self._out.append(_DONE)

    def _fail(self, failure: Failure) -> None:
        self._write(error_body(failure))

    def _call(self, part: JsonObject) -> None:
        self._chunk({"tool_calls": [{"index": self._calls, **part}]})

    def _chunk(self, delta: JsonObject, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        self._write({**self._base, "choices": [choice]})

    def _write(self, payload: JsonObject) -> None:
        self._out.append(b"data: %b\n\n" % dumps_safe(payload))
