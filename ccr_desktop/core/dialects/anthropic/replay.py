"""A complete message as the events of a stream, for servers that do not stream when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.sse import encode_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject

# The member that a block's delta carries, by block type, and what the empty block holds there.
_GROWING = {
    "text": ("text_delta", "text", "text", ""),
    "thinking": ("thinking_delta", "thinking", "thinking", ""),
    "tool_use": ("input_json_delta", "input", "partial_json", {}),
}


def replay_message(message: JsonObject) -> Iterator[bytes]:
    """The frames of a stream that folds to *message*."""
    usage = message.get("usage") or {"input_tokens": 0, "output_tokens": 0}
    start = {**message, "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    yield encode_event("message_start", {"type": "message_start", "message": start})
    for index, block in enumerate(message["content"]):
        yield from _block(index, block)
    delta = {name: message.get(name) for name in ("stop_reason", "stop_sequence")}
    yield encode_event("message_delta", {"type": "message_delta", "delta": delta, "usage": usage})
    yield encode_event("message_stop", {"type": "message_stop"})


def _block(index: int, block: JsonObject) -> Iterator[bytes]:
    kind, member, part, empty = _GROWING.get(block.get("type", ""), ("", "", "", None))
    start = {**block, member: empty} if member else block
    if signature := block.get("signature"):
        start = {**start, "signature": ""}
    yield _event("content_block_start", index, content_block=start)
    if member:
        value = block.get(member)
        text = value if isinstance(value, str) else dumps_text(value)
        yield _event("content_block_delta", index, delta={"type": kind, part: text})
    if signature:
        delta = {"type": "signature_delta", "signature": signature}
        yield _event("content_block_delta", index, delta=delta)
    yield _event("content_block_stop", index)


def _event(name: str, index: int, **members: object) -> bytes:
    return encode_event(name, {"type": name, "index": index, **members})
