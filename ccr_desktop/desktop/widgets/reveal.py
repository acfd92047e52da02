"""Brings a widget into sight and marks it for a moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.fade import fade_in

MARKED_MS = 2000


def reveal(widget: QWidget) -> None:
    """Scroll to *widget*, give it the focus and draw a frame around it for two seconds."""
    ancestor = widget.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QScrollArea):
            ancestor.ensureWidgetVisible(widget, 0, S * 4)
        ancestor = ancestor.parentWidget()
    if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus or widget.focusProxy():
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    Mark(widget)


class Mark(QFrame):
    """The frame: it takes no room, no clicks and no focus, and goes by itself."""

    def __init__(self, marked: QWidget) -> None:
        super().__init__(marked.parentWidget())
        self.setObjectName("found-mark")
        self.setProperty("surface", "found")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._marked = marked
        self._follow()
        marked.installEventFilter(self)
        self.show()
        self.raise_()
        fade_in(self)
        QTimer.singleShot(MARKED_MS, self, self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.setGeometry(self._marked.geometry().adjusted(-S, -S, S, S))

    def _end(self) -> None:
        self.hide()
        self.deleteLater()
