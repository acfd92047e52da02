"""A scripted turn as Claude answers it, streamed or whole."""

import json
from collections.abc import Iterator

from tests.support.turns import JsonObject, Turn


def stream_events(turn: Turn, model: str, mark: str) -> Iterator[JsonObject]:
    """A turn as Claude streams it: texts in one block, each call in its own.

    *mark* is in its ids, as `vrtx` is in those of Vertex AI.
    """
    yield {"type": "message_start", "message": _message(model, mark)}
    for index, (start, delta) in enumerate(_blocks(turn, mark)):
        yield {"type": "content_block_start", "index": index, "content_block": start}
        yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {"type": "message_delta", "delta": _end(turn), "usage": {"output_tokens": 5}}
    yield {"type": "message_stop"}


def whole_message(turn: Turn, model: str, mark: str) -> JsonObject:
    """The same turn in one piece."""
    content = []
    for start, delta in _blocks(turn, mark):
        if start["type"] == "text":
            content.append({**start, "text": delta["text"]})
        else:
            content.append({**start, "input": _arguments(delta["partial_json"])})
    return {**_message(model, mark), "content": content, **_end(turn)}


def _message(model: str, mark: str) -> JsonObject:
    usage = {"input_tokens": 9, "output_tokens": 1}
    message = {"id": f"msg_{mark}_1", "type": "message", "role": "assistant", "model": model}
    return {**message, "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}


def _blocks(turn: Turn, mark: str) -> Iterator[tuple[JsonObject, JsonObject]]:
    words = "".join(delta.get("content", "") for delta in turn.deltas)
    if words:
        yield {"type": "text", "text": ""}, {"type": "text_delta", "text": words}
    for call in _calls(turn):
        function, identity = call["function"], call["id"].replace("call_", f"toolu_{mark}_")
        start = {"type": "tool_use", "id": identity, "input": {}, "name": function["name"]}
        yield start, {"type": "input_json_delta", "partial_json": function["arguments"]}


def _calls(turn: Turn) -> list[JsonObject]:
    return [call for delta in turn.deltas for call in delta.get("tool_calls", ())]


def _end(turn: Turn) -> JsonObject:
    return {"stop_reason": "tool_use" if _calls(turn) else "end_turn", "stop_sequence": None}


def _arguments(text: str) -> JsonObject:
    found: JsonObject = json.loads(text)
    return found
