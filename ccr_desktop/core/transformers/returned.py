"""What hooks of plugins have returned, looked at before anything else trips over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.anthropic import NAME as ANTHROPIC
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.protocol.checks import check_translatable
from ccr_desktop.core.protocol.deltas import (
    ArgumentsDelta,
    CarrierDelta,
    Finish,
    RefusalDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
)
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_TEXTS: dict[type, tuple[str, ...]] = {
    TextDelta: ("text",),
    ThinkingDelta: ("text",),
    RefusalDelta: ("text",),
    ArgumentsDelta: ("text",),
    ToolDelta: ("id", "name", "arguments"),
    CarrierDelta: ("signature",),
    Finish: ("reason",),
}


def wrong_with(hook: str, found: Any, dialect: str) -> str:
    """What is wrong with what *hook* returned for a provider of *dialect*; nothing if it is sound.

    Raises TypeError for what is no JSON.
    """
    if isinstance(found, UpstreamCall):
        return _wrong_with_call(found.url, found.headers, found.body)
    dumps_safe(found)
    return _wrong_with_request(found, dialect) if hook == "request" else ""


def wrong_text(delta: Any) -> str:
    """The member of a delta that must be a text and is none."""
    for name in _TEXTS.get(type(delta), ()):
        if not isinstance(getattr(delta, name), str):
            return name
    return ""


def _wrong_with_request(body: JsonObject, dialect: str) -> str:
    if not isinstance(body.get("messages"), list):
        return "made a request without a list of messages"
    if dialect == ANTHROPIC:
        return ""  # what can't be translated can be passed
    try:
        # Metadata stays with the router, whatever a plugin notes there.
        check_translatable({name: body[name] for name in body if name != "metadata"})
    except ClientError as exc:
        return f"made a request that can't be sent: {exc.title}"
    return ""


def _wrong_with_call(url: Any, headers: Any, body: Any) -> str:
    if not isinstance(url, str) or not isinstance(body, bytes):
        return "made a call whose url is no text, or whose body is no bytes"
    odd = [each for pair in headers.items() for each in pair if not isinstance(each, str)]
    return f"made a call with a header that is no text: {odd[0]!r:.60}" if odd else ""
