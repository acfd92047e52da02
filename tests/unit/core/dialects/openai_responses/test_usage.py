from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_responses.usage import read_usage
from ccr_desktop.core.protocol.deltas import Usage
from ccr_desktop.core.providers.catalog import OPENAI, XAI
from ccr_desktop.core.providers.profile import Profile

FULL = {
    "input_tokens": 100,
    "input_tokens_details": {"cached_tokens": 60, "cache_write_tokens": 5},
    "output_tokens": 30,
    "output_tokens_details": {"reasoning_tokens": 20},
    "total_tokens": 130,
}


@pytest.mark.parametrize(
    ("usage", "profile", "expected"),
    [
        (FULL, OPENAI, Usage(prompt=100, cached=60, written=5, output=30, thinking=20)),
        ({}, OPENAI, Usage()),
        ({"input_tokens": "7", "input_tokens_details": None}, OPENAI, Usage(prompt=7)),
        (FULL, XAI, Usage(prompt=100, cached=60, written=5, output=30, thinking=20)),
        (
            {**FULL, "total_tokens": 150},
            XAI,
            Usage(prompt=100, cached=60, written=5, output=50, thinking=20),
        ),
    ],
)
def test_counts_are_read(usage: dict[str, Any], profile: Profile, expected: Usage) -> None:
    assert read_usage(usage, profile) == expected
