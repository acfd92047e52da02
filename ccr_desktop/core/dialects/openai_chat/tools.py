"""Tool declarations and their names, from Anthropic to Chat Completions."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import blocks, is_server_tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile

_BAD_CHARACTER = re.compile(r"[^a-zA-Z0-9_-]")
_CLIENT_SEARCH = "ToolSearch"  # Claude Code's tool that loads deferred tools
_PLACEHOLDER = "DeferredToolPlaceholder"  # keeps Claude Code's tool search alive, no real tool


class ToolNames:
    """Names as the provider takes them, and the way back.

    A name that is too long or has odd characters becomes its start and a hash of the whole, the
    same on every turn, so that prompt caches hold.
    """

    def __init__(self, declared: Iterable[str], limit: int) -> None:
        self._limit = limit
        self._declared = {self.provider_name(name): name for name in declared}
        self._folded = _unambiguous(self._declared)

    def provider_name(self, name: str) -> str:
        if len(name) <= self._limit and name and not _BAD_CHARACTER.search(name):
            return name
        digest = sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
        return f"{_BAD_CHARACTER.sub('_', name)[: self._limit - 9]}_{digest}"

    def client_name(self, name: str) -> str:
        """The declared name; one that nobody declared is left to the client to refuse."""
        return self._declared.get(name) or self._folded.get(name.casefold()) or name


def provider_id(call_id: str, profile: Profile) -> str:
    """The id of a call as the provider takes it, the same on every turn."""
    length = profile.tool_id_length
    is_short = len(call_id) == length and call_id.isascii() and call_id.isalnum()
    if length is None or is_short:
        return call_id
    return sha256(call_id.encode("utf-8", "replace")).hexdigest()[:length]


def _unambiguous(names: dict[str, str]) -> dict[str, str]:
    folded: dict[str, str | None] = {}
    for provider_name, name in names.items():
        key = provider_name.casefold()
        folded[key] = None if key in folded else name
    return {key: name for key, name in folded.items() if name}


def wants_web_search(body: JsonObject) -> bool:
    return any(
        str(tool.get("type", "")).startswith("web_search") for tool in body.get("tools") or ()
    )


def offered_tools(body: JsonObject) -> list[JsonObject]:
    """The tools that the model may call.

    A deferred tool is offered once the conversation has loaded it. Without Claude Code's own
    tool search nothing could load one, so then all are offered.
    """
    tools = [tool for tool in body.get("tools") or () if not is_server_tool(tool)]
    if not any(tool.get("defer_loading") for tool in tools):
        return tools
    can_search = any(tool["name"] == _CLIENT_SEARCH for tool in tools)
    loaded = set(_loaded_names(body)) if can_search else {tool["name"] for tool in tools}
    loaded.discard(_PLACEHOLDER)
    return [tool for tool in tools if not tool.get("defer_loading") or tool["name"] in loaded]


def _loaded_names(body: JsonObject) -> Iterator[str]:
    for message in body["messages"]:
        for block in blocks(message.get("content")):
            if block.get("type") == "tool_use":
                yield block["name"]
            elif block.get("type") == "tool_result":
                for part in blocks(block.get("content")):
                    if part.get("type") == "tool_reference":
                        yield str(part.get("tool_name"))


def encode_tools(tools: list[JsonObject], names: ToolNames, profile: Profile) -> list[JsonObject]:
    return [
        {
            "type": "function",
            "function": {
                "name": names.provider_name(tool["name"]),
                "description": str(tool.get("description") or ""),
                "parameters": _schema(tool.get("input_schema"), profile),
            },
        }
        for tool in tools
    ]


def _schema(schema: JsonObject | None, profile: Profile) -> JsonObject:
    """A schema as strict servers want it: an object with `properties`, without `$schema`."""
    kept = {key: value for key, value in (schema or {}).items() if key != "$schema"}
    whole = {"type": "object", "properties": {}, **kept} if "properties" not in kept else kept
    if not isinstance(whole.get("type"), str):
        whole = {**whole, "type": "object"}
    return profile.clean_schema(whole) if profile.clean_schema else whole


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
