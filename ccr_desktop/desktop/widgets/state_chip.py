"""A button with a state in it: shape, name, and a word about the state."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import lists, theme
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.state import SIDE, State, paint_state

_MOST_NAME, _MOST_WORD = 180, 200
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class StateChip(PlainButton):
    """Small enough for several in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._name, self._word = "", ""
        self._state: State = "off"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def state(self) -> State:
        return self._state

    def words(self) -> str:
        return lists.titled(self._name, self._word)

    def show_state(self, name: str, state: State, word: str) -> None:
        if (name, state, word) == (self._name, self._state, self._word):
            return
        self._name, self._state, self._word = name, state, word
        self.setAccessibleName(lists.phrases((name, word)))
        self.setToolTip(self.words())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        name, word = self._widths()
        return QSize(M + SIDE + S + name + S + word + M, theme.current().control_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme.current()
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        name, word = self._widths()
        painter = QPainter(self)
        at = M
        high = self.height()
        paint_state(painter, self._placed(at, SIDE, high, rtl=rtl), self._state)
        at += SIDE + S
        side = _MIDDLE | (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        for text, wide, role, ink in (
            (self._name, name, "strong", "text"),
            (self._word, word, "body", "secondary"),
        ):
            font = look.font("strong" if role == "strong" else "body")
            painter.setFont(font)
            painter.setPen(look.color(ink))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(self._placed(at, wide, high, rtl=rtl), side, cut)
            at += wide + S
        painter.end()

    def _widths(self) -> tuple[int, int]:
        look = theme.current()
        name = QFontMetrics(look.font("strong")).horizontalAdvance(self._name) + 2
        word = QFontMetrics(look.font()).horizontalAdvance(self._word) + 2
        return min(name, _MOST_NAME), min(word, _MOST_WORD)

    def _placed(self, at: int, wide: int, high: int, *, rtl: bool) -> QRect:
        return QRect(self.width() - at - wide if rtl else at, 0, wide, high)
