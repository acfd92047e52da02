"""The view of Home: cards of what runs now, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.pages.home.attention_card import AttentionCard
from ccr_desktop.desktop.pages.home.first_day import FirstDayCard
from ccr_desktop.desktop.pages.home.now_card import NowCard
from ccr_desktop.desktop.pages.home.providers_card import ProvidersCard
from ccr_desktop.desktop.pages.home.recent_card import RecentCard
from ccr_desktop.desktop.pages.home.today_card import TodayCard
from ccr_desktop.desktop.pages.home.tray_hint import tray_hint
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.labels import PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.attention_lines import AttentionLine
    from ccr_desktop.desktop.pages.home.steps import FirstStep


class HomePage(PageScroll):
    """The cards are public: each is told its own part, and tells its own wishes."""

    shown = Signal()
    tray_hint_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._tray_hint = Banner("info", closable=True)
        self._tray_hint.setObjectName("tray-hint")
        self._tray_hint.dismissed.connect(self.tray_hint_closed)
        self._tray_hint.hide()
        self.attention = AttentionCard()
        self.first_day = FirstDayCard()
        self.now = NowCard()
        self.providers = ProvidersCard()
        self.recent = RecentCard()
        self.today = TodayCard()
        self.add(PageTitle(self.tr("Home")))
        for part in (
            self.attention,
            self.first_day,
            self.now,
            self.providers,
            self.recent,
            self.today,
            self._tray_hint,  # last: it comes when the page is long in use
        ):
            self.add(part)

    def show_attention(self, lines: Sequence[AttentionLine]) -> None:
        """It comes and goes above all others, also right after the page was first seen."""
        self.attention.show_lines(lines)
        self.lay_out([self.attention])

    def show_tray_hint(self, is_wanted: bool) -> None:  # as a signal of a tray gives it
        """Say what can be done where there is no tray icon."""
        if is_wanted:
            self._tray_hint.show_notice("info", tray_hint())
        self._tray_hint.setVisible(is_wanted)

    def show_first_steps(self, steps: Sequence[FirstStep], *, is_wanted: bool) -> None:
        """They make way once all are done, or when they are hidden."""
        self.first_day.show_steps(steps)
        self.first_day.setVisible(is_wanted and not all(step.is_done for step in steps))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
