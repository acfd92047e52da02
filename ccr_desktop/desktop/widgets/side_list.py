"""A list of parts at the side, of which one is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.late_scroll import LateScroll
from ccr_desktop.desktop.widgets.one_of import OneOf


class _Side(PlainButton):
    kind = "side"

    def strong_needs_more(self) -> int:
        """Qt asks for the room of the words as they are while another part is chosen."""
        strong = QFontMetrics(theme.current().font("strong")).horizontalAdvance(self.text())
        return max(0, strong - QFontMetrics(theme.current().font()).horizontalAdvance(self.text()))


class SideList(LateScroll):
    """Up and Down move between the parts, Tab leaves them."""

    changed = Signal(str)

    def __init__(
        self, parts: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """*parts* are pairs of key and words; the first one is chosen."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys = [key for key, _words in parts]
        self._group = OneOf(self)
        self._parts: list[_Side] = []
        inside = QWidget()
        inside.setProperty("surface", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(XS, 0, XS, 0)
        column.setSpacing(2)
        self.setWidget(inside)
        for number, (key, words) in enumerate(parts):
            button = _Side(words)
            button.setObjectName(f"part-{key}")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # one of several, to screen readers
            self._group.addButton(button, number)
            self._parts.append(button)
            column.addWidget(button)
        column.addStretch(1)
        if parts:
            self._group.choose(0)
        self._group.chosen.connect(self._tell)

    def wanted_width(self, least: int) -> int:
        """So that no word is cut, also of the part that is chosen, whose words are strong."""
        inside = self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        more = max((button.strong_needs_more() for button in self._parts), default=0)
        return max(least, inside.sizeHint().width() + more + bar if inside else 0)

    def current(self) -> str:
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else ""

    def set_current(self, key: str) -> None:
        self._group.choose(self._keys.index(key))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if button := self._group.checkedButton():
            self.ensureWidgetVisible(button)

    def _tell(self, number: int) -> None:
        self.ensureWidgetVisible(self._group.button(number))
        self.changed.emit(self._keys[number])
