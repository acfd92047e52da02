import pytest

from ccr_desktop.core.protocol.deltas import Finish
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.finish import Outcome, stop_delta


def stop(finish: Finish, *, tool: bool = False, whole: bool = False, refusal: bool = False) -> str:
    outcome = Outcome(
        finish=finish, has_tool=tool or whole, has_whole_tool=whole, has_refusal=refusal
    )
    delta = stop_delta(outcome, ["END"])
    return f"error {delta.status}" if isinstance(delta, Failure) else str(delta["stop_reason"])


@pytest.mark.parametrize(
    ("reason", "plain", "with_tool"),
    [
        ("stop", "end_turn", "tool_use"),
        ("", "end_turn", "tool_use"),
        ("tool_calls", "end_turn", "tool_use"),
        ("some_new_word", "end_turn", "tool_use"),
        ("length", "max_tokens", "max_tokens"),
        ("max_tokens", "max_tokens", "max_tokens"),
        ("MAX_TOKENS", "max_tokens", "max_tokens"),
        ("max_output_tokens", "max_tokens", "max_tokens"),
        ("model_length", "model_context_window_exceeded", "model_context_window_exceeded"),
        ("context_length_exceeded",) + ("model_context_window_exceeded",) * 2,
        ("content_filter", "refusal", "tool_use"),
        ("SAFETY", "refusal", "tool_use"),
        ("sensitive", "refusal", "tool_use"),
        ("PROMPT_BLOCKED:OTHER", "refusal", "tool_use"),
        ("error", "error 500", "tool_use"),
        ("network_error", "error 500", "tool_use"),
        ("MALFORMED_FUNCTION_CALL", "error 500", "tool_use"),
        ("insufficient_system_resource", "error 529", "tool_use"),
    ],
)
def test_the_providers_word_becomes_a_stop_reason(reason: str, plain: str, with_tool: str) -> None:
    assert stop(Finish(reason)) == plain
    assert stop(Finish(reason), whole=True) == with_tool


@pytest.mark.parametrize(
    ("finish", "refusal", "reason"),
    [
        pytest.param(Finish("stop", "END"), False, "stop_sequence", id="asked for"),
        pytest.param(Finish("stop", "other"), False, "end_turn", id="not asked for"),
        pytest.param(Finish("stop"), True, "refusal", id="refusal text"),
    ],
)
def test_what_else_was_seen_decides_a_plain_stop(
    finish: Finish, refusal: bool, reason: str
) -> None:
    assert stop(finish, refusal=refusal) == reason


def test_the_matched_text_is_passed_on() -> None:
    outcome = Outcome(
        finish=Finish("stop", "END"), has_tool=False, has_whole_tool=False, has_refusal=False
    )

    assert stop_delta(outcome, ["END"]) == {"stop_reason": "stop_sequence", "stop_sequence": "END"}
