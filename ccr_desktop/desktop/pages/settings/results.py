"""What the search over all settings found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from ccr_desktop.desktop.setting_search import Found


class Results(Section):
    """`chosen(target)`: what the window is to show; `left`: Escape was pressed."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        self.rows = RowList(_tr("Settings that were found"), fit_content=True)
        self.rows.setObjectName("found-settings")
        self._targets: dict[str, str] = {}
        self._card = Card()
        self._card.add(self.rows)
        self._none = EmptyState(_tr("No setting has these words."))
        self.add(self._card)
        self.add(self._none)
        self.rows.opened.connect(self._open)
        self.setParent(parent)

    def show_found(self, found: Sequence[Found]) -> None:
        self._targets = {each.key: each.target for each in found}
        self.rows.set_rows([_row(each) for each in found])
        self._card.setVisible(bool(found))
        self._none.setVisible(not found)
        if found:
            self.rows.select(found[0].key)

    def open_first(self) -> None:
        """The one that is chosen, the first as long as no other was."""
        if key := self.rows.current_key():
            self._open(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, key: str) -> None:
        self.chosen.emit(self._targets[key])


def _row(found: Found) -> Row:
    return Row(
        key=found.key,
        title=found.title,
        subtitle=found.help,
        trailing=found.where,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
