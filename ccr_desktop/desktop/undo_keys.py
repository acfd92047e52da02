"""The keys of undo and redo: for a field that was typed in, else for the settings.

Qt's text fields keep these keys for themselves, even where there is nothing to take back in them.
Here only those of many lines do: one who holds the keys there until all is as it was goes too far
easily, and means no setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Field = QLineEdit | QPlainTextEdit | QTextEdit

_UNDO = QKeySequence.StandardKey.Undo
_REDO = QKeySequence.StandardKey.Redo
_REDO_TOO = ("Ctrl+Shift+Z", "Ctrl+Y")
"""Either is what somebody is used to, whatever the system has."""


class UndoKeys(QObject):
    """For the fields of *window*; those of its dialogs keep their keys."""

    def __init__(
        self, window: QWidget, undo: Callable[[], object], redo: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._undo, self._redo = undo, redo
        self._undo_keys = QKeySequence.keyBindings(_UNDO)
        more = [QKeySequence(keys) for keys in _REDO_TOO]
        self._redo_keys = [*QKeySequence.keyBindings(_REDO), *more]
        for keys, does in ((self._undo_keys, self._take_back), (self._redo_keys, self._do_again)):
            shortcut = QShortcut(window)
            shortcut.setKeys(list(dict.fromkeys(keys)))
            shortcut.activated.connect(does)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._look_at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window have these keys: it gives them to the field that needs them."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.ignore()
            return True
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        return pressed in self._undo_keys or pressed in self._redo_keys

    def _look_at(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self._window and _field_of(now) is not None:
            now.installEventFilter(self)  # which is there once, however often it is installed

    def _take_back(self) -> None:
        field = _field_of(self._window.focusWidget())
        if field is not None and (_has_undo(field) or _is_editor(field)):
            field.undo()
        else:
            self._undo()

    def _do_again(self) -> None:
        field = _field_of(self._window.focusWidget())
        if field is not None and (_has_redo(field) or _is_editor(field)):
            field.redo()
        else:
            self._redo()


def _field_of(widget: QWidget | None) -> Field | None:
    """The text field that a widget is, or that is in it."""
    if isinstance(widget, QAbstractSpinBox | QComboBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else None


def _is_editor(field: Field) -> bool:
    return not isinstance(field, QLineEdit) and not field.isReadOnly()


def _has_undo(field: Field) -> bool:
    if isinstance(field, QLineEdit):
        hides = field.echoMode() is not QLineEdit.EchoMode.Normal
        return field.isUndoAvailable() or (hides and field.isModified())  # Qt undoes no secrets
    return not field.isReadOnly() and field.document().isUndoAvailable()


def _has_redo(field: Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return not field.isReadOnly() and field.document().isRedoAvailable()
