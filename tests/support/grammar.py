"""The grammar of a Messages stream and what it adds up to, written apart from the emitter.

Source: https://docs.anthropic.com/en/docs/build-with-claude/streaming
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

Event = dict[str, Any]

_FRAME = re.compile(rb"event: ([a-z_]+)\ndata: ([^\r\n]*)\n\n")
_GROWTH = {
    "text_delta": ("text", "text"),
    "thinking_delta": ("thinking", "thinking"),
    "input_json_delta": ("tool_use server_tool_use", "partial_json"),
    "signature_delta": ("thinking", "signature"),
}
_EMPTY = {
    "text": {"text": ""},
    "thinking": {"thinking": "", "signature": ""},
    "tool_use": {"input": {}},
    "server_tool_use": {"input": {}},
}


def read_stream(raw: bytes) -> list[Event]:
    """The events of bytes on the wire, which must be framed as clients need it."""
    frames = _FRAME.findall(raw)
    assert b"".join(b"event: %b\ndata: %b\n\n" % frame for frame in frames) == raw
    events = [json.loads(data) for _, data in frames]
    assert [event["type"] for event in events] == [name.decode() for name, _ in frames]
    return events


def recognise(events: Sequence[Event]) -> str:
    """How a stream ends: `message`, `error`, or `open`. Asserts every rule on the way."""
    state, index, block, has_signature = "before", -1, "", False
    for event in events:
        kind = event["type"]
        assert state not in {"message", "error"}, f"{kind} after the end"
        if kind == "ping":
            continue
        if kind == "error":
            assert set(event["error"]) >= {"type", "message"}
            state = "error"
        elif kind == "message_start":
            assert state == "before"
            _check_start(event["message"])
            state = "between"
        elif kind == "content_block_start":
            assert (state, event["index"]) == ("between", index + 1)
            block, index, has_signature, state = _check_block(event), index + 1, False, "inside"
        elif kind == "content_block_delta":
            assert (state, event["index"]) == ("inside", index)
            delta = event["delta"]
            if delta["type"] == "citations_delta":
                assert block == "text"
                assert isinstance(delta["citation"], dict)
                continue
            owner, member = _GROWTH[delta["type"]]
            assert block in owner.split()
            assert isinstance(delta[member], str)
            assert not has_signature, "a signature comes last"
            has_signature = delta["type"] == "signature_delta"
        elif kind == "content_block_stop":
            assert (state, event["index"]) == ("inside", index)
            state = "between"
        elif kind == "message_delta":
            assert state in {"between", "stopping"}
            assert event["delta"]["stop_reason"] is not None
            assert event["usage"]["output_tokens"] >= 0
            state = "stopping"
        else:
            assert (kind, state) == ("message_stop", "stopping")
            state = "message"
    return state if state in {"message", "error"} else "open"


def _check_start(message: Event) -> None:
    assert message["content"] == []
    assert message["stop_reason"] is message["stop_sequence"] is None
    assert {"input_tokens", "output_tokens"} <= message["usage"].keys()
    assert (message["type"], message["role"]) == ("message", "assistant")


def _check_block(event: Event) -> str:
    block = event["content_block"]
    for member, empty in _EMPTY.get(block["type"], {}).items():
        assert block[member] == empty
    return str(block["type"])


def fold(events: Iterable[Event]) -> Event:
    """The message that a stream adds up to; arguments that were cut stay text."""
    message: Event = {}
    texts: dict[int, list[str]] = {}
    for event in events:
        match event:
            case {"type": "message_start", "message": start}:
                message = {**start, "content": []}
            case {"type": "content_block_start", "content_block": block, "index": index}:
                message["content"].append(dict(block))
                texts[index] = []
            case {"type": "content_block_delta", "delta": {"signature": signature}}:
                message["content"][event["index"]]["signature"] = signature
            case {"type": "content_block_delta", "delta": {"citation": citation}}:
                message["content"][event["index"]].setdefault("citations", []).append(citation)
            case {"type": "content_block_delta", "delta": delta, "index": index}:
                texts[index].append(delta[_GROWTH[delta["type"]][1]])
            case {"type": "content_block_stop", "index": index}:
                _fill(message["content"][index], "".join(texts[index]))
            case {"type": "message_delta", "delta": delta, "usage": usage}:
                message |= {**delta, "usage": {**message["usage"], **usage}}
    return message


def _fill(block: Event, text: str) -> None:
    if block["type"] in {"text", "thinking"}:
        block[block["type"]] = text
    elif block["type"] in {"tool_use", "server_tool_use"} and text.strip():
        try:
            block["input"] = json.loads(text)
        except ValueError:
            block["input"] = text
