"""Rows that follow records, those out of sight a moment later than the rest of their page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.lined import Lined
from ccr_desktop.desktop.widgets.gap import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccr_desktop.desktop.sight import Afterwards

Told = TypeVar("Told")
View = TypeVar("View", bound=QWidget)


class RowColumn(Generic[Told, View]):
    """A row for each record, from the first place of *column* on; rows stay as long as their keys.

    The first *at_once* are made when they are shown, the others in *rest*: a gap as high as they
    will be keeps their place, so that nothing below it moves.
    """

    def __init__(
        self,
        column: QVBoxLayout,
        rest: Afterwards,
        make: Callable[[Told], View],
        show: Callable[[View, Told], object],
        *,
        at_once: int,
        has_lines: bool = True,
    ) -> None:
        self._column = column
        self._rest = rest
        self._make = make
        self._show = show
        self._at_once = at_once
        self._has_lines = has_lines
        self._told: dict[str, Told] = {}
        self._views: dict[str, View] = {}
        self._held: dict[str, Lined] = {}
        self._gap = Gap(lambda: list(self._held.values()), column.spacing())
        column.insertWidget(0, self._gap)

    @property
    def rows(self) -> dict[str, View]:
        """All of them, by their keys and in their order."""
        self._rest.finish()
        return {key: self._views[key] for key in self._told}

    def show(self, told: Mapping[str, Told]) -> None:
        self._told = dict(told)
        for key in [key for key in self._views if key not in told]:
            del self._views[key]
            gone = self._held.pop(key)
            gone.hide()
            gone.deleteLater()
        self._gap.keep(len(told) - len(self._views))
        for number, key in enumerate(told):
            if key in self._views or number < self._at_once:
                self._settle(key)
            else:
                self._rest.add(partial(self._settle, key))

    def _settle(self, key: str) -> None:
        """Have the row in its place, as the record is by now."""
        if key not in self._told:
            return
        if key not in self._views:
            self._views[key] = self._make(self._told[key])
            self._held[key] = Lined(self._views[key])
        self._show(self._views[key], self._told[key])
        held = self._held[key]
        place = [each for each in self._told if each in self._views].index(key)
        held.show_line(self._has_lines and place > 0)
        if self._column.indexOf(held) != place:
            self._column.insertWidget(place, held)
            self._gap.give_way(held, len(self._told) - len(self._views))
            self._read_in_place(key)

    def _read_in_place(self, key: str) -> None:
        """Screen readers read rows by their stacking, in which one that came later is the last."""
        keys = [each for each in self._told if each in self._held]
        if after := keys[keys.index(key) + 1 :]:
            self._held[key].stackUnder(self._held[after[0]])
