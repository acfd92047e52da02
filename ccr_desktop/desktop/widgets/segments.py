"""A few views of one page, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.one_of import OneOf


class _Segment(PlainButton):
    kind = "segment"


class SegmentedControl(QFrame):
    """Tabs: arrow keys move between them, Tab leaves them."""

    changed = Signal(str)

    def __init__(
        self,
        segments: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        """*segments* are pairs of key and words; the first one is chosen."""
        super().__init__(parent)
        self.setProperty("surface", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _words in segments]
        self._group = OneOf(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)
        for number, (_key, words) in enumerate(segments):
            button = _Segment(words)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # one of several, to screen readers
            self._group.addButton(button, number)
            self._row.addWidget(button)
        if segments:
            self._group.choose(0)
        self._group.chosen.connect(self._tell)

    def current(self) -> str:
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else ""

    def set_current(self, key: str) -> None:
        self._group.choose(self._keys.index(key))

    def set_words(self, key: str, words: str) -> None:
        """New words for a segment, such as one with a count."""
        self._group.button(self._keys.index(key)).setText(words)

    def _tell(self, number: int) -> None:
        self.changed.emit(self._keys[number])
