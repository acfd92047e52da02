"""The card of what has passed through since the app was started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.facts import Facts

if TYPE_CHECKING:
    from ccr_desktop.desktop.tally import Totals


class TodayCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Today"), "", parent)
        self.setObjectName("today")
        self.facts = Facts()
        self.add(self.facts)
        self.hide()

    def show_totals(self, totals: Totals, now_s: float) -> None:
        since = figures.moment(totals.since_s, now_s)
        self.set_help(self.tr("Since the app was started at {time}").format(time=since))
        tokens = self.tr("{into} in, {out} out, {cached} from the cache").format(
            into=figures.count(totals.tokens_in),
            out=figures.count(totals.tokens_out),
            cached=figures.count(totals.tokens_cached),
        )
        self.facts.show_fact(self.tr("Requests"), self._requests(totals))
        self.facts.show_fact(self.tr("Tokens"), tokens)
        self.setVisible(totals.requests > 0)

    def _requests(self, totals: Totals) -> str:
        every = figures.count(totals.requests)
        if not totals.failed:
            return every
        if totals.failed < totals.requests:
            words = self.tr("{all}, {failed} of them failed")
            return words.format(all=every, failed=figures.count(totals.failed))
        if totals.requests == 1:
            return self.tr("1, which failed")
        return self.tr("{all}, all of which failed").format(all=every)
