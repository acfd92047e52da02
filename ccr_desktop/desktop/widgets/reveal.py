"""Brings a widget into sight and marks it for a moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.fade import fade_in
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.reading_order import stops

MARKED_MS = 2000
_SETTLED_MS = 60  # until what was just opened has its size


def reveal(widget: QWidget) -> None:
    """Scroll to *widget*, give it the focus and draw a frame around it for two seconds.

    A field of a form is marked with its name.
    """
    if not widget.isVisible():
        return
    _entrance(widget).setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(widget.parentWidget(), QStackedWidget):
        return  # nothing else is to be seen
    row = widget.parentWidget()
    Mark(row if isinstance(row, FormRow) else widget)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to *widget*, and no more."""
    for area in _areas_of(widget):
        _bring_in(widget, area)


def _entrance(widget: QWidget) -> QWidget:
    """Where its use begins: it itself, or the first in it that Tab stops at."""
    takes_focus = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus or widget.focusProxy()
    if takes_focus and not isinstance(widget, QScrollArea):
        return widget
    return next(stops(widget), widget)


class Mark(QFrame):
    """The frame: it takes no room, no clicks and no focus, and goes by itself."""

    def __init__(self, marked: QWidget) -> None:
        self._areas = _areas_of(marked)
        inside = self._areas[0].widget() if self._areas else marked.parentWidget()
        self._ground = inside or marked
        super().__init__(self._ground)
        self.setObjectName("found-mark")
        self.setProperty("surface", "found")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._marked = marked
        self._settle()
        marked.installEventFilter(self)
        self.show()
        self.raise_()
        fade_in(self)
        QTimer.singleShot(_SETTLED_MS, self, self._settle)
        QTimer.singleShot(MARKED_MS, self, self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._settle()
        elif event.type() is QEvent.Type.Hide:
            self._end()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        corner = self._marked.mapTo(self._ground, QPoint(0, 0))
        self.setGeometry(QRect(corner, self._marked.size()).adjusted(-S, -S, S, S))
        for area in self._areas:
            _bring_in(self._marked, area)

    def _end(self) -> None:
        self._marked.removeEventFilter(self)
        self.hide()
        self.deleteLater()


def _bring_in(widget: QWidget, area: QScrollArea) -> None:
    """Of what is higher than *area* the beginning: Qt would show its middle."""
    inside = area.widget()
    if inside is not None and widget.height() + S * 4 > area.viewport().height():
        area.verticalScrollBar().setValue(widget.mapTo(inside, QPoint()).y() - S * 2)
    else:
        area.ensureWidgetVisible(widget, 0, S * 2)


def _areas_of(widget: QWidget) -> list[QScrollArea]:
    """What scrolls around *widget*, the nearest first."""
    found = []
    ancestor = widget.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QScrollArea):
            found.append(ancestor)
        ancestor = ancestor.parentWidget()
    return found
