"""The backup models of a row, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.pages.routes.records import ShownRoute

_REMOVE = "remove"


class BackupList(RowList):
    """Ctrl+Up and Ctrl+Down move a model, Delete takes it out; so do the buttons and the menu."""

    removed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, reorderable=True, fit_content=True)
        self.set_actions(
            [RowAction(key=_REMOVE, text=self.tr("Remove this backup model"), icon="x")]
        )
        self.action_requested.connect(self._act)

    def show_routes(self, routes: Sequence[ShownRoute]) -> None:
        self.set_rows([self._row(number, route) for number, route in enumerate(routes, 1)])
        set_shown(self, bool(routes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(key)
        else:
            super().keyPressEvent(event)

    def _row(self, number: int, route: ShownRoute) -> Row:
        trouble = route.is_missing or route.is_off
        word = self.tr("Missing") if route.is_missing else self.tr("Switched off")
        return Row(
            key=route.text,
            title=self.tr("{number}. {model}").format(number=number, model=route.title),
            subtitle=route.detail,
            state=("attention" if route.is_missing else "off") if trouble else None,
            state_word=word if trouble else "",
            enabled=not route.is_off,
        )

    def _act(self, key: str, action: str) -> None:
        if action == _REMOVE:
            self.removed.emit(key)
