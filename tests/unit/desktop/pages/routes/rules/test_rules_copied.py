"""Copies of rules: another name, hits of their own, and a place of their own in the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.rules.tab import RulesTab
from tests.unit.desktop.pages.routes.opened import Opened, opened
from tests.unit.desktop.pages.routes.rules.test_rules import (
    A,
    choose,
    hit_the_first,
    rules,
    subtitles,
    tab,
)
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


def trailing(shown: RulesTab) -> list[str]:
    return [row.trailing for row in shown.list.rows.rows]


def names(app: Opened) -> list[str]:
    return [rule["name"] for rule in app.router["rules"]]


async def test_each_copy_has_another_name(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        shown = tab(app)
        for count in (2, 3):
            shown.action_wanted.emit(shown.list.rows.rows[0].key, "duplicate")
            await app.settled()
            await app.count_of(shown.list, count)

        assert names(app) == ["one", "one (copy) 2", "one (copy)"]


async def test_a_copy_has_hits_of_its_own(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        shown = tab(app)
        hit_the_first(app)
        await eventually(lambda: trailing(shown) == ["1×"])
        shown.action_wanted.emit(shown.list.rows.rows[0].key, "duplicate")
        await app.settled()

        await app.count_of(shown.list, 2)
        assert trailing(shown) == ["1×", ""]
        assert subtitles(shown)[1] == "Not used since the app was started · one (copy)"


async def test_the_cursor_goes_with_a_copy_that_is_moved_by_a_key(qloop: Loop) -> None:
    async with opened(rules(A, {**A, "name": "one (copy)"})) as app:
        shown = tab(app)
        choose(shown, 1)
        QTest.keyClick(shown.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        await app.settled()

        assert names(app) == ["one (copy)", "one"]
        await eventually(lambda: subtitles(shown)[0].endswith("one (copy)"))
        assert shown.list.currentIndex().row() == 0
