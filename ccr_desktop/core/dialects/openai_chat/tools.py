"""Tool declarations from Anthropic to Chat Completions."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.schemas import object_schema

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames
    from ccr_desktop.core.providers.profile import Profile

_NEW_ID = 40  # characters; nobody is known to take fewer without a profile that says so


def provider_id(call_id: str, profile: Profile) -> str:
    """The id of a call as the provider takes it, the same on every turn.

    The conversation may hold those of any other server.
    """
    length, limit = profile.tool_id_length, profile.tool_id_limit
    if length is not None:
        is_fit = len(call_id) == length and call_id.isascii() and call_id.isalnum()
    else:
        is_long = limit is not None and len(call_id) > limit
        is_fit = not is_long and bool(re.fullmatch(profile.tool_id_pattern, call_id))
    if is_fit:
        return call_id
    return sha256(call_id.encode("utf-8", "replace")).hexdigest()[: length or limit or _NEW_ID]


def chosen_tools(
    tools: list[JsonObject], choice: JsonObject | None, profile: Profile
) -> list[JsonObject]:
    """What is offered: less than there is, where the client's choice can't be said otherwise."""
    match choice:
        case {"type": "none"} if not profile.accepts_tool_choice:
            return []
        case {"type": "tool", "name": str(name)} if not (
            profile.accepts_tool_choice and profile.accepts_named_tool_choice
        ):
            return [tool for tool in tools if tool["name"] == name] or tools
        case _:
            return tools


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


def encode_tool_choice(
    choice: JsonObject | None, names: ToolNames, profile: Profile, *, can_demand: bool = True
) -> JsonObject:
    """The members that say whether tools must be used, and one at a time or not.

    *can_demand* says whether the model can be made to use one now.
    """
    result: JsonObject = {}
    if not choice:
        return result
    if profile.accepts_tool_choice:
        found = _choice(choice, names, profile)
        result["tool_choice"] = found if can_demand or found == "none" else "auto"
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
