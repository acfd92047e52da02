"""The one toast there is: what was just done, which can be taken back, or that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.announcing import announce
from ccr_desktop.desktop.widgets.buttons import IconButton, QuietButton
from ccr_desktop.desktop.widgets.fade import fade_in
from ccr_desktop.desktop.widgets.labels import ElidedText

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_MS = 10_000
KEPT_CLEAR = "kept-clear"
"""The name of what no toast covers. Whoever moves it lets the toasts of its window `give_way`."""


class UndoToast(QFrame):
    """At the bottom of *host* for ten seconds, which stop while it is pointed at or focused."""

    undone = Signal()
    expired = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("surface", "toast")
        self._host = host
        self._text = ElidedText(role="body")
        self.undo_button = QuietButton("", "undo-2")
        self.close_button = IconButton("x", "")
        self._left = QTimer(self, singleShot=True)
        self._after_scrolling = QTimer(self, singleShot=True, interval=0)
        self._remaining_ms = SHOWN_MS
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, S, S)
        row.setSpacing(M)
        row.addWidget(self._text)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self.hide()
        self._left.timeout.connect(self._expire)
        self._after_scrolling.timeout.connect(self.give_way)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.undo_button.clicked.connect(self._undo)
        self.close_button.clicked.connect(self._expire)
        for watched in (host, self.undo_button, self.close_button):
            watched.installEventFilter(self)

    def show_undo(self, text: str) -> None:
        """Offer to undo what *text* says; an earlier offer ends with it."""
        self._show(text, can_undo=True)

    def show_words(self, text: str) -> None:
        """Say *text* in the place of an offer that no longer stands."""
        self._show(text, can_undo=False)

    def reword(self, say: Callable[[str], str]) -> None:
        """Say what stands there in another language, with the time that is left."""
        if self.isVisible():
            self._put_words(say(self._text.text()))
            self._place()

    def is_counting(self) -> bool:
        return self._left.isActive()

    def _show(self, text: str, *, can_undo: bool) -> None:
        if self.isVisible():
            self._expire()
        self._put_words(text)
        self.undo_button.setVisible(can_undo)
        self._remaining_ms = SHOWN_MS
        self._place()
        self.show()
        self.raise_()
        fade_in(self)
        self._left.start(self._remaining_ms)
        announce(self, text)

    def _put_words(self, text: str) -> None:
        self.undo_button.setText(self.tr("&Undo"))
        self.close_button.set_name(self.tr("Close"))
        self._text.setText(text)
        self.setAccessibleName(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Resize if watched is self._host:
                self.give_way()
            case QEvent.Type.FocusIn if watched is not self._host:
                self._pause()
            case QEvent.Type.FocusOut if watched is not self._host:
                self._go_on()
            case _:
                pass
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._pause()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._go_on()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._expire()
        else:
            super().keyPressEvent(event)

    def give_way(self) -> None:
        """Something moved that is not to be covered."""
        if self.isVisible():
            self._place()

    def _focus_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self.isVisible():
            self._after_scrolling.start()  # a page scrolls to what has the cursor now

    def _place(self) -> None:
        self.adjustSize()
        wide = min(self.sizeHint().width(), self._host.width() - 2 * L)
        self.setFixedWidth(max(wide, 0))
        left = (self._host.width() - self.width()) // 2
        place = QRect(QPoint(left, self._bottom() - self.height()), self.size())
        self.move(self._beside_focus(place).topLeft())

    def _beside_focus(self, place: QRect) -> QRect:
        """*place*, or above a control that has the cursor and would be covered there."""
        focus = QApplication.focusWidget()
        if focus is None or not self._host.isAncestorOf(focus) or self.isAncestorOf(focus):
            return place
        taken = QRect(focus.mapTo(self._host, QPoint()), focus.size())
        above = place.translated(0, taken.top() - M - place.bottom())
        is_small = taken.height() <= 2 * place.height()  # of a list or a text only a part has it
        return above if is_small and taken.intersects(place) and above.top() >= 0 else place

    def _bottom(self) -> int:
        tops = (
            each.mapTo(self._host, QPoint()).y() - M
            for each in self._host.findChildren(QFrame, KEPT_CLEAR)
            if each.isVisible()
        )
        return min([self._host.height() - XL, *tops])

    def _pause(self) -> None:
        if self._left.isActive():
            left = self._left.remainingTime()  # a coarse timer may have more than it was given
            self._remaining_ms = min(max(1000, left), SHOWN_MS)
            self._left.stop()

    def _go_on(self) -> None:
        focused = self.undo_button.hasFocus() or self.close_button.hasFocus()
        if self.isVisible() and not focused and not self.underMouse():
            self._left.start(self._remaining_ms)

    def _expire(self) -> None:
        self._end()
        self.expired.emit()

    def _undo(self) -> None:
        self._end()
        self.undone.emit()

    def _end(self) -> None:
        self._left.stop()
        self.hide()
