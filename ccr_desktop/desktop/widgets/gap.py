"""The place of rows that are still to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Gap(QWidget):
    """As high as so many rows beside those that are there will be."""

    def __init__(
        self, rows: Callable[[], Sequence[QWidget]], spacing: int, *, high: int = 0
    ) -> None:
        """*high* is one of them while there are none; by itself as a field."""
        super().__init__()
        self._high = high or theme.current().control_height()
        self._rows = rows
        self._spacing = spacing
        self._kept = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keep(self, count: int) -> None:
        """The place of *count* rows; none when they are there."""
        self._kept = count
        set_shown(self, count > 0)
        self.updateGeometry()

    def give_way(self, row: QWidget, kept: int = 0) -> None:
        """*row* is in its place, and seen at once where the gap was: Qt shows it a turn later."""
        if self.isVisible():
            row.show()
        self.keep(kept)

    def reached_by(self, height: int) -> int:
        """How many of the rows would begin in the uppermost *height*."""
        each = self._each(self.width()) + self._spacing
        return min(self._kept, max(0, -(-height // each)))

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        return max(0, self._kept * (self._each(width) + self._spacing) - self._spacing)

    def _each(self, width: int) -> int:
        """As a plain one is; the first has no line above it."""
        rows = self._rows()
        heights = [
            max(row.heightForWidth(width), row.minimumSizeHint().height())
            for row in (rows[1:] or rows)
        ]
        return min(heights, default=self._high)
