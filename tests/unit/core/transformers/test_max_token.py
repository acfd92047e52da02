from typing import Any

import pytest

from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.transformers.max_token import MaxToken
from tests.unit.core.transformers.bodies import CONTEXT, body


@pytest.mark.parametrize(("wanted", "expected"), [(100, 100), (5000, 4096), (4096, 4096)])
def test_only_what_is_too_large_is_lowered(wanted: int, expected: int) -> None:
    made = MaxToken({"max_tokens": 4096}).request(body(max_tokens=wanted), CONTEXT)

    assert made["max_tokens"] == expected


def test_a_request_without_a_limit_gets_none() -> None:
    assert "max_tokens" not in MaxToken({"max_tokens": 5}).request({"model": "m"}, CONTEXT)


@pytest.mark.parametrize(
    ("limit", "thinking"),
    [
        (4096, {"type": "enabled", "budget_tokens": 4095}),
        (20_000, {"type": "enabled", "budget_tokens": 10_000}),
        (1024, {"type": "disabled"}),
    ],
)
def test_a_thinking_budget_stays_below_the_limit(limit: int, thinking: Any) -> None:
    asked = body(max_tokens=32_000, thinking={"type": "enabled", "budget_tokens": 10_000})

    assert MaxToken({"max_tokens": limit}).request(asked, CONTEXT)["thinking"] == thinking


def test_it_takes_the_place_of_what_is_assumed_of_the_provider() -> None:
    profile = MaxToken({"max_tokens": 65_536}).profile(Profile(max_tokens_limit=32_000))

    assert profile.max_tokens_limit == 65_536
