"""Usage as the Responses API counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.deltas import Usage
from ccr_desktop.core.protocol.usage import count

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile


def read_usage(usage: JsonObject, profile: Profile) -> Usage:
    """The counts of a `usage` object; cached tokens are part of the input."""
    given, made = _details(usage, "input_tokens_details"), _details(usage, "output_tokens_details")
    prompt, output = count(usage.get("input_tokens")), count(usage.get("output_tokens"))
    thinking = count(made.get("reasoning_tokens"))
    if output is not None and thinking and profile.usage_excludes_reasoning:
        total = count(usage.get("total_tokens"))
        output += thinking if total == (prompt or 0) + output + thinking else 0
    return Usage(
        prompt=prompt,
        cached=count(given.get("cached_tokens")),
        written=count(given.get("cache_write_tokens")),
        output=output,
        thinking=thinking,
    )


def _details(usage: JsonObject, name: str) -> JsonObject:
    details = usage.get(name)
    return details if isinstance(details, dict) else {}
