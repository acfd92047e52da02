from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from ccr_desktop.desktop import figures

GAP = "\u00a0"
NOW_S = 1_790_000_000.0


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "localtime", time.gmtime)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0.0, "0 ms"),
        (0.0004, "1 ms"),
        (0.0336, "34 ms"),
        (0.0999, "100 ms"),
        (0.1, "0.10 s"),
        (0.844, "0.84 s"),
        (12.34, "12.3 s"),
        (125.0, "2 min 05 s"),
        (3600.0, "60 min 00 s"),
    ],
)
def test_durations_are_as_exact_as_it_matters(seconds: float | None, words: str) -> None:
    assert figures.duration(seconds) == words.replace(" ", GAP)


def test_a_stamp_has_no_comma_which_chinese_would_not_have() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("zh_CN"))
    try:
        assert re.fullmatch(r"2026/9/2\d \d\d:\d\d:20", figures.stamp(NOW_S))
    finally:
        QLocale.setDefault(before)


def test_large_counts_are_grouped() -> None:
    assert figures.count(1234567) == "1,234,567"
    assert figures.count(None) == "–"


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("german")
def test_figures_are_written_as_the_language_does() -> None:
    assert figures.count(1234567) == "1.234.567"
    assert figures.duration(12.34) == f"12,3{GAP}s"


@pytest.mark.parametrize(
    ("past_s", "words"),
    [
        (-5.0, "just now"),
        (59.0, "just now"),
        (60.0, "1 min ago"),
        (7200.0, "2 h ago"),
        (90_000.0, "yesterday"),
        (5 * 86_400.0, "5 days ago"),
        (40 * 86_400.0, "2026-08-12"),
    ],
)
def test_the_past_is_told_as_roughly_as_people_do(past_s: float, words: str) -> None:
    assert figures.ago(NOW_S - past_s, NOW_S) == words


def test_a_moment_has_its_date_where_it_was_on_another_day() -> None:
    assert figures.moment(NOW_S - 60, NOW_S) == "14:12:20"
    assert figures.moment(NOW_S - 86_400, NOW_S) == "2026-09-20 14:13"
    assert figures.until(NOW_S) == "14:13"
