"""What an endpoint for Anthropic's protocol refuses by name, and the request without it.

Endpoints of others lag behind what Claude Code sends. Their words, of many reports:
https://github.com/anthropics/claude-code/issues/49548 (a member),
https://github.com/anthropics/claude-code-action/issues/1005 (a member of one),
https://github.com/BerriAI/litellm/issues/22847 (one of tools). Only what a request can do without
is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import (
    as_object,
    objects,
    with_marks,
    without_references,
)
from ccr_desktop.core.transformers.system_notes import with_reminders

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_EXTRA = re.compile(
    rb"([a-z_]+(?:\.[a-z_0-9]+)*): Extra inputs are not permitted"
    rb"|extraneous key \[([a-z_]+)\] is not permitted"  # Bedrock's older words
)
_ADAPTIVE = re.compile(rb"adaptive thinking is not supported|Input tag 'adaptive' found", re.I)
_BETA = re.compile(rb"invalid beta flag|`?anthropic-beta`? header", re.I)
_QUOTED = re.compile(rb"`([a-z0-9-]+-\d{4}-?\d\d-?\d\d)`")
_HEADER = "anthropic-beta"
_SPARED = frozenset(
    {
        *("context_management", "metadata", "output_config", "output_format", "safeguards"),
        *("service_tier", "speed", "thinking"),
    }
)
_OF_TOOLS = frozenset({"custom", "defer_loading", "eager_input_streaming", "strict"})
_OF_MARKS = frozenset({"scope", "ttl"})
_MARK = "cache_control"
_ADAPTIVE_THINKING = ("thinking", "adaptive")


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """What is said otherwise, once these words have refused it."""

    name: str
    words: re.Pattern[bytes]
    rewritten: Callable[[JsonObject], JsonObject]


_REWRITINGS = (
    _Rewriting(
        "system messages",
        re.compile(rb"role\W{1,4}system|system\W.{0,30}role|'user' or 'assistant'", re.I),
        with_reminders,
    ),
    _Rewriting("tool_reference", re.compile(rb"tool_reference"), without_references),
)


class RefusedMembers:
    """What was refused of a request so far."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self._paths: list[tuple[str, ...]] = []
        self._features: set[str] = set()
        self._rewritings: list[_Rewriting] = []

    def __bool__(self) -> bool:
        return bool(self._paths or self._features or self._rewritings)

    def learns(self, refusal: bytes, body: JsonObject, headers: Mapping[str, str]) -> bool:
        """Whether *refusal* names something of the request that is left out from now on."""
        if _BETA.search(refusal):
            return self._learn_features(refusal, headers)
        path, before = _path(refusal), self.body(body)
        for each in _REWRITINGS:
            if each.words.search(refusal) and each.rewritten(before) != before:
                self._rewritings.append(each)
                return True
        if path is None or _without(before, path) == before:
            return False
        self._paths.append(path)
        return True

    def _learn_features(self, refusal: bytes, headers: Mapping[str, str]) -> bool:
        """Those that are named; all, if none is."""
        left = _names(self.headers(headers))
        named = {name.decode() for name in _QUOTED.findall(refusal)} & set(left)
        self._features |= named or set(left)
        return bool(left)

    def body(self, body: JsonObject) -> JsonObject:
        """*body* without all of it."""
        self.left_out = []
        for path in self._paths:
            before, body = body, _without(body, path)
            if body != before:
                self.left_out.append(".".join(path))
        for each in self._rewritings:
            before, body = body, each.rewritten(body)
            if body != before:
                self.left_out.append(each.name)
        return body

    def headers(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """*headers* without the features that were refused."""
        if not self._features:
            return headers
        kept = {name: value for name, value in headers.items() if name != _HEADER}
        asked = _names(headers)
        left = [name for name in asked if name not in self._features]
        self.left_out += [name for name in asked if name in self._features]
        return {**kept, _HEADER: ",".join(left)} if left else kept

    def lasting(self) -> RefusedMembers:
        """For another request: all of it."""
        other = RefusedMembers()
        other._paths, other._features = list(self._paths), set(self._features)
        other._rewritings = list(self._rewritings)
        return other


def _path(refusal: bytes) -> tuple[str, ...] | None:
    """What is refused, from the outside in."""
    if _ADAPTIVE.search(refusal):
        return _ADAPTIVE_THINKING
    found = _EXTRA.search(refusal)
    return tuple((found[1] or found[2]).decode().split(".")) if found else None


def _names(headers: Mapping[str, str]) -> list[str]:
    return [name for each in headers.get(_HEADER, "").split(",") if (name := each.strip())]


def _without(body: JsonObject, path: tuple[str, ...]) -> JsonObject:
    """*body* without what *path* says, wherever such a thing stands; itself when it can't be."""
    first, last = path[0], path[-1]
    if path == _ADAPTIVE_THINKING and as_object(body.get(first)).get("type") != last:
        return body  # with a budget it may be taken
    if path == _ADAPTIVE_THINKING:
        path = path[:1]
    if _MARK in path and last in _OF_MARKS:
        return with_marks(body, lambda name: name != last)
    if first == "tools" and last in _OF_TOOLS:
        tools = [{name: tool[name] for name in tool if name != last} for tool in _tools(body)]
        return {**body, "tools": tools} if tools else body
    if first not in _SPARED or first not in body:
        return body
    left = {name: body[name] for name in body if name != first}
    if len(path) == 1:
        return left
    inner = as_object(body[first])
    named = next((name for name in path[1:] if name in inner), None)
    if named is None:
        return body
    kept = {name: inner[name] for name in inner if name != named}
    return {**left, first: kept} if kept else left


def _tools(body: JsonObject) -> list[JsonObject]:
    return list(objects(body.get("tools")))
