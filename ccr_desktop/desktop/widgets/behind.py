"""Whether a dialog stands over a window: what is behind it has to wait for the answer.

Qt keeps the mouse and the keys from there, but lets screen readers act on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QDialog, QWidget

if TYPE_CHECKING:
    Mixed = QAbstractButton
else:
    Mixed = object  # of two bases of Qt's the second one would have no object


def dialogs_over(window: QWidget | None) -> list[QDialog]:
    """Those that are open, and asked from *window* itself."""
    return [
        top
        for top in QApplication.topLevelWidgets()
        if isinstance(top, QDialog) and top.isVisible() and top.isModal()
        if (below := top.parentWidget()) is not None and below.window() is window
    ]


class WaitsBehind(Mixed):
    """A button that screen readers can't press behind a dialog either."""

    def nextCheckState(self) -> None:
        """What every click comes to before it is told of."""
        if self._gives_way() or not dialogs_over(self.window()):
            super().nextCheckState()
        elif not self.signalsBlocked():
            self.blockSignals(True)
            QTimer.singleShot(0, self, lambda: self.blockSignals(False))

    def _gives_way(self) -> bool:
        """Whether another one of its group was chosen: Qt unchecks it in the same manner."""
        group: QButtonGroup | None = self.group()
        return group is not None and self.isChecked() and group.checkedButton() is not self
