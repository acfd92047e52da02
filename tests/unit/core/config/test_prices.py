"""What models cost."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.prices import read_prices
from ccr_desktop.core.config.schema import Price


def test_prices_are_by_model() -> None:
    issues: list[Issue] = []

    found = read_prices({"m": {"input": 0.5, "output": 2, "cache_read": 0}, "n": {}}, "P", issues)

    assert found == {"m": Price(input=0.5, output=2.0, cache_read=0.0), "n": Price()}
    assert read_prices(None, "P", issues) == {}
    assert not issues


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (5, "P"),
        ({"m": 5}, "P.m"),
        ({"m": {"input": -1}}, "P.m.input"),
        ({"m": {"input": "0.5"}}, "P.m.input"),
        ({"m": {"input": True}}, "P.m.input"),
        ({"m": {"input": float("inf")}}, "P.m.input"),
        ({"m": {"input": 10**400}}, "P.m.input"),
        ({"m": {"inptu": 1}}, "P.m.inptu"),
    ],
)
def test_each_mistake_has_its_place(found: Any, where: str) -> None:
    issues: list[Issue] = []
    read_prices(found, "P", issues)

    assert [issue.where for issue in issues] == [where]
