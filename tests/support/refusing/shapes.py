"""How providers answer: the shapes of their streams, complete answers and errors."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.turns import Raw, Turn, completion, frames

JsonObject = dict[str, Any]
Change = Callable[[JsonObject], JsonObject | None]
SSE = {"Content-Type": "text/event-stream"}
JSON = {"Content-Type": "application/json"}


def unchanged(chunk: JsonObject) -> JsonObject:
    return chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is done to the plain stream. Changes see a chunk and return it, or None to drop it."""

    reasoning: str = "reasoning_content"
    """The member of reasoning; `<think>` and `thinking list` put it into the content."""
    change: Change = unchanged
    before: bytes = b""
    """What the stream begins with."""
    sends_usage: str = "asked"
    """`asked`: in a chunk of its own when asked for; else where: `finish`, `choice`, `x_groq`."""
    calls_end_with: str = "tool_calls"

    def answer(self, turn: Turn, body: JsonObject) -> Raw:
        if body.get("stream"):
            return Raw(headers=SSE, body=self.before + b"".join(self._frames(turn, body)))
        return Raw(headers=JSON, body=self._complete(turn, body))

    def _frames(self, turn: Turn, body: JsonObject) -> Iterator[bytes]:
        for chunk in self._chunks(turn, body):
            if (changed := self.change(chunk)) is not None:
                yield b"data: " + json.dumps(changed).encode() + b"\n\n"
        yield b"data: [DONE]\n\n"

    def _chunks(self, turn: Turn, body: JsonObject) -> Iterator[JsonObject]:
        is_thinking = False
        for frame in frames(turn, body):
            data = frame.removeprefix(b"data: ").strip()
            if data == b"[DONE]":
                return
            chunk = json.loads(data)
            if not chunk["choices"]:
                if self.sends_usage == "asked":
                    yield chunk
                continue
            choice = chunk["choices"][0]
            has_thought = "reasoning_content" in choice["delta"]
            choice["delta"] = self._delta(choice["delta"], is_thinking=is_thinking)
            is_thinking = has_thought or (is_thinking and not choice["delta"].get("content"))
            if choice["finish_reason"]:
                self._finish(chunk, turn)
            yield chunk

    def _delta(self, delta: JsonObject, *, is_thinking: bool) -> JsonObject:
        thought = delta.get("reasoning_content")
        if self.reasoning == "<think>":
            if thought is not None:
                return {"content": thought if is_thinking else f"<think>{thought}"}
            ends = is_thinking and (delta.get("content") or delta.get("tool_calls"))
            text = f"</think>{delta.get('content') or ''}" if ends else delta.get("content")
            return {**delta, "content": text} if text else delta
        if thought is None:
            return delta
        if self.reasoning == "thinking list":
            inner = [{"type": "text", "text": thought}]
            return {"content": [{"type": "thinking", "thinking": inner}]}
        if self.reasoning == "reasoning_details":
            return {"reasoning": thought, "reasoning_details": [_detail(thought)]}
        return {self.reasoning: thought}

    def _finish(self, chunk: JsonObject, turn: Turn) -> None:
        choice = chunk["choices"][0]
        if choice["finish_reason"] == "tool_calls":
            choice["finish_reason"] = self.calls_end_with
        match self.sends_usage:
            case "finish":
                chunk["usage"] = turn.usage
            case "choice":
                choice["usage"] = turn.usage
            case "x_groq":
                chunk["x_groq"] = {"id": "req_1", "usage": turn.usage}

    def _complete(self, turn: Turn, body: JsonObject) -> bytes:
        answer = json.loads(completion(turn, body))
        message = answer["choices"][0]["message"]
        if (thought := message.pop("reasoning_content", None)) is not None:
            message |= self._whole(thought, message.get("content") or "")
        return json.dumps(answer).encode()

    def _whole(self, thought: str, text: str) -> JsonObject:
        if self.reasoning == "<think>":
            return {"content": f"<think>{thought}</think>{text}"}
        if self.reasoning == "thinking list":
            inner = {"type": "thinking", "thinking": [{"type": "text", "text": thought}]}
            return {"content": [inner, {"type": "text", "text": text}]}
        if self.reasoning == "reasoning_details":
            return {"reasoning": thought, "reasoning_details": [_detail(thought)]}
        return {self.reasoning: thought}


def _detail(thought: str) -> JsonObject:
    return {
        "type": "reasoning.text",
        "text": thought,
        "signature": "sig",
        "format": "anthropic-claude-v1",
        "index": 0,
    }


# -- errors ------------------------------------------------------------------------------------

Refusal = Callable[[str], Raw]


def refusal(body: Callable[[str], Any], status: int = 400) -> Refusal:
    def refuse(words: str) -> Raw:
        return Raw(status=status, headers=JSON, body=json.dumps(body(words)).encode())

    return refuse


def _openai(words: str) -> JsonObject:
    return {
        "error": {
            "message": words,
            "type": "invalid_request_error",
            "param": None,
            "code": None,
        }
    }


OPENAI_ERROR = refusal(_openai)
OPENROUTER_ERROR = refusal(
    lambda words: {
        "error": {
            "message": "Provider returned error",
            "code": 400,
            "metadata": {"raw": json.dumps({"error": {"message": words}}), "provider_name": "X"},
        }
    }
)
MISTRAL_ERROR = refusal(
    lambda words: {
        "object": "error",
        "message": {"detail": [{"type": "extra_forbidden", "loc": ["body"], "msg": words}]},
        "type": "invalid_request_error",
        "param": None,
        "code": None,
    },
    422,
)
DETAIL_ERROR = refusal(lambda words: {"detail": [{"loc": ["body"], "msg": words}]}, 422)
ZHIPU_ERROR = refusal(lambda words: {"error": {"code": "1210", "message": words}})
SILICONFLOW_ERROR = refusal(lambda words: {"code": 20015, "message": words, "data": None})
MINIMAX_ERROR = refusal(
    lambda words: {"base_resp": {"status_code": 2013, "status_msg": words}}, 200
)
XAI_ERROR = refusal(lambda words: {"code": "Client specified an invalid argument", "error": words})
VLLM_ERROR = refusal(
    lambda words: {"object": "error", "message": words, "type": "BadRequestError", "code": 400}
)
LM_STUDIO_ERROR = refusal(lambda words: {"error": words})
LLAMA_ERROR = refusal(
    lambda words: {"error": {"code": 500, "message": words, "type": "server_error"}}, 500
)
DASHSCOPE_ERROR = refusal(
    lambda words: {
        "error": {"message": words, "type": "invalid_request_error", "code": "invalid_parameter"}
    }
)
ARK_ERROR = refusal(
    lambda words: {
        "error": {"code": "InvalidParameter", "message": words, "param": "", "type": "BadRequest"}
    }
)
