"""Usage as the different providers count it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import Usage
from ccr_desktop.core.protocol.usage import count

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile


def read_usage(usage: JsonObject, profile: Profile) -> Usage:
    """The counts of a Chat Completions `usage` object, however the provider names them."""
    prompt_details = _details(usage, "prompt_tokens_details", "prompt_token_details")
    output_details = _details(usage, "completion_tokens_details")
    prompt, output = count(usage.get("prompt_tokens")), count(usage.get("completion_tokens"))
    thinking = count(output_details.get("reasoning_tokens"))
    cached = _first(
        prompt_details.get("cached_tokens"),
        usage.get("prompt_cache_hit_tokens"),  # DeepSeek
        usage.get("cached_tokens"),  # Moonshot
        usage.get("num_cached_tokens"),  # Mistral
        usage.get("cache_read_input_tokens"),  # Anthropic models behind gateways
    )
    written = _first(
        prompt_details.get("cache_write_tokens"),
        prompt_details.get("cache_creation_input_tokens"),  # Qwen
        usage.get("cache_creation_input_tokens"),
    )
    if prompt is not None and "cache_read_input_tokens" in usage:
        # Some gateways leave the cached tokens out of the total, as Anthropic does.
        apart = (cached or 0) + (written or 0)
        prompt = prompt if prompt >= apart else prompt + apart
    if output is not None and thinking and profile.usage_excludes_reasoning:
        output = _with_reasoning(usage, prompt, output, thinking)
    return Usage(prompt=prompt, cached=cached, written=written, output=output, thinking=thinking)


def _with_reasoning(usage: JsonObject, prompt: int | None, output: int, thinking: int) -> int:
    """xAI counts reasoning beside the answer; its total tells."""
    total = count(usage.get("total_tokens"))
    return output + thinking if total == (prompt or 0) + output + thinking else output


def _details(usage: JsonObject, *names: str) -> JsonObject:
    for name in names:
        if isinstance(details := usage.get(name), dict):
            return details
    return {}


def _first(*values: Any) -> int | None:
    for value in values:
        if value is not None and (number := count(value)) is not None:
            return number
    return None
