"""The row of filters above the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.models.activity_filter import Wanted
from ccr_desktop.desktop.state import provider_of
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.filter_chip import FilterChip
from ccr_desktop.desktop.widgets.search_field import SearchField
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.observe.journal import Entry


class FilterRow(QWidget):
    """Signal: `changed(Wanted)`. Kinds of work and providers are those that were seen."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(self.tr("Search requests"))
        self.outcome = FilterChip(self.tr("Result"), self.tr("All results"))
        self.work = FilterChip(self.tr("Kind of work"), self.tr("All kinds of work"))
        self.provider = FilterChip(self.tr("Provider"), self.tr("All providers"))
        self.outcome.set_choices(
            [
                ("running", self.tr("Running")),
                ("answered", self.tr("Answered")),
                ("backup", self.tr("On a backup")),
                ("stopped", self.tr("Stopped")),
                ("failed", self.tr("Failed")),
            ]
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.search, 1)
        for chip in (self.outcome, self.work, self.provider):
            row.addWidget(chip)
            chip.changed.connect(self._tell)
        self.search.searched.connect(self._tell)
        Draft(self, "activity", lambda: self.wanted, self._choose)

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            outcome=self.outcome.current(),
            work=self.work.current(),
            provider=self.provider.current(),
            text=self.search.text().strip(),
        )

    def offer(self, entries: Iterable[Entry]) -> None:
        """What there is to choose from."""
        works, providers = set(), set()
        for entry in entries:
            works.add(entry.scenario)
            providers.add(provider_of(entry.route))
        self.work.set_choices(sorted(((w, work_words(w)) for w in works if w), key=_by_words))
        self.provider.set_choices(sorted((p, p) for p in providers if p))

    def clear(self) -> None:
        """Let everything through again."""
        for chip in (self.outcome, self.work, self.provider):
            chip.set_current("")
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._tell()

    def _choose(self, wanted: object) -> None:
        if isinstance(wanted, Wanted):
            self.outcome.set_current(wanted.outcome)
            self.work.set_current(wanted.work)
            self.provider.set_current(wanted.provider)
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.wanted)


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
