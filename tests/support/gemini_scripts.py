"""The answers of `tests.support.scripts` by which generateContent servers would send them."""

import json
import random
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.scripts import Call, JsonObject, Reasoning, Script, Text, dumps

_FINISH = {"length": "MAX_TOKENS", "eos_token": "OTHER"}


@dataclass
class GeminiServer:
    """A server with habits of its own."""

    chance: random.Random
    script: Script

    @classmethod
    def of(cls, script: Script, seed: int) -> "GeminiServer":
        return cls(random.Random(seed), script)

    def maybe(self, share: float = 0.25) -> bool:
        return self.chance.random() < share

    # -- parts

    def parts(self) -> Iterator[JsonObject]:
        for part in self.script.parts:
            match part:
                case Text(text):
                    yield from ({"text": piece} for piece in self._pieces(text))
                case Reasoning(text):
                    for piece in self._pieces(text):
                        yield {"text": piece, "thought": True}
                case Call():
                    yield from self._call(part)

    def _pieces(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            size = self.chance.randint(1, 8)
            yield text[at : at + size]
            at += size

    def _call(self, call: Call) -> Iterator[JsonObject]:
        signature = (
            {"thoughtSignature": b64encode(call.id.encode()).decode()} if self.maybe(0.5) else {}
        )
        head: JsonObject = {"id": call.id, "name": call.name}
        if self.maybe(0.2) and _is_flat(call.arguments):
            yield {"functionCall": {**head, "willContinue": True}, **signature}
            for name, value in call.arguments.items():
                for piece in self._partial(name, value):
                    yield {"functionCall": {"partialArgs": [piece], "willContinue": True}}
            if self.script.finish in _FINISH or self.maybe(0.7):  # else it would be cut off
                yield {"functionCall": {}}
        elif not call.arguments and self.maybe(0.5):
            yield {"functionCall": head, **signature}
        else:
            yield {"functionCall": {**head, "args": call.arguments}, **signature}

    def _partial(self, name: str, value: Any) -> Iterator[JsonObject]:
        path = f"$[{json.dumps(name, ensure_ascii=False)}]"
        if isinstance(value, str):
            for piece in self._pieces(value):
                yield {"jsonPath": path, "stringValue": piece, "willContinue": True}
            yield {"jsonPath": path, "stringValue": ""}
        elif isinstance(value, bool):
            yield {"jsonPath": path, "boolValue": value}
        elif value is None:
            yield {"jsonPath": path, "nullValue": "NULL_VALUE"}
        else:
            yield {"jsonPath": path, "numberValue": value}

    # -- responses

    def responses(self) -> list[JsonObject]:
        out: list[JsonObject] = []
        for part in self.parts():
            if out and self.maybe(0.2):
                out[-1]["candidates"][0]["content"]["parts"].append(part)
            else:
                out.append(self._response([part]))
            if self.maybe(0.1):
                out.append(self._response([{"text": ""}]))
        reason = _FINISH.get(self.script.finish, "STOP")
        if out and self.maybe():
            out[-1]["candidates"][0]["finishReason"] = reason
        else:
            last = self._response([{"text": ""}])
            last["candidates"][0]["finishReason"] = reason
            out.append(last)
        if self.script.usage:
            for number, response in enumerate(out):
                response["usageMetadata"] = _counts(self.script.usage, number)
            out[-1]["usageMetadata"] = _counts(self.script.usage)
        return out

    def _response(self, parts: list[JsonObject]) -> JsonObject:
        response: JsonObject = {
            "candidates": [{"content": {"parts": parts, "role": "model"}, "index": 0}],
            "modelVersion": "m",
            "responseId": "r",
        }
        return response

    def body(self) -> bytes:
        end = self.chance.choice(("\n", "\r\n", "\r"))
        out = []
        for response in self.responses():
            if self.maybe(0.1):
                out.append(f": wait{end * 2}")
            payload = response if self.maybe(0.9) else {"response": response, "traceId": "t"}
            out.append(f"data: {dumps(payload, ascii_only=self.maybe(0.5))}{end * 2}")
        return "".join(out).encode()


def _is_flat(arguments: JsonObject) -> bool:
    """Whether all can be said by paths; floats of whole numbers become integers on the way."""
    return all(
        not isinstance(value, dict | list) and "\\" not in json.dumps(name, ensure_ascii=False)
        for name, value in arguments.items()
    )


def _counts(usage: JsonObject, visible: int | None = None) -> JsonObject:
    """OpenAI's `usage` as Gemini would count."""
    thinking = usage["completion_tokens_details"]["reasoning_tokens"]
    shown = usage["completion_tokens"] - thinking if visible is None else visible
    return {
        "promptTokenCount": usage["prompt_tokens"],
        "cachedContentTokenCount": usage["prompt_tokens_details"]["cached_tokens"],
        "candidatesTokenCount": shown,
        "thoughtsTokenCount": thinking,
        "totalTokenCount": usage["prompt_tokens"] + shown + thinking,
    }


def render_gemini(script: Script, seed: int) -> bytes:
    """The bytes of *script* as a streamed answer, with the habits that *seed* stands for."""
    return GeminiServer.of(script, seed).body()


def gemini_completion(script: Script, seed: int, *, as_list: bool = False) -> bytes:
    """The body of a complete answer: one response, or the list of a stream's responses."""
    responses = GeminiServer.of(script, seed).responses()
    if as_list:
        return dumps(responses).encode()
    parts = [part for r in responses for part in r["candidates"][0]["content"]["parts"]]
    (candidate,) = responses[-1]["candidates"]
    whole = {**candidate, "content": {"parts": parts, "role": "model"}}
    return dumps({**responses[-1], "candidates": [whole]}).encode()
