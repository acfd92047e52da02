"""Tool declarations from Anthropic to Chat Completions."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.schemas import object_schema

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames
    from ccr_desktop.core.providers.profile import Profile


def provider_id(call_id: str, profile: Profile) -> str:
    """The id of a call as the provider takes it, the same on every turn."""
    length = profile.tool_id_length
    is_short = len(call_id) == length and call_id.isascii() and call_id.isalnum()
    if length is None or is_short:
        return call_id
    return sha256(call_id.encode("utf-8", "replace")).hexdigest()[:length]


def encode_tools(tools: list[JsonObject], names: ToolNames, profile: Profile) -> list[JsonObject]:
    return [
        {
            "type": "function",
            "function": {
                "name": names.provider_name(tool["name"]),
                "description": str(tool.get("description") or ""),
                "parameters": object_schema(tool.get("input_schema"), profile.clean_schema),
            },
        }
        for tool in tools
    ]


def encode_tool_choice(choice: JsonObject | None, names: ToolNames, profile: Profile) -> JsonObject:
    """The members that say whether tools must be used, and one at a time or not."""
    result: JsonObject = {}
    if not choice:
        return result
    if profile.accepts_tool_choice:
        result["tool_choice"] = _choice(choice, names, profile)
    if choice.get("disable_parallel_tool_use") and profile.accepts_parallel_switch:
        result["parallel_tool_calls"] = False
    return result


def _choice(choice: JsonObject, names: ToolNames, profile: Profile) -> Any:
    match choice:
        case {"type": "tool", "name": str(name)} if profile.accepts_named_tool_choice:
            return {"type": "function", "function": {"name": names.provider_name(name)}}
        case {"type": "any" | "tool"}:
            return "required"
        case {"type": "none"}:
            return "none"
        case _:
            return "auto"
