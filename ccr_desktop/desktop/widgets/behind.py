"""Whether a dialog stands over a window: what is behind it has to wait for the answer.

Qt keeps the mouse and the keys from there, but lets screen readers act on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QTimer,
    SignalInstance,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QDialog,
    QWidget,
)

if TYPE_CHECKING:
    Mixed = QAbstractButton
    MixedView = QAbstractItemView
    MixedField = QAbstractSpinBox
else:
    # Of two bases of Qt's the second one would have no object.
    Mixed = MixedView = MixedField = object

Index = QModelIndex | QPersistentModelIndex


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


class StaysBehind(Mixed):
    """One that screen readers, which toggle it without a click, can't switch behind a dialog."""

    _is_shown = False

    def show_checked(self, checked: bool) -> None:
        """What the program says, also while a dialog is open."""
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


class KeepsNumber(MixedField):
    """A field of a number that screen readers, which set one without keys, can't change there."""

    _is_shown = False
    _kept: object = None

    def keep_behind(self, changed: SignalInstance) -> None:
        """*changed* is told before the signal of the value."""
        self._kept = self.property("value")
        changed.connect(self._hold)

    def show_value(self, value: object) -> None:
        """What the program says, also while a dialog is open."""
        self._is_shown = True
        self.setProperty("value", value)
        self._is_shown = False
        self._kept = self.property("value")

    def _hold(self) -> None:
        if self._is_shown or not dialogs_over(self.window()):
            self._kept = self.property("value")
        elif not self.signalsBlocked():
            self.blockSignals(True)
            QTimer.singleShot(0, self, self._take_back)

    def _take_back(self) -> None:
        self.show_value(self._kept)
        self.blockSignals(False)


class KeepsRow(MixedView):
    """A list or table in which screen readers choose no other row behind a dialog."""

    _is_shown = False
    _chosen = QPersistentModelIndex()
    _comes_back = False

    def row_chosen(self, row: Index) -> None:
        """Called with what becomes the current row."""

    @contextmanager
    def showing(self) -> Iterator[None]:
        """While the program chooses, or has other rows."""
        before, self._is_shown = self._is_shown, True
        try:
            yield
        finally:
            self._is_shown = before

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._holds():
            self._chosen = QPersistentModelIndex(current)
            self.row_chosen(current)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Screen readers also select a row that does not become the current one."""
        super().selectionChanged(selected, deselected)
        self._holds()

    def _holds(self) -> bool:
        """Whether the row that was chosen until now has to stay so: then it comes back."""
        if self._is_shown or not dialogs_over(self.window()):
            return False
        if not self._comes_back:
            self._comes_back = True
            QTimer.singleShot(0, self, self._take_back)
        return True

    def _take_back(self) -> None:
        self._comes_back = False
        blocked = self.blockSignals(True)
        with self.showing():
            self.setCurrentIndex(self._chosen)
        self.blockSignals(blocked)
