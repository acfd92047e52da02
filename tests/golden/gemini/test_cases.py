"""Answers of generateContent servers and the events that they must become."""

from pathlib import Path

import pytest

from ccr_desktop.core.dialects.gemini import Gemini
from tests.support.golden import cases, check_events, check_grammar

CASES = pytest.mark.parametrize("case", cases(__file__), ids=lambda path: path.name)


@CASES
def test_the_client_receives_exactly_these_events(case: Path) -> None:
    check_events(case, Gemini())


@CASES
def test_the_events_follow_the_grammar(case: Path) -> None:
    check_grammar(case, Gemini())
