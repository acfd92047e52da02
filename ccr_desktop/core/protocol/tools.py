"""The tools of a request: which of them to offer, and under which names."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import blocks, is_server_tool, objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.core.protocol.json import JsonObject

_LEGAL = re.compile(r"[a-zA-Z0-9_-]+")
_BAD_CHARACTER = re.compile(r"[^a-zA-Z0-9_-]")
_BOTH_LISTS = frozenset({"allowed_domains", "blocked_domains"})
_CLIENT_SEARCH = "ToolSearch"  # Claude Code's tool that loads deferred tools
_PLACEHOLDER = "DeferredToolPlaceholder"  # keeps Claude Code's tool search alive, no real tool


class ToolNames:
    """Names as the provider takes them, and the way back.

    A name that is too long or has odd characters becomes its start and a hash of the whole, the
    same on every turn, so that prompt caches hold. *limit* is in characters; *legal* is what a
    whole name must match.
    """

    def __init__(
        self, declared: Iterable[str], limit: int, legal: re.Pattern[str] = _LEGAL
    ) -> None:
        self._limit = limit
        self._legal = legal
        self._known: dict[str, str] = {}
        self._declared = {self.provider_name(name): name for name in declared}
        self._folded = _unambiguous(self._declared)

    def provider_name(self, name: str) -> str:
        """The same for the same name: a conversation repeats those of its tools with each call."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._legal_name(name)
        return known

    def _legal_name(self, name: str) -> str:
        if len(name) <= self._limit and self._legal.fullmatch(name):
            return name
        digest = sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
        mended = f"{_BAD_CHARACTER.sub('_', name)[: self._limit - 9]}_{digest}"
        return mended if self._legal.fullmatch(mended) else f"_{mended[1:]}"

    def client_name(self, name: str) -> str:
        """The declared name; one that nobody declared is left to the client to refuse."""
        return self._declared.get(name) or self._folded.get(name.casefold()) or name


def _unambiguous(names: dict[str, str]) -> dict[str, str]:
    folded: dict[str, str | None] = {}
    for provider_name, name in names.items():
        key = provider_name.casefold()
        folded[key] = None if key in folded else name
    return {key: name for key, name in folded.items() if name}


def wants_web_search(body: JsonObject) -> bool:
    tools = objects(body.get("tools"))
    return any(str(tool.get("type", "")).startswith("web_search") for tool in tools)


def offered_tools(body: JsonObject) -> list[JsonObject]:
    """The tools that the model may call.

    A deferred tool is offered once the conversation has loaded it. Without Claude Code's own
    tool search nothing could load one, so then all are offered.
    """
    tools = [_one_list(tool) for tool in body.get("tools") or () if not is_server_tool(tool)]
    if not any(tool.get("defer_loading") for tool in tools):
        return tools
    can_search = any(tool["name"] == _CLIENT_SEARCH for tool in tools)
    loaded = set(_loaded_names(body)) if can_search else {tool["name"] for tool in tools}
    loaded.discard(_PLACEHOLDER)
    return [tool for tool in tools if not tool.get("defer_loading") or tool["name"] in loaded]


def _one_list(tool: JsonObject) -> JsonObject:
    """A search tool that takes allowed or blocked domains, with the allowed ones alone.

    Claude Code refuses both at once, which many models send whenever both are on offer.
    """
    schema = tool.get("input_schema") or {}
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties.keys() >= _BOTH_LISTS:
        return tool
    kept = {name: value for name, value in properties.items() if name != "blocked_domains"}
    return {**tool, "input_schema": {**schema, "properties": kept}}


def _loaded_names(body: JsonObject) -> Iterator[str]:
    for message in body["messages"]:
        for block in blocks(message.get("content")):
            if block.get("type") == "tool_use":
                yield block["name"]
            elif block.get("type") == "tool_result":
                for part in blocks(block.get("content")):
                    if part.get("type") == "tool_reference":
                        yield str(part.get("tool_name"))


def strict_tools(body: JsonObject) -> frozenset[str]:
    """The names of the tools that an empty input does not satisfy."""
    tools = body.get("tools") or ()
    return frozenset(
        str(tool.get("name")) for tool in tools if (tool.get("input_schema") or {}).get("required")
    )
