"""A model that refuses pictures, and one that sees, behind one scripted provider."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.component.client import Answer
from tests.component.provider import (
    Call,
    JsonObject,
    Provider,
    Script,
    chunk,
    completion,
    stream,
    whole,
)

PICTURE = {
    "type": "image",
    "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="},
}
BASH = {"name": "Bash", "description": "runs", "input_schema": {"type": "object", "properties": {}}}
ROUTES = {"default": "mock,text", "image": "mock,eyes"}
USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
MODES = pytest.mark.parametrize("streams", [False, True], ids=["json", "stream"])


def user(*content: JsonObject | str) -> JsonObject:
    blocks = [{"type": "text", "text": c} if isinstance(c, str) else c for c in content]
    return {"role": "user", "content": blocks}


def assistant(*content: JsonObject | str) -> JsonObject:
    return {**user(*content), "role": "assistant"}


def body(*messages: JsonObject, streams: bool = False, **members: Any) -> JsonObject:
    return {
        "model": "claude-sonnet-5",
        "max_tokens": 500,
        "messages": [*messages],
        "tools": [BASH],
        "stream": streams,
        **members,
    }


HISTORY = (user(PICTURE, "What is it?"), assistant("A cat."), user("What colour?"))


def look(identity: str = "call_1", number: str = "1", task: str = "Which colour?") -> JsonObject:
    arguments = json.dumps({"imageId": [number], "task": task})
    return call("analyzeImage", arguments, identity)


def call(name: str, arguments: str = "{}", identity: str = "call_b") -> JsonObject:
    function = {"name": name, "arguments": arguments}
    return {"id": identity, "type": "function", "function": function}


def says(words: str = "", *calls: JsonObject, reason: str = "stop") -> Callable[[Call], Script]:
    """An answer in the form that the request wants."""

    def made(asked: Call) -> Script:
        message: JsonObject = {"role": "assistant", "content": words or None}
        finish = "tool_calls" if calls else reason
        if not asked.body["stream"]:
            told = {**message, **({"tool_calls": list(calls)} if calls else {})}
            choice = {"index": 0, "message": told, "finish_reason": finish}
            return whole({"id": "c", "choices": [choice], "usage": USAGE})
        pieces = [chunk({"role": "assistant", "content": piece}) for piece in words.split()]
        pieces += [chunk({"tool_calls": [{"index": i, **each}]}) for i, each in enumerate(calls)]
        return stream([*pieces, chunk({}, finish, USAGE)])

    return made


class Models:
    """The text model with its answers in order, and the one that sees."""

    def __init__(self, provider: Provider) -> None:
        self.answers: Iterator[Callable[[Call], Script]] = iter(())
        self.eyes: Script = whole(completion("It is black."))
        self.asked: list[JsonObject] = []
        self.seen: list[JsonObject] = []
        self.url = provider.url
        provider.script = self._answer

    def script(self, *answers: Callable[[Call], Script]) -> None:
        self.answers = iter(answers)

    async def _answer(self, asked: Call) -> Any:
        if asked.body["model"] == "eyes":
            self.seen.append(asked.body)
            return await self.eyes(asked)
        self.asked.append(asked.body)
        if "image_url" in asked.raw.decode():
            return await whole({"error": {"message": "unknown variant `image_url`"}}, 400)(asked)
        return await next(self.answers)(asked)(asked)


def content(answer: Answer) -> list[JsonObject]:
    """The blocks of the message; of a stream, with the laws of streams held to."""
    assert answer.status == 200, answer.raw
    if answer.headers["content-type"].startswith("application/json"):
        return list(answer.json["content"])
    blocks: list[JsonObject] = []
    for event in answer.events:
        match event["type"]:
            case "content_block_start":
                assert event["index"] == len(blocks)
                blocks.append({**event["content_block"], "parts": ""})
            case "content_block_delta":
                assert event["index"] == len(blocks) - 1
                delta = event["delta"]
                kinds = ("text", "thinking", "partial_json", "signature")
                blocks[-1]["parts"] += next(delta[kind] for kind in kinds if kind in delta)
    assert answer.kinds.count("message_start") == answer.kinds.count("message_stop") == 1
    return [_folded(block) for block in blocks]


def _folded(block: JsonObject) -> JsonObject:
    parts = block.pop("parts")
    member = {"text": "text", "thinking": "signature", "tool_use": "input"}[block["type"]]
    return {**block, member: json.loads(parts or "{}") if member == "input" else parts}


def ending(answer: Answer) -> JsonObject:
    """Stop reason and usage."""
    if answer.headers["content-type"].startswith("application/json"):
        return {"stop_reason": answer.json["stop_reason"], "usage": answer.json["usage"]}
    [delta] = [event for event in answer.events if event["type"] == "message_delta"]
    return {"stop_reason": delta["delta"]["stop_reason"], "usage": delta["usage"]}


def words(message: JsonObject) -> str:
    told = message["content"]
    return told if isinstance(told, str) else "\n".join(p.get("text", "") for p in told or ())
