from typing import Any

import pytest

from ccr_desktop.core.protocol.deltas import Usage
from ccr_desktop.core.protocol.usage import (
    anthropic_usage,
    conversation_tokens,
    count,
    prompt_tokens,
)


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), (5.9, 5), ("7", 7), (-3, 0), (True, None), (None, None), ("x", None), ("²", None),
     (float("nan"), None), (float("inf"), None), (10**30, None), ("1" * 20, None), ([], None)],
    ids=repr,
)  # fmt: skip
def test_a_count_is_a_whole_number_that_is_not_negative(value: Any, number: int | None) -> None:
    assert count(value) == number


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        pytest.param(Usage(), {"input_tokens": 7, "output_tokens": 3}, id="nothing known"),
        pytest.param(
            Usage(prompt=10, cached=4, written=1, output=5, thinking=2),
            {
                "input_tokens": 5,
                "output_tokens": 5,
                "cache_creation_input_tokens": 1,
                "cache_read_input_tokens": 4,
                "output_tokens_details": {"thinking_tokens": 2},
            },
            id="all known",
        ),
        pytest.param(
            Usage(prompt=1, cached=4, output=1, thinking=9),
            {
                "input_tokens": 0,
                "output_tokens": 1,
                "cache_read_input_tokens": 4,
                "output_tokens_details": {"thinking_tokens": 1},
            },
            id="contradictions",
        ),
        pytest.param(
            Usage(prompt=0, output=0, cached=0),
            {"input_tokens": 0, "output_tokens": 0, "cache_read_input_tokens": 0},
            id="zero is a report",
        ),
    ],
)
def test_cached_tokens_are_never_counted_twice(usage: Usage, expected: dict[str, Any]) -> None:
    assert anthropic_usage(usage, Usage(prompt=7, output=3)) == expected


def test_the_prompt_is_all_that_was_sent() -> None:
    usage = {"input_tokens": 1, "cache_read_input_tokens": 2, "cache_creation_input_tokens": None}

    assert prompt_tokens(usage) == 3


def test_a_conversation_is_as_large_as_the_prompt_of_its_last_round() -> None:
    rounds = [{"input_tokens": 5}, {"input_tokens": 7, "cache_read_input_tokens": 2}]

    assert conversation_tokens({"input_tokens": 12, "iterations": rounds}) == 9
    assert conversation_tokens({"input_tokens": 12, "iterations": []}) == 12
    assert conversation_tokens({}) == 0
