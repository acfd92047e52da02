"""The one toast there is: what was just done, which can be taken back, or that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import XS, L, M
from ccr_desktop.desktop.widgets.announcing import announce
from ccr_desktop.desktop.widgets.buttons import IconButton, QuietButton
from ccr_desktop.desktop.widgets.fade import fade_in
from ccr_desktop.desktop.widgets.labels import ElidedText

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_MS = 10_000


class UndoToast(QWidget):
    """For ten seconds, which stop while it is pointed at or focused.

    Its strip over the page is always there, as the margin of the page: nothing is covered, and
    nothing moves.
    """

    undone = Signal()
    expired = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ElidedText(role="body")
        self.undo_button = QuietButton("", "undo-2")
        self.close_button = IconButton("x", "")
        self._left = QTimer(self, singleShot=True)
        self._remaining_ms = SHOWN_MS
        self._lay_out()
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        self._left.timeout.connect(self._expire)
        self.undo_button.clicked.connect(self._undo)
        self.close_button.clicked.connect(self._expire)
        for watched in (self.undo_button, self.close_button):
            watched.installEventFilter(self)

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("surface", "toast")
        row = QHBoxLayout(frame)
        row.setContentsMargins(L, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(self._text)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        strip = QHBoxLayout(self)
        strip.setContentsMargins(L, XS, L, XS)
        strip.addStretch(1)
        strip.addWidget(frame)
        strip.addStretch(1)
        self._keep_height()

    def _keep_height(self) -> None:
        """The same with a button or without."""
        self._text.setMinimumHeight(theme.current().control_height())

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

    def is_counting(self) -> bool:
        return self._left.isActive()

    def _show(self, text: str, *, can_undo: bool) -> None:
        if self.isVisible():
            self._expire()
        self._put_words(text)
        self.undo_button.setVisible(can_undo)
        self._remaining_ms = SHOWN_MS
        self.show()
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
            case QEvent.Type.FocusIn:
                self._pause()
            case QEvent.Type.FocusOut:
                self._go_on()
            case _:
                pass
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """The font of the system may grow at any time."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._keep_height()

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
