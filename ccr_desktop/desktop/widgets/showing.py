"""Showing and hiding parts of a page while it is made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_WAS_TOLD = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
_HIDDEN = Qt.WidgetAttribute.WA_WState_Hidden


def set_shown(part: QWidget, wanted: bool) -> None:
    """`setVisible`, for parts of a page that may not be seen yet.

    Qt gives what is to be shown, and all in it, their style and their places at once, and again
    when something around it gets a parent: here that waits for the page. A part that nobody hid is
    shown with its page anyway.
    """
    around = part.parentWidget()
    is_page_seen = around is not None and around.isVisible()
    if not wanted:
        if not (part.isHidden() and part.testAttribute(_WAS_TOLD)):
            part.setVisible(False)
    elif is_page_seen:
        if part.isHidden():
            part.setVisible(True)
    elif part.isHidden() and part.testAttribute(_WAS_TOLD):
        part.setAttribute(_HIDDEN, False)
        part.setAttribute(_WAS_TOLD, False)
        part.updateGeometry()
