"""Rows of fields under their headings."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

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
