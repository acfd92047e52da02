"""The events of a stream as a complete message, for servers that stream when not asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.arguments import parse_object
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads_lenient
from ccr_desktop.core.protocol.messages import as_object, objects
from ccr_desktop.core.protocol.sse import parse_frame

if TYPE_CHECKING:
    from collections.abc import Iterable

# The member of a block that a delta extends, by the delta's type, and the delta's own member.
_GROWING = {
    "text_delta": ("text", "text"),
    "thinking_delta": ("thinking", "thinking"),
    "signature_delta": ("signature", "signature"),
    "input_json_delta": ("input", "partial_json"),
}


def fold_events(frames: Iterable[bytes]) -> JsonObject:
    """The message that a whole and well-formed stream builds."""
    message: JsonObject = {}
    blocks: dict[int, JsonObject] = {}
    for frame in frames:
        payload = _payload(frame)
        match payload:
            case {"type": "message_start", "message": dict(start)}:
                message = {**start, "content": []}
            case {"type": "content_block_start", "index": int(index), "content_block": dict(block)}:
                blocks[index] = dict(block)
            case {"type": "content_block_delta", "index": int(index), "delta": dict(delta)}:
                extend(blocks.get(index, {}), delta)
            case {"type": "message_delta", "delta": dict(delta)}:
                message |= delta
                counts = as_object(message.get("usage")), as_object(payload.get("usage"))
                message["usage"] = counts[0] | counts[1]
    message["content"] = [closed(block) for _, block in sorted(blocks.items())]
    return message


def _payload(frame: bytes) -> JsonObject:
    """What is in a frame; nothing where it can't be read."""
    event = parse_frame(frame)
    try:
        return as_object(loads_lenient(event.data)) if event else {}
    except JSONDecodeError:
        return {}


def extend(block: JsonObject, delta: JsonObject) -> None:
    """Let *block*, which is ours, grow by a delta."""
    kind = delta.get("type")
    if kind == "citations_delta":
        block["citations"] = objects([*objects(block.get("citations")), delta.get("citation")])
    elif isinstance(kind, str) and kind in _GROWING:
        member, part = _GROWING[kind]
        before = block.get(member)
        # An input begins as an empty object and then grows as text.
        block[member] = (before if isinstance(before, str) else "") + str(delta.get(part) or "")


def closed(block: JsonObject) -> JsonObject:
    """A block that grew, as it stands in a message."""
    if isinstance(arguments := block.get("input"), str):
        return {**block, "input": parse_object(arguments) or {}}
    return block
