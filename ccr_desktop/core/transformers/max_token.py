"""`maxtoken`: answers are at most so long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.transformers.base import TransformContext

_LEAST_BUDGET = (
    1024  # tokens; https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking
)


class MaxToken:
    """Lowers `max_tokens` to the limit; smaller requests pass unchanged.

    What the user says is known better than what is true of servers in general, so it takes the
    place of the limit of the profile, which may be lower.
    """

    name = "maxtoken"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._limit: int = options["max_tokens"]

    def profile(self, profile: Profile) -> Profile:
        return replace(profile, max_tokens_limit=self._limit)

    def request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return limited(body, self._limit)


def limited(body: JsonObject, limit: int | None) -> JsonObject:
    """*body* with answers of at most *limit* tokens. A thinking budget has to stay below that."""
    wanted = body.get("max_tokens")
    if limit is None or not isinstance(wanted, int) or wanted <= limit:
        return body
    return {**body, "max_tokens": limit, **_thinking(body.get("thinking"), limit)}


def _thinking(thinking: Any, limit: int) -> JsonObject:
    budget = thinking.get("budget_tokens") if isinstance(thinking, dict) else None
    if not isinstance(budget, int) or budget < limit:
        return {}
    if limit <= _LEAST_BUDGET:
        return {"thinking": {"type": "disabled"}}
    return {"thinking": {**thinking, "budget_tokens": limit - 1}}
