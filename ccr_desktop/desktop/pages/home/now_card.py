"""The card of what runs now: who does the main work, and what was answered last."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ccr_desktop.desktop import figures, lists
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.pauses import pauses
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.facts import Facts

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.desktop.state import Overview


class NowCard(Card):
    """`pause_wanted` carries seconds, `request_wanted` the id of a request."""

    pause_wanted = Signal(float)
    resume_wanted = Signal()
    request_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Now"), "", parent)
        self.setObjectName("now")
        self._last: Entry | None = None
        self._pause = Banner("warn", "", self.tr("Resume"))
        self._pause.setObjectName("routing-pause")
        self._pause.activated.connect(self.resume_wanted)
        self._begin_pause = QuietButton(self.tr("Pause routing…"), "pause")
        self._begin_pause.setObjectName("pause-routing")
        self._begin_pause.clicked.connect(self._ask_how_long)
        self._menu = self._choices()
        self.facts = Facts()
        self._show = QuietButton(self.tr("Show the last request"))
        self._show.setObjectName("show-last-request")
        self._show.clicked.connect(self._ask_for_last)
        self.add(self._pause)
        self.add(self.facts)
        self.add_header_action(self._begin_pause)
        self.add_header_action(self._show)
        self._begin_pause.hide()
        self._pause.hide()
        self._show.hide()

    def show_overview(self, overview: Overview) -> None:
        self.facts.show_fact(self.tr("Main work"), self._main(overview))
        route_set = overview.route_set or self.tr("Standard")
        self.facts.show_fact(self.tr("Route set"), route_set if overview.route_sets else "")
        is_running = overview.service.phase is Phase.RUNNING
        is_paused = is_running and overview.paused_until_s is not None
        if is_paused:
            self._pause.show_notice("warn", self._pause_words(overview), self.tr("Resume"))
        self._show_pause(is_paused=is_paused, can_begin=is_running and not is_paused)
        waits = self.tr("Waiting for your password store") if overview.awaits_keys else ""
        self.facts.show_fact(self.tr("Keys"), waits)

    def show_last(self, entry: Entry | None, now_s: float) -> None:
        """The newest request, running or ended."""
        self._last = entry
        self._show.setVisible(entry is not None)
        words = "" if entry is None else self._last_words(entry, now_s)
        self.facts.show_fact(self.tr("Last request"), words)

    def _show_pause(self, *, is_paused: bool, can_begin: bool) -> None:
        """The cursor goes from the button that began the pause to the one that ends it, and back.

        Qt would put it on the next button of the page, whatever that does.
        """
        has_cursor = self._begin_pause.has_cursor() or self._pause.button.has_cursor()
        self._pause.setVisible(is_paused)
        self._begin_pause.setVisible(can_begin)
        if has_cursor and (is_paused or can_begin):
            button = self._pause.button if is_paused else self._begin_pause
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choices(self) -> QMenu:
        menu = QMenu(self)
        for words, seconds in pauses():
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, at=seconds: self.pause_wanted.emit(at))
        return menu

    def _ask_how_long(self) -> None:
        """Without waiting for it: `QMenu.exec` would run a loop of its own."""
        self._menu.popup(self._begin_pause.mapToGlobal(QPoint(0, self._begin_pause.height())))

    def _ask_for_last(self) -> None:
        if self._last is not None:
            self.request_wanted.emit(self._last.request_id)

    def _main(self, overview: Overview) -> str:
        if overview.awaits_file:
            return self.tr("The demo answers until the settings file is mended.")
        if overview.is_demo:
            return self.tr("The demo answers. Add a provider to get real answers.")
        if not overview.main:
            return self.tr("No model is chosen.")
        if overview.is_on_backup:
            words = self.tr("{backup} ({provider}) as a backup for {model}")
            return words.format(
                backup=model_of(overview.main_in_use),
                provider=provider_of(overview.main_in_use),
                model=model_of(overview.main),
            )
        return lists.aside(model_of(overview.main), provider_of(overview.main))

    def _pause_words(self, overview: Overview) -> str:
        until_s = overview.paused_until_s or 0.0
        if math.isinf(until_s):
            return self.tr("Routing is paused: everything goes to the main model.")
        words = self.tr("Routing is paused until {time}: everything goes to the main model.")
        return words.format(time=figures.until(until_s))

    def _last_words(self, entry: Entry, now_s: float) -> str:
        outcome = outcome_of(entry)
        number = f" ({outcome.number})" if outcome.number else ""
        took = "" if entry.duration_s is None else figures.duration(entry.duration_s)
        parts = (
            model_of(entry.route),
            outcome.word + number,
            took,
            figures.moment(entry.at_s, now_s),
        )
        return lists.phrases(parts)
