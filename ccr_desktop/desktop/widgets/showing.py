"""Showing and hiding parts of a page while it is made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_WAS_TOLD = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


def set_shown(part: QWidget, wanted: bool) -> None:
    """`setVisible`, where it changes anything: a part that nobody hid is shown with its page.

    Qt gives it and all in it their style and their places at once, and again when it gets a
    parent.
    """
    is_told = part.testAttribute(_WAS_TOLD)
    if part.isHidden() == wanted or (not wanted and not is_told):
        part.setVisible(wanted)
