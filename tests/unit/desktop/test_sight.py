"""What nobody sees is brought up to date when somebody looks, and made after the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.sight import Afterwards, InSight, each_minute, finish_within

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


def test_what_gets_older_is_shown_again_while_it_is_seen(qtbot: QtBot) -> None:
    widget, shown, ticks = _widget(qtbot), [], []
    timer = each_minute(widget, lambda: shown.append(1))
    timer.timeout.connect(lambda: ticks.append(1))
    timer.setInterval(1)

    qtbot.waitUntil(lambda: len(ticks) > 2)
    assert not shown

    widget.show()
    qtbot.waitUntil(lambda: len(shown) > 1)


def test_what_is_out_of_sight_is_made_once_the_rest_was_painted(qtbot: QtBot) -> None:
    widget, made = _widget(qtbot), []
    rest = Afterwards(widget)
    for name in ("first", "second"):
        rest.add(lambda name=name: made.append(name))
    assert not made

    widget.show()

    qtbot.waitUntil(lambda: made == ["first", "second"])
    assert rest.is_over
    rest.add(lambda: made.append("at once"))
    assert made[2:] == ["at once"]


def test_what_is_looked_for_is_made_before_it_was_painted(qtbot: QtBot) -> None:
    page, made = _widget(qtbot), []
    Afterwards(QWidget(page)).add(lambda: made.append("below"))

    finish_within(page)

    assert made == ["below"]


def _widget(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget
