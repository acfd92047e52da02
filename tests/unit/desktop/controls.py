"""What of a view can be used, and what it is called, as screen readers and the keyboard find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QSizeGrip,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_QT = (QScrollBar, QSizeGrip, QHeaderView)
_BY_KEYBOARD = (
    Qt.TextInteractionFlag.TextSelectableByKeyboard
    | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)
_FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def controls(view: QWidget) -> Iterator[QWidget]:
    """All that can be pressed or can have the cursor now, in the order they were made."""
    for widget in view.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and _is_control(widget):
            yield widget


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, _OF_QT) or widget.objectName().startswith("qt_"):
        return False
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractItemView):
        return False  # a part of its field
    if isinstance(parent, QLineEdit) and widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
        return False  # the cross that empties a field: keys do the same
    if isinstance(widget, QLabel):  # a mouse may mark its words
        return bool(widget.textInteractionFlags() & _BY_KEYBOARD)
    takes_focus = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    return isinstance(widget, QAbstractButton) or (takes_focus and widget.focusProxy() is None)


def is_field(widget: QWidget) -> bool:
    return isinstance(widget, _FIELDS)


def label_of(box: QComboBox) -> str:
    """What screen readers on Linux say it is: Qt's name for it is what was chosen."""
    found = QAccessible.queryAccessibleInterface(box)
    labels = found.relations(QAccessible.RelationFlag.Label) if found else []
    return " ".join(label.text(QAccessible.Text.Name) for label, _ in labels)


def name_of(widget: QWidget) -> str:
    """As screen readers say it; a picture, a tooltip or a placeholder is no name."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    if isinstance(widget, QLabel):
        return widget.text()
    labels = widget.window().findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is widget), "")


def context_of(widget: QWidget, view: QWidget) -> tuple[str, ...]:
    """The names of what it stands in, outermost first."""
    names = []
    parent = widget.parentWidget()
    while parent is not None and parent is not view:
        if parent.accessibleName():
            names.append(parent.accessibleName())
        parent = parent.parentWidget()
    return tuple(reversed(names))


def described(widget: QWidget) -> str:
    """For the words of a failure."""
    known = widget.objectName() or name_of(widget)
    path = [type(widget).__name__]
    parent = widget.parentWidget()
    while parent is not None and len(path) < 5:
        path.append(parent.objectName() or type(parent).__name__)
        parent = parent.parentWidget()
    return f"{known!r} " + " < ".join(path)


def place_in(view: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(view, QPoint()), widget.size())
