"""`sampling`: how the model chooses its words, whatever the request says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.transformers.max_token import limited

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.transformers.base import TransformContext

_OF_ANTHROPIC = ("temperature", "top_p", "top_k")
_OF_SERVERS = ("repetition_penalty",)


class Sampling:
    """Sets each given option; `max_tokens` is only lowered.

    What is set is sent, also to models that are known to refuse it: their own words tell why.
    """

    name = "sampling"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._limit: int | None = options.get("max_tokens")
        self._set = {name: options[name] for name in _OF_ANTHROPIC if name in options}
        self._further = {name: options[name] for name in _OF_SERVERS if name in options}

    def profile(self, profile: Profile) -> Profile:
        limit = profile.max_tokens_limit if self._limit is None else self._limit
        return replace(
            profile,
            max_tokens_limit=limit,
            sampling=profile.sampling | self._set.keys(),
            reasoning_refuses_sampling=profile.reasoning_refuses_sampling and not self._set,
        )

    def request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return {**limited(body, self._limit), **self._set}

    def upstream_request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        return {**body, **self._further}
