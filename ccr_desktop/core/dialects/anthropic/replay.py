"""A complete message as the events of a stream, for servers that do not stream when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.sinks import EventWriter

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

# What a block begins with in the member that its deltas extend, by the member.
_EMPTY: JsonObject = {"text": "", "thinking": "", "input": {}}
_GROWING = {
    "text": "text",
    "thinking": "thinking",
    "tool_use": "input",
    "server_tool_use": "input",
    "mcp_tool_use": "input",
}
_LATE = ("stop_reason", "stop_sequence", "stop_details", "container", "context_management")


def replay_message(message: JsonObject) -> bytes:
    """A stream that folds to *message*."""
    usage = message.get("usage") or {"input_tokens": 0, "output_tokens": 0}
    late = {name: message[name] for name in _LATE if name in message}
    early = {name: value for name, value in message.items() if name not in _LATE}
    nothing: JsonObject = {"content": [], "stop_reason": None, "stop_sequence": None}
    writer = EventWriter()
    writer.start({**early, **nothing, "usage": usage})
    for block in objects(message["content"]):
        _replay_block(block, writer)
    writer.stop({"stop_reason": None, "stop_sequence": None, **late}, usage)
    return writer.take()


def _replay_block(block: JsonObject, writer: EventWriter) -> None:
    kind = str(block.get("type"))
    member = _GROWING.get(kind)
    signature = block.get("signature")
    start = {**block, "type": kind, **({"signature": ""} if signature else {})}
    if member is None:
        writer.open_block(start)
    else:
        writer.open_block({**start, member: _EMPTY[member]})
        value = block.get(member)
        writer.append(value if isinstance(value, str) else dumps_text(value))
    writer.close_block(signature or "")
