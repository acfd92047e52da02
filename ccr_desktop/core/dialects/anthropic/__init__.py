"""Anthropic's own protocol: requests and answers pass through untouched, but for what must change.

A request changes its model, its credentials and its host. What the router itself put into a
conversation (carriers in thinking signatures, searches of others) is taken out again, and so is
thinking that another provider has signed, or nobody; ids of calls that Anthropic refuses become
others. Query and beta headers are forwarded as they
came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.dialects.anthropic.call_ids import holds_odd_ids, with_legal_ids
from ccr_desktop.core.dialects.anthropic.foreign import (
    holds_blank,
    holds_foreign,
    unreadable,
    without_foreign,
)
from ccr_desktop.core.dialects.anthropic.splice import replace_member
from ccr_desktop.core.dialects.base import Target, UpstreamCall
from ccr_desktop.core.protocol.json import JsonObject, dumps_safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.dialects.anthropic.foreign import IsForeign

NAME = "anthropic"

_FORWARDED = ("accept", "user-agent", "x-app")
_FORWARDED_PREFIXES = ("anthropic-", "x-stainless-", "x-claude-code-")
_SEARCH_MARK = re.compile(rb'"encrypted_(content|index)"\s*:\s*""')


def passthrough_call(
    raw: bytes,
    body: JsonObject,
    target: Target,
    headers: Mapping[str, str],
    query: str,
    *,
    is_foreign: IsForeign = unreadable,
) -> UpstreamCall:
    """The request for an Anthropic endpoint, byte for byte where nothing must change.

    *headers* are the client's, with lower-case names; *query* is its query string.
    *is_foreign* tells thinking that the endpoint would refuse.
    """
    # Kimi's models want the ids of their own form back.
    has_odd_ids = not target.profile.numbers_tool_calls and holds_odd_ids(body)
    has_foreign = holds_foreign(body, is_foreign) or holds_blank(body)
    if has_odd_ids or has_foreign or _SEARCH_MARK.search(raw):
        cleaned = without_foreign(body, is_foreign)
        cleaned = with_legal_ids(cleaned) if has_odd_ids else cleaned
        content = dumps_safe({**cleaned, "model": target.model})
    else:
        content = replace_member(raw, "model", body.get("model"), target.model)
    url = f"{target.url}{'&' if '?' in target.url else '?'}{query}" if query else target.url
    own = target.profile.own_headers(body, is_messages=True)
    return UpstreamCall(url, _headers(target, headers, own), content)


def endpoint(url: str) -> str:
    """The complete messages endpoint for an address that may be only its beginning."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if path.endswith("/messages"):
        return urlunsplit(parts._replace(path=path))
    path += "/messages" if path.endswith("/v1") else "/v1/messages"
    return urlunsplit(parts._replace(path=path))


def _headers(target: Target, client: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    forwarded = {
        name: value
        for name, value in client.items()
        if name in _FORWARDED or name.startswith(_FORWARDED_PREFIXES)
    }
    forwarded.setdefault("anthropic-version", "2023-06-01")
    if target.api_key and target.bearer:
        forwarded["authorization"] = f"Bearer {target.api_key}"
    elif target.api_key:
        forwarded["x-api-key"] = target.api_key
    said = {name.lower() for name in target.headers}
    forwarded |= {name.lower(): value for name, value in own.items() if name.lower() not in said}
    return {**forwarded, "content-type": "application/json", **target.headers}
