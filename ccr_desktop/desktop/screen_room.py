"""Windows and dialogs fit the screen that they come up on, also a small one with large text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FRAME = QSize(8, 40)
"""What the window manager draws around them; it is known only once they are shown."""


def room_for(window: QWidget) -> QSize:
    """The largest size with which all of it can be seen."""
    return window.screen().availableSize() - _FRAME


def fit_on_screen(dialog: QWidget) -> None:
    """Before it is shown: what does not fit scrolls then, and its buttons stay in reach."""
    has_size = dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
    wanted = dialog.size() if has_size else dialog.sizeHint()
    fitting = wanted.boundedTo(room_for(dialog))
    if fitting != wanted:
        dialog.resize(fitting)


def grow_to_fit(dialog: QWidget) -> None:
    """After it said more: what was there before is not squeezed for that."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    height = max(dialog.height(), layout.totalHeightForWidth(dialog.width()))
    dialog.resize(dialog.width(), min(height, room_for(dialog).height()))
