"""`cerebras`: what the API of Cerebras wants and refuses, whatever its address.

Source: https://inference-docs.cerebras.ai/capabilities/reasoning and its Chat Completions
reference. That lists of content parts are refused was observed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.providers.profile import ThinkingSwitch

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.transformers.base import TransformContext

_THINKERS = r"(?i)gpt-oss|glm"
_ALWAYS_THINKS = "gpt-oss"
_UNSEEN = "(Something that this model can't read was left out here.)"


class Cerebras:
    """Its own name for the limit, an effort for the models that think, and texts as strings."""

    name = "cerebras"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def profile(self, profile: Profile) -> Profile:
        return replace(
            profile,
            max_tokens_field="max_completion_tokens",
            thinking=ThinkingSwitch.EFFORT,
            effort_levels=("none", "low", "medium", "high"),
            reasoning_models=_THINKERS,
            keeps_cache_control=False,
        )

    def upstream_request(self, body: JsonObject, context: TransformContext) -> JsonObject:
        messages = [_flat(message) for message in body.get("messages") or ()]
        changed = {**body, "messages": messages}
        if body.get("reasoning_effort") == "none" and _ALWAYS_THINKS in context.model.lower():
            changed["reasoning_effort"] = "low"
        return changed


def _flat(message: JsonObject) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    return {**message, "content": "\n\n".join(_text(part) for part in content)}


def _text(part: JsonObject) -> str:
    return str(part["text"]) if part.get("type") == "text" else _UNSEEN
