"""A box to tick."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from ccr_desktop.desktop.widgets.behind import dialogs_over


class TickBox(QCheckBox):
    """Screen readers, which toggle it without a click, can't do so behind a dialog."""

    _is_shown = False

    def show_checked(self, checked: bool) -> None:
        """What the settings say, also while a dialog is open."""
        self._is_shown = True
        self.setChecked(checked)
        self._is_shown = False

    def checkStateSet(self) -> None:
        """What every change comes to before it is told of."""
        super().checkStateSet()
        if not (self._is_shown or self.signalsBlocked()) and dialogs_over(self.window()):
            self.blockSignals(True)
            QTimer.singleShot(0, self, self._take_back)

    def _take_back(self) -> None:
        self.show_checked(not self.isChecked())
        self.blockSignals(False)
