"""What nobody sees is brought up to date when somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.sight import InSight

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_what_is_seen_follows_at_once(qtbot: QtBot) -> None:
    widget, shown = _widget(qtbot), []
    seen = InSight(widget, lambda: shown.append(1))
    widget.show()

    seen.ask()

    assert shown == [1]


def test_what_is_hidden_follows_once_when_it_is_shown(qtbot: QtBot) -> None:
    widget, shown = _widget(qtbot), []
    seen = InSight(widget, lambda: shown.append(1))

    seen.ask()
    seen.ask()
    assert not shown

    widget.show()
    assert shown == [1]
    widget.hide()
    widget.show()
    assert shown == [1]


def _widget(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget
