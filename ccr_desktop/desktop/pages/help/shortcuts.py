"""The keys of the window, for people to read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from ccr_desktop.desktop.menu_key import KEYS

# Keys as Qt spells them, in the order in which they are shown.
_SEARCH = "Ctrl+F"


def shortcuts() -> tuple[tuple[str, str], ...]:
    """What the keys are called on this system, and what they do."""
    rows = (
        (_standard("Ctrl+1") + " … 7", _tr("Go to a page, in the order of the list")),
        ("F1", _tr("This page")),
        (_standard("Ctrl+,"), _tr("Settings")),
        (_standard("Ctrl+L"), _tr("Launch")),
        (_standard(_SEARCH), _tr("Search on this page, or in all settings")),
        (_of(QKeySequence.StandardKey.Undo), _tr("Undo the last change")),
        (_of(QKeySequence.StandardKey.Redo), _tr("Do it again")),
        (_of(QKeySequence.StandardKey.Close), _tr("Close the window")),
        (_standard("Ctrl+Q"), _tr("Quit")),
        (
            "Enter",
            _tr("Open the chosen row, or press a button: the chosen, or a dialog's main one"),
        ),
        ("Esc", _tr("Close a dialog or details, or empty a search")),
        (_standard(KEYS), _tr("Menu of the chosen row")),
        (f"{_standard('Ctrl+Up')}, {_standard('Ctrl+Down')}", _tr("Move the chosen row")),
    )
    return tuple((keys, words) for keys, words in rows if keys)


def _standard(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _of(key: QKeySequence.StandardKey) -> str:
    bindings = QKeySequence.keyBindings(key)
    return bindings[0].toString(QKeySequence.SequenceFormat.NativeText) if bindings else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Shortcuts", text)
