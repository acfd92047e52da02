"""Marks that the style sheet draws, above all the focus ring.

The ring is for those who move by keyboard; it does not follow every click.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

_BY_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}


_AFTER_A_WHILE = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
_CAME = "came-by-keyboard"


def came_by_keyboard(event: QFocusEvent, before: bool) -> bool:
    """Whether the focus came by a key; from a menu, list or other window, how it was *before*."""
    return before if event.reason() in _AFTER_A_WHILE else event.reason() in _BY_KEYBOARD


def follow_focus(widget: QWidget, event: QFocusEvent) -> None:
    """Draw the ring while *widget* has the focus by keyboard."""
    if event.gotFocus():
        widget.setProperty(_CAME, came_by_keyboard(event, widget.property(_CAME) is True))
    set_mark(widget, "ring", event.gotFocus() and widget.property(_CAME) is True)


def has_ring(widget: QWidget) -> bool:
    return widget.property("ring") is True


def set_mark(widget: QWidget, name: str, value: bool | str) -> None:
    """Set a property that rules of the style sheet look at; one that is not set is off."""
    if (widget.property(name) or False) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it looks when it is seen
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def take_focus_along(button: QAbstractButton, group: QButtonGroup) -> None:
    """Give *button* the focus where another of its group has it: it was chosen in its place."""
    if any(other.hasFocus() for other in group.buttons() if other is not button):
        button.setFocus(Qt.FocusReason.OtherFocusReason)
