"""Reading `Failover`."""

from typing import Any

import pytest

from ccr_desktop.core.config.failover import read_failover
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import FAILURES, Failover


def test_all_that_is_said_is_read() -> None:
    issues: list[Issue] = []
    found = {"tries": "3", "longestWait": 20, "when": ["timeout"], "pauseAfter": 5, "pauseFor": 2.5}

    assert read_failover(found, issues) == Failover(
        tries=3, longest_wait_s=20, when=("timeout",), pause_after=5, pause_s=2.5
    )
    assert issues == []


def test_nothing_counts_where_the_list_is_empty() -> None:
    assert read_failover({"when": []}, []).when == ()


@pytest.mark.parametrize("found", [None, {}, {"when": None}])
def test_the_usual_holds_where_nothing_is_said(found: Any) -> None:
    issues: list[Issue] = []

    assert read_failover(found, issues) == Failover(when=FAILURES)
    assert issues == []


@pytest.mark.parametrize(
    ("found", "where"),
    [
        ([], "Failover"),
        ({"tries": 0}, "Failover.tries"),
        ({"tries": "often"}, "Failover.tries"),
        ({"longestWait": -1}, "Failover.longestWait"),
        ({"when": "timeout"}, "Failover.when"),
        ({"when": ["timeout", "timeuot"]}, "Failover.when[1]"),
        ({"pauseAfter": -1}, "Failover.pauseAfter"),
        ({"pauseFor": 0}, "Failover.pauseFor"),
        ({"pauseFro": 5}, "Failover.pauseFro"),
    ],
)
def test_what_is_wrong_is_a_warning_with_its_place(found: Any, where: str) -> None:
    issues: list[Issue] = []

    read_failover(found, issues)

    assert [(issue.where, issue.severity) for issue in issues] == [(where, "warning")]
