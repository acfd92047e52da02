"""What the tests of transformers share: a request, a context, and answers as deltas."""

from collections.abc import Iterable
from typing import Any

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.protocol.deltas import Delta, TextDelta, ThinkingDelta
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.transformers.base import DeltaFilter, ProviderInfo, TransformContext

CONTEXT = TransformContext(
    provider=ProviderInfo(name="p", url="https://h.test/v1", dialect="openai-chat"), model="m"
)
TOOL = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object"}}


def body(**members: Any) -> dict[str, Any]:
    return {"model": "m", "max_tokens": 100, "messages": [user("Hello")], **members}


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def assistant(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"role": "assistant", "content": list(blocks)}


def target(**profile: Any) -> Target:
    return Target(provider="p", model="m", url="", api_key="k", profile=Profile(**profile))


def through(filtering: DeltaFilter, deltas: Iterable[Delta]) -> list[Delta]:
    """The deltas that come out, texts in a row joined."""
    out: list[Delta] = [new for delta in deltas for new in filtering.feed(delta)]
    out += filtering.finish()
    joined: list[Delta] = []
    for delta in out:
        before = joined[-1] if joined else None
        if isinstance(delta, TextDelta | ThinkingDelta) and type(before) is type(delta):
            joined[-1] = type(delta)(before.text + delta.text)  # type: ignore[union-attr]
        else:
            joined.append(delta)
    return joined
