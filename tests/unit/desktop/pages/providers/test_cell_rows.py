"""Rows of fields under their headings."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.desktop.pages.providers.pool_section import PoolSection
from ccr_desktop.desktop.widgets.labels import HelpText

pytestmark = pytest.mark.usefixtures("look")


def test_each_heading_begins_where_its_fields_do(qtbot: QtBot) -> None:
    section = PoolSection()
    qtbot.addWidget(section)
    section.resize(800, 300)
    section.show_entry({"name": "acme", "api_keys": ["$A", "$B"]})
    section.show()
    qtbot.waitUntil(section.isVisible)

    headings = section.rows._head.findChildren(HelpText)
    fields = [section.findChild(QLineEdit, f"pool-1-{place}") for place in range(3)]

    def left(widget: QLineEdit | HelpText | None) -> int:
        assert widget
        return widget.mapTo(section, QPoint()).x()

    assert [left(heading) for heading in headings] == [left(field) for field in fields]


@pytest.fixture
def pool(qtbot: QtBot) -> PoolSection:
    section = PoolSection()
    qtbot.addWidget(section)
    section.show_entry({"name": "acme", "api_keys": ["$A", "$B"]})
    return section


def field(pool: PoolSection, name: str) -> QLineEdit:
    found = pool.findChild(QLineEdit, name)
    assert found
    return found


def test_a_bad_share_marks_its_field_and_is_told_in_words(pool: PoolSection) -> None:
    bad = Issue("api_keys[1].weight", "found 0.", "A number above 0 is allowed.")

    assert pool.show_issues([bad]) == []

    words = "Share of key 2: enter a number above 0."
    row = pool._rows["api_keys"]
    assert row.error() == words
    assert not pool.rows.property("invalid")
    assert field(pool, "pool-1-1").property("invalid")
    assert field(pool, "pool-1-1").accessibleDescription() == words
    assert not field(pool, "pool-0-1").property("invalid")
    assert pool.first_bad() is field(pool, "pool-1-1")

    pool.show_issues([])
    assert not field(pool, "pool-1-1").property("invalid")
    assert pool.first_bad() is None


def test_each_bad_field_is_told(pool: PoolSection) -> None:
    hint = "A whole number above 0 is allowed."
    issues = [
        Issue("api_keys[0].weight", "found 0.", "A number above 0 is allowed."),
        Issue("api_keys[1].limit_per_minute", "found -1.", hint),
    ]

    pool.show_issues(issues)

    assert pool._rows["api_keys"].error() == (
        "Share of key 1: enter a number above 0. "
        "Per minute of key 2: enter a whole number above 0, or leave it empty."
    )


def test_the_buttons_of_a_row_say_which_row(pool: PoolSection) -> None:
    names = [button.accessibleName() for button in pool.findChildren(QToolButton)]

    assert {"Move up 1", "Move down 1", "Remove 1", "Move up 2", "Remove 2"} <= {*names}
    assert len({*names}) == len(names)


def test_a_row_that_is_added_comes_into_sight(qtbot: QtBot) -> None:
    section, area = PoolSection(), QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(section)
    section.show_entry({"name": "acme", "api_keys": [f"$K{number}" for number in range(9)]})
    area.resize(700, 150)
    area.show()
    qtbot.waitUntil(area.isVisible)

    section.rows.add_button.click()

    def is_seen() -> bool:
        added = field(section, "pool-9-0")
        return (
            area.viewport()
            .rect()
            .contains(
                added.geometry().translated(added.parentWidget().mapTo(area.viewport(), QPoint()))
            )
        )

    qtbot.waitUntil(is_seen)
