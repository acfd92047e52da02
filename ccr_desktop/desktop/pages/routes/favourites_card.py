"""The models that the tray offers as main model."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ccr_desktop.desktop.pages.routes.backups import BackupList
from ccr_desktop.desktop.widgets.buttons import LeadingButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.filter_picker import ChoicePopOver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.pages.routes.records import Routes
    from ccr_desktop.desktop.widgets.choices import Choice


class FavouritesCard(Card):
    """A list in the order of the tray's menu."""

    favourites_wanted = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("favourites")
        self.set_title(self.tr("Quick choices"))
        self.set_help(self.tr("Models that the tray offers for the main work, in this order."))
        self.add_button = LeadingButton(self.tr("Add a model"), "plus")
        self.add_header_action(self.add_button)
        self._shown: Routes | None = None
        self._pop_over: ChoicePopOver | None = None
        self.add_button.clicked.connect(self._open)

    @cached_property
    def list(self) -> BackupList:
        """Made when there are some."""
        chosen = BackupList(self.tr("Quick choices"))
        chosen.removed.connect(self._remove)
        chosen.order_requested.connect(self.favourites_wanted)
        self.add(chosen)
        return chosen

    def show_routes(self, shown: Routes) -> None:
        self._shown = shown
        if shown.favourites or "list" in vars(self):
            self.list.show_routes(shown.favourites)

    def _texts(self) -> tuple[str, ...]:
        return tuple(route.text for route in self._shown.favourites) if self._shown else ()

    def _open(self) -> None:
        if self._shown is None:
            return
        if self._pop_over is None:
            self._pop_over = ChoicePopOver(self.add_button, others=self._others)
            self._pop_over.picked.connect(self._add)
        used = {route.key for route in self._shown.favourites}
        rest = [choice for choice in self._shown.choices if choice.key not in used]
        self._pop_over.set_choices(rest, "")
        self._pop_over.open_below(self.add_button)

    def _others(self, typed: str) -> Sequence[Choice]:
        others = self._shown.others if self._shown else None
        return others(typed) if others else ()

    def _add(self, key: str) -> None:
        self.favourites_wanted.emit((*self._texts(), key))

    def _remove(self, text: str) -> None:
        self.favourites_wanted.emit(tuple(each for each in self._texts() if each != text))
