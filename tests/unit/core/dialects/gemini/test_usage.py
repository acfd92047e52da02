from typing import Any

import pytest

from ccr_desktop.core.dialects.gemini.usage import read_usage
from ccr_desktop.core.protocol.deltas import Usage


def counts(prompt: Any = None, candidates: Any = None, **more: Any) -> dict[str, Any]:
    names = {
        "thoughts": "thoughtsTokenCount",
        "cached": "cachedContentTokenCount",
        "tools": "toolUsePromptTokenCount",
        "total": "totalTokenCount",
    }
    found = {"promptTokenCount": prompt, "candidatesTokenCount": candidates}
    return {**found, **{names[name]: value for name, value in more.items()}}


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        pytest.param({}, Usage(), id="nothing"),
        pytest.param({"trafficType": "ON_DEMAND"}, Usage(), id="no counts"),
        pytest.param(counts(10, 3), Usage(prompt=10, output=3), id="plain"),
        pytest.param(
            counts(9, 23, thoughts=185, total=217),
            Usage(prompt=9, output=208, thinking=185),
            id="thoughts beside the candidates",
        ),
        pytest.param(
            counts(9, 208, thoughts=185, total=217),
            Usage(prompt=9, output=208, thinking=185),
            id="thoughts among the candidates",
        ),
        pytest.param(
            counts(9, thoughts=5, total=14),
            Usage(prompt=9, output=5, thinking=5),
            id="only thoughts",
        ),
        pytest.param(
            counts(100, 5, cached=80, total=105), Usage(prompt=100, cached=80, output=5), id="cache"
        ),
        pytest.param(
            counts(100, 5, tools=40, total=145), Usage(prompt=140, output=5), id="what tools read"
        ),
        pytest.param(counts("7", -1), Usage(prompt=7, output=0), id="odd numbers"),
        pytest.param(counts([], {}), Usage(), id="no numbers"),
    ],
)
def test_counts_add_up(reported: dict[str, Any], expected: Usage) -> None:
    assert read_usage(reported) == expected
