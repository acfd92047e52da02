"""From a provider's word for the end of generation to an Anthropic `stop_reason`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Collection

    from ccr_desktop.core.protocol.deltas import Finish
    from ccr_desktop.core.protocol.json import JsonObject

# What it is when a provider reports no failure, and says nothing.
EMPTY_ANSWER = replace(Failure.of(502, "the provider sent an empty answer"), is_empty=True)
CUT = frozenset({"length", "max_tokens", "MAX_TOKENS", "max_output_tokens"})
_WINDOW = frozenset({"model_length", "context_length_exceeded", "model_context_window_exceeded"})
_REFUSED = frozenset(
    {
        "content_filter", "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
        "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "LANGUAGE", "MODEL_ARMOR",
        "sensitive", "refusal",
    }
)  # fmt: skip
_BROKEN = frozenset(
    {
        "error", "network_error", "insufficient_system_resource", "MALFORMED_FUNCTION_CALL",
        "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE", "UNEXPECTED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an answer held when it ended."""

    finish: Finish
    has_tool: bool
    has_whole_tool: bool
    has_refusal: bool


def stop_delta(outcome: Outcome, stop_sequences: Collection[str]) -> JsonObject | Failure:
    """The `delta` of `message_delta`, or the failure that the end really was."""
    reason = outcome.finish.reason
    matched = outcome.finish.stop_sequence
    if reason in CUT:
        return _stop("max_tokens")
    if reason in _WINDOW:
        return _stop("model_context_window_exceeded")
    if not outcome.has_tool and (reason in _REFUSED or reason.startswith("PROMPT_BLOCKED")):
        return _refusal(reason)
    if not outcome.has_whole_tool and (failure := broken_off(reason)):
        return failure
    if outcome.has_whole_tool:
        return _stop("tool_use")
    if reason == "pause_turn":  # Anthropic's own, to be gone on with
        return _stop("pause_turn")
    if matched is not None and matched in stop_sequences:
        return {"stop_reason": "stop_sequence", "stop_sequence": matched}
    if outcome.has_refusal:
        return _refusal(None)
    return _stop("end_turn")


def broken_off(reason: str) -> Failure | None:
    """The failure that a word for the end stands for, if it does."""
    if reason in _REFUSED:
        return Failure.of(500, f"the provider's filter cut the answer off: {reason}")
    if reason not in _BROKEN:
        return None
    status = 529 if reason == "insufficient_system_resource" else 500
    return Failure.of(status, f"the provider broke off: {reason}")


def _stop(reason: str) -> JsonObject:
    return {"stop_reason": reason, "stop_sequence": None}


def _refusal(reason: str | None) -> JsonObject:
    details = {"type": "refusal", "category": None, "explanation": reason}
    return {**_stop("refusal"), "stop_details": details}
