"""Which requests are shown, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from ccr_desktop.desktop.models.activity import ActivityModel, Column, Role
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.state import provider_of
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; an empty part lets all pass. `outcome` is the kind of an outcome."""

    outcome: str = ""
    work: str = ""
    provider: str = ""
    text: str = ""


class ActivityFilter(QSortFilterProxyModel):
    """The newest are first until a heading is clicked."""

    def __init__(self, source: ActivityModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = Wanted()
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(Role.SORT)
        self.sort(Column.TIME, Qt.SortOrder.DescendingOrder)

    @property
    def wanted(self) -> Wanted:
        return self._wanted

    def look_for(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self.beginFilterChange()
            self._wanted = wanted
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def entry(self, index: Index) -> Entry | None:
        return self._source.entry(self.mapToSource(index)) if index.isValid() else None

    def shown(self) -> tuple[Entry, ...]:
        """The entries that pass, as they stand on the screen."""
        found = (self.entry(self.index(number, 0)) for number in range(self.rowCount()))
        return tuple(entry for entry in found if entry is not None)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        entry = self._source.entry(self._source.index(row, 0))
        return entry is not None and fits(entry, self._wanted)


def fits(entry: Entry, wanted: Wanted) -> bool:
    return (
        (not wanted.outcome or outcome_of(entry).kind == wanted.outcome)
        and (not wanted.work or entry.scenario == wanted.work)
        and (not wanted.provider or provider_of(entry.route) == wanted.provider)
        and (not wanted.text or wanted.text.casefold() in _searched(entry))
    )


def _searched(entry: Entry) -> str:
    outcome = outcome_of(entry)
    parts = (
        entry.request_id,
        entry.folder,
        entry.model,
        entry.route,
        entry.route_chosen,
        work_words(entry.scenario),
        outcome.word,
        str(outcome.number or ""),
        entry.error,
    )
    return "\n".join(parts).casefold()
