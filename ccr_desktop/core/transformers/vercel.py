"""`vercel`: what the Vercel AI Gateway wants, whatever its address.

Source: https://vercel.com/docs/ai-gateway/sdks-and-apis/openai-chat-completions
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.providers.profile import MidSystem, ReasoningReplay, ThinkingSwitch

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.transformers.base import TransformContext

_LIMIT_TOKENS = 64_000  # what all its large models can answer


class Vercel:
    """Thinking as one object for all models, cache marks kept; options go into every request."""

    name = "vercel"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = dict(options)

    def profile(self, profile: Profile) -> Profile:
        return replace(
            profile,
            max_tokens_limit=_LIMIT_TOKENS,
            mid_system=MidSystem.SYSTEM,
            thinking=ThinkingSwitch.REASONING,
            effort_levels=("minimal", "low", "medium", "high", "xhigh"),
            reasoning_replay=ReasoningReplay.ALL,
            keeps_cache_control=True,
            accepts_files=True,
        )

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return {**body, **self._options}
