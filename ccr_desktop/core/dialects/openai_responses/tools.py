"""Tool declarations, from Anthropic to the Responses API.

https://developers.openai.com/api/docs/guides/function-calling
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.schemas import object_schema

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames
    from ccr_desktop.core.providers.profile import Profile

_PLACE = ("city", "region", "country", "timezone")


def encode_tools(
    tools: Sequence[JsonObject], names: ToolNames, profile: Profile
) -> list[JsonObject]:
    """Functions. Left out, `strict` counts as true, which few schemas of clients satisfy."""
    return [
        {
            "type": "function",
            "name": names.provider_name(tool["name"]),
            "description": str(tool.get("description") or ""),
            "parameters": object_schema(tool.get("input_schema"), profile.clean_schema),
            "strict": False,
        }
        for tool in tools
    ]


def encode_search(body: JsonObject) -> list[JsonObject]:
    """The provider's own web search, for requests that ask for Anthropic's."""
    for tool in body.get("tools") or ():
        if str(tool.get("type", "")).startswith("web_search"):
            return [{"type": "web_search", **_filters(tool), **_place(tool)}]
    return []


def _filters(tool: JsonObject) -> JsonObject:
    domains = tool.get("allowed_domains")
    if not isinstance(domains, list) or not domains:
        return {}
    return {"filters": {"allowed_domains": [str(domain) for domain in domains]}}


def _place(tool: JsonObject) -> JsonObject:
    place = tool.get("user_location")
    if not isinstance(place, dict):
        return {}
    known = {name: place[name] for name in _PLACE if isinstance(place.get(name), str)}
    return {"user_location": {"type": "approximate", **known}}


def encode_tool_choice(
    choice: JsonObject | None, names: ToolNames, declared: Collection[str], profile: Profile
) -> JsonObject:
    """The members that say whether tools must be used, and one at a time or not."""
    result: JsonObject = {}
    if not choice:
        return result
    if profile.accepts_tool_choice:
        is_known = profile.accepts_named_tool_choice and choice.get("name") in declared
        result["tool_choice"] = _choice(choice, names, is_known=is_known)
    if choice.get("disable_parallel_tool_use") and profile.accepts_parallel_switch:
        result["parallel_tool_calls"] = False
    return result


def _choice(choice: JsonObject, names: ToolNames, *, is_known: bool) -> Any:
    match choice:
        case {"type": "tool", "name": str(name)} if is_known:
            return {"type": "function", "name": names.provider_name(name)}
        case {"type": "any" | "tool"}:
            return "required"
        case {"type": "none"}:
            return "none"
        case _:
            return "auto"
