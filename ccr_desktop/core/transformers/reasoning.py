"""`reasoning`: the switch of models that can think or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.providers.profile import ThinkingSwitch

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.transformers.base import TransformContext

_BUDGET_TOKENS = 8192  # medium effort, for a client that leaves it to the model


class Reasoning:
    """Switches thinking on where the client lets the model think, or off for good.

    A server that nothing is known of gets both switches that are in use; reasoning that it sends
    goes back to it with tool results.
    """

    name = "reasoning"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._is_on = options.get("enable") is not False

    def profile(self, profile: Profile) -> Profile:
        if profile.thinking is not ThinkingSwitch.NONE:
            return profile
        return replace(
            profile,
            thinking=ThinkingSwitch.BOTH,
            reasoning_field=profile.reasoning_field or "reasoning_content",
        )

    def request(self, body: JsonObject, context: TransformContext) -> JsonObject:
        if not self._is_on:
            return {**body, "thinking": {"type": "disabled"}}
        thinking = body.get("thinking")
        if context.provider.dialect == "anthropic" or not _leaves_it_open(thinking):
            return body
        return {**body, "thinking": {"type": "enabled", "budget_tokens": _BUDGET_TOKENS}}


def _leaves_it_open(thinking: Any) -> bool:
    return isinstance(thinking, dict) and thinking.get("type") == "adaptive"
