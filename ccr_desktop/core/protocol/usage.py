"""Token counts from provider to client, and never counted twice.

Anthropic's `input_tokens` leaves out what the cache gave and took
(https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching); most providers include it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import Usage

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def count(value: Any) -> int | None:
    """A token count as providers send it: a number or a numeral; None for anything else."""
    if value is None or isinstance(value, bool):
        return None
    if type(value) is int and 0 <= value < 10**15:
        return value
    if isinstance(value, str):
        return int(value) if value.isdecimal() and len(value) < 16 else None
    if isinstance(value, int | float) and value == value and abs(value) < 1e15:  # noqa: PLR0124
        return int(max(0, value))
    return None


def anthropic_usage(usage: Usage, estimate: Usage) -> JsonObject:
    """The `usage` of `message_delta`; *estimate* fills in what the provider never told."""
    cached, written = usage.cached or 0, usage.written or 0
    prompt = estimate.prompt or 0 if usage.prompt is None else usage.prompt
    output = (usage.output if usage.output is not None else estimate.output) or 0
    result: JsonObject = {
        "input_tokens": max(0, prompt - cached - written),
        "output_tokens": output,
    }
    if usage.written is not None:
        result["cache_creation_input_tokens"] = written
    if usage.cached is not None:
        result["cache_read_input_tokens"] = cached
    if usage.thinking is not None:
        result["output_tokens_details"] = {"thinking_tokens": min(usage.thinking, output)}
    return result


def prompt_tokens(usage: JsonObject) -> int:
    """Everything that was sent, from an Anthropic `usage`."""
    names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    return sum(count(usage.get(name)) or 0 for name in names)


def conversation_tokens(usage: JsonObject) -> int:
    """How large the conversation was at last: of several rounds in one answer, the last counts."""
    rounds = usage.get("iterations")
    last = rounds[-1] if isinstance(rounds, list) and rounds else None
    return prompt_tokens(last if isinstance(last, dict) else usage)
