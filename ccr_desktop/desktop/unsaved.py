"""What a person entered and nobody has saved yet: whoever ends the app asks about it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ccr_desktop.desktop.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable


class Unsaved(QObject):
    """An editor that may hold such entries says so with one of these, which lives as long as it.

    *title* tells a person what is edited, *place* is the page that the editor is on; a dialog
    needs none.
    """

    def __init__(
        self,
        editor: QWidget,
        title: Callable[[], str],
        has_changes: Callable[[], bool],
        place: str = "",
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._title = title
        self._has_changes = has_changes
        self.place = place

    @property
    def title(self) -> str:
        return self._title()

    @property
    def has_changes(self) -> bool:
        """A dialog that was closed has none, though it may still be there for a moment."""
        is_closed = isinstance(self._editor, QDialog) and not self._editor.isVisible()
        return not is_closed and self._has_changes()

    @property
    def window(self) -> QWidget:
        """The dialog itself, or the window that the editor is part of."""
        return self._editor.window()

    def come_forward(self) -> None:
        self.window.raise_()
        self.window.activateWindow()
        if not self.window.isAncestorOf(self.window.focusWidget()):
            self._editor.setFocus()


def watch_fields(dialog: QDialog) -> None:
    """Let what is entered in the fields of *dialog* from now on count as unsaved."""
    if dialog.findChild(Unsaved) is None:  # one that knows better
        before = _entries(dialog)
        Unsaved(dialog, dialog.windowTitle, lambda: _entries(dialog) != before)


def unsaved_in(window: QWidget) -> list[Unsaved]:
    """The editors of *window*, and of the dialogs over it, with entries that would be lost."""
    return [found for found in window.findChildren(Unsaved) if found.has_changes]


def _entries(dialog: QDialog) -> list[object]:
    """What its fields say. Words to look for something with are no entry."""
    found: list[object] = []
    for field in dialog.findChildren(QWidget):
        match field:
            case SearchField():
                continue
            case QLineEdit() | QAbstractSpinBox():
                found.append(field.text())
            case QPlainTextEdit() if not field.isReadOnly():
                found.append(field.toPlainText())
            case QComboBox():
                found.append(field.currentText())
            case QAbstractButton() if field.isCheckable():
                found.append(field.isChecked())
    return found
