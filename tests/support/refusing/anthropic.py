"""An Anthropic endpoint that refuses thinking that it has not signed, and a turn that loses it."""

import json
from typing import Any

from aiohttp import web

from tests.component.provider import Call, event, message, message_events

JsonObject = dict[str, Any]

_UNSIGNED = "messages.{}.content.{}: Invalid `signature` in `thinking` block"
_BARE = (
    "messages.{}.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. "
    "When `thinking` is enabled, a final `assistant` message must start with a thinking block"
)


class Claude:
    """Signs its thinking with words of its own, and refuses unsigned or foreign thinking."""

    def __init__(self, signature: str) -> None:
        self.signature = signature
        self.refusals: list[str] = []

    async def __call__(self, call: Call) -> web.StreamResponse:
        if problem := self._problem(call.body):
            self.refusals.append(problem)
            error = {"type": "invalid_request_error", "message": problem}
            return web.json_response({"type": "error", "error": error}, status=400)
        if not call.body.get("stream"):
            return web.json_response(self._whole())
        response = await call.start()
        for frame in self._events():
            await response.write(frame)
        return response

    def _problem(self, body: JsonObject) -> str:
        answers = [(at, m) for at, m in enumerate(body["messages"]) if m["role"] == "assistant"]
        for at, answer in answers:
            for index, block in enumerate(answer["content"]):
                if self._is_not_own(block):
                    return _UNSIGNED.format(at, index)
        at, latest = answers[-1] if answers else (0, {"content": [{"type": "thinking"}]})
        demands = body.get("thinking", {}).get("type") == "enabled"
        calls = any(block["type"] == "tool_use" for block in latest["content"])
        is_bare = latest["content"][0]["type"] not in ("thinking", "redacted_thinking")
        return _BARE.format(at) if demands and calls and is_bare else ""

    def _is_not_own(self, block: JsonObject) -> bool:
        if block["type"] == "redacted_thinking":
            return bool(block["data"] != self.signature)
        return block["type"] == "thinking" and block.get("signature") != self.signature

    def _whole(self) -> JsonObject:
        thought = {"type": "thinking", "thinking": "Hm.", "signature": self.signature}
        redacted = {"type": "redacted_thinking", "data": self.signature}
        answer = message("Yes.")
        return {**answer, "content": [thought, redacted, *answer["content"]]}

    def _events(self) -> list[bytes]:
        first, *rest = message_events("Yes.")
        thought = {"type": "thinking", "thinking": "", "signature": ""}
        words = {"type": "thinking_delta", "thinking": "Hm."}
        signed = {"type": "signature_delta", "signature": self.signature}
        redacted = {"type": "redacted_thinking", "data": self.signature}
        opening = [
            event("content_block_start", index=0, content_block=thought),
            event("content_block_delta", index=0, delta=words),
            event("content_block_delta", index=0, delta=signed),
            event("content_block_stop", index=0),
            event("content_block_start", index=1, content_block=redacted),
            event("content_block_stop", index=1),
        ]
        return [first, *opening, *(_moved(frame) for frame in rest)]


def _moved(frame: bytes) -> bytes:
    """A frame of the first block as one of the third."""
    return frame.replace(json.dumps({"index": 0})[1:-1].encode(), b'"index": 2')
