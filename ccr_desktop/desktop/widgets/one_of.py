"""Buttons of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup

from ccr_desktop.desktop.widgets.behind import dialogs_over
from ccr_desktop.desktop.widgets.ring import take_focus_along


class OneOf(QButtonGroup):
    """Screen readers, which toggle buttons without a click, choose no other behind a dialog."""

    chosen = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._present = -1
        self._is_shown = False
        self.idToggled.connect(self._tell)

    def choose(self, number: int) -> None:
        """As the program wants it, also while a dialog is open."""
        button = self.button(number)
        self._is_shown = True
        button.setChecked(True)
        self._is_shown = False
        take_focus_along(button, self)

    def _tell(self, number: int, checked: bool) -> None:
        if not checked or number == self._present:
            return
        if self._is_shown or not dialogs_over(self.button(number).window()):
            self._present = number
            self.chosen.emit(number)
        else:
            self.choose(self._present)
