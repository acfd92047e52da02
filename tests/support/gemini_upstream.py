"""A scripted Gemini API on a real loopback socket that refuses what the real one refuses.

Turns are those of `tests.support.turns`. Each first call of an answer is signed; a signature that
comes back changed, or on another call, is refused, as one that is missing.
"""

import base64
import itertools
import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from aiohttp import web

from tests.support.gemini_rules import SENTINEL, refusal
from tests.support.turns import Answer, Ending, JsonObject, Raw, Turn
from tests.support.upstream import Request, Upstream

KEY = "AIza-scripted"
_PATH = re.compile(r"/v1beta/models/([^/:]+):(generateContent|streamGenerateContent\?alt=sse)")


class GeminiRequest(Request):
    """One request as the API got it."""

    @property
    def model(self) -> str:
        found = _PATH.fullmatch(self.path)
        return found[1] if found else ""

    @property
    def is_stream(self) -> bool:
        return "streamGenerateContent" in self.path

    @property
    def messages(self) -> list[JsonObject]:
        return list(self.body.get("contents", []))

    @property
    def parts(self) -> list[JsonObject]:
        return [part for content in self.messages for part in content["parts"]]

    @property
    def tool_names(self) -> list[str]:
        return [
            declaration["name"]
            for tool in self.body.get("tools", [])
            for declaration in tool.get("functionDeclarations", ())
        ]

    @property
    def answers(self) -> list[str]:
        """What the functions of the last turn said."""
        responses = [p.get("functionResponse") for p in self.messages[-1]["parts"]]
        return [str(next(iter(r["response"].values()))) for r in responses if r]


class GeminiUpstream(Upstream):
    """The API; a context manager."""

    request_type = GeminiRequest

    def __init__(self) -> None:
        super().__init__()
        self.refusals: list[str] = []
        self._signed: dict[str, JsonObject] = {}
        self._numbers = itertools.count(1)

    @property
    def models_url(self) -> str:
        return f"{self.url}/v1beta/models/"

    @cached_property
    def signatures(self) -> set[str]:
        """All signatures that were given and came back."""
        return set()

    def forget(self) -> None:
        """Take what was signed so far for signatures of somebody else."""
        self._signed.clear()

    def _choose(self, request: Request) -> Answer:
        assert isinstance(request, GeminiRequest)
        if problem := self._problem(request):
            self.requests.append(request)
            self.refusals.append(problem[1])
            return _error(*problem)
        return super()._choose(request)

    def _problem(self, request: GeminiRequest) -> tuple[int, str] | None:
        if not request.model:
            return 404, f"Not found: {request.path}"
        if request.headers.get("x-goog-api-key") != KEY:
            return 400, "API key not valid. Please pass a valid API key."
        if reason := refusal(request.body, request.model):
            return 400, reason
        for part in request.parts:
            signature = part.get("thoughtSignature")
            if signature in {None, SENTINEL}:
                continue
            if self._signed.get(signature) != part.get("functionCall"):
                return 400, f"Corrupted thought signature: {part}"
            self.signatures.add(signature)
        return None

    async def _give(
        self, answer: Answer, http: web.Request, request: Request
    ) -> web.StreamResponse:
        if not isinstance(answer, Turn):
            return await super()._give(answer, http, request)
        assert isinstance(request, GeminiRequest)
        chunks = list(self._chunks(answer, request.model))
        if not request.is_stream:
            return web.json_response(_joined(chunks))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(http)
        for chunk in chunks:
            await response.write(b"data: " + json.dumps(chunk).encode() + b"\r\n\r\n")
        return response

    def _chunks(self, turn: Turn, model: str) -> Iterator[JsonObject]:
        is_new = "gemini-3" in model
        is_signed = False
        for delta in turn.deltas:
            for part in _parts(delta):
                if "functionCall" in part and is_new and not is_signed:
                    is_signed = True
                    part["thoughtSignature"] = self._sign(part["functionCall"])
                yield _chunk([part], model)
        if turn.ending is Ending.COMPLETE:
            last = _chunk([{"text": ""}], model)
            last["candidates"][0]["finishReason"] = "STOP"
            last["usageMetadata"] = _usage(turn.usage)
            yield last

    def _sign(self, call: JsonObject) -> str:
        signature = base64.b64encode(f"signature {next(self._numbers)}".encode()).decode()
        self._signed[signature] = call
        return signature


def _parts(delta: JsonObject) -> Iterator[JsonObject]:
    """The parts for a delta of the OpenAI kind."""
    if thought := delta.get("reasoning_content"):
        yield {"text": thought, "thought": True}
    if text := delta.get("content"):
        yield {"text": text}
    for call in delta.get("tool_calls", ()):
        function = call["function"]
        arguments = json.loads(function["arguments"])
        yield {"functionCall": {"name": function["name"], "args": arguments}}


def _chunk(parts: list[JsonObject], model: str) -> JsonObject:
    candidate: JsonObject = {"content": {"parts": parts, "role": "model"}, "index": 0}
    return {
        "candidates": [candidate],
        "usageMetadata": {"promptTokenCount": 9, "totalTokenCount": 9},
        "modelVersion": model,
        "responseId": "scripted",
    }


def _usage(usage: JsonObject) -> JsonObject:
    return {
        "promptTokenCount": usage["prompt_tokens"],
        "candidatesTokenCount": usage["completion_tokens"],
        "totalTokenCount": usage["total_tokens"],
        "cachedContentTokenCount": usage["prompt_tokens_details"]["cached_tokens"],
    }


def _joined(chunks: list[JsonObject]) -> JsonObject:
    """The chunks as one response, neighbouring texts put together."""
    parts: list[dict[str, Any]] = []
    for part in (p for chunk in chunks for p in chunk["candidates"][0]["content"]["parts"]):
        is_more = parts and parts[-1].keys() == part.keys() and "text" in part
        if is_more and parts[-1].get("thought") == part.get("thought"):
            parts[-1]["text"] += part["text"]
        else:
            parts.append(dict(part))
    whole = json.loads(json.dumps(chunks[-1]))
    whole["candidates"][0]["content"]["parts"] = parts
    result: JsonObject = whole
    return result


def _error(code: int, message: str) -> Raw:
    reason = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
    details = [reason] if "API key" in message else []
    error = {"code": code, "message": message, "status": "INVALID_ARGUMENT", "details": details}
    return Raw(
        status=code,
        headers={"Content-Type": "application/json"},
        body=json.dumps({"error": error}).encode(),
    )
