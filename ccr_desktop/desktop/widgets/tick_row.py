"""A box to tick with a title, a line below it, and what has to be known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.desktop.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

_BREAKS = re.compile(r"([/?&=,:@-])(?=\S)|(\S{24})(?=\S)")


class TickRow(QWidget):
    """A click anywhere on it ticks, as on the box."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, detail: str = "", warnings: Sequence[str] = (), *, is_ticked: bool = True
    ) -> None:
        super().__init__()
        self.box = TickBox()
        self.box.setChecked(is_ticked)
        self.box.setAccessibleName(title)
        self._detail = HelpText()
        self._warnings = tuple(warnings)
        texts = QVBoxLayout()
        texts.setSpacing(XS)
        texts.addWidget(BodyText(breakable(title)))
        texts.addWidget(self._detail)
        self.show_detail(detail)
        for warning in warnings:
            texts.addLayout(_warning(warning))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.box.toggled.connect(self.toggled)

    def show_detail(self, detail: str) -> None:
        """The line below the title; empty for none."""
        self._detail.setText(breakable(detail))
        set_shown(self._detail, bool(detail))
        self.box.setAccessibleDescription(put_together((detail, *self._warnings)))

    @property
    def is_ticked(self) -> bool:
        return self.box.isChecked() and self.box.isEnabled()

    def allow(self, *, allowed: bool) -> None:
        """Whether it can be ticked at all now."""
        self.box.setEnabled(allowed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # so that the release comes here, too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and is_inside:
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()


def breakable(text: str) -> str:
    """*text* with places where a long address may go on in the next line; it looks the same."""
    return _BREAKS.sub(lambda found: f"{found.group()}\u200b", text)


def _warning(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(S)
    row.addWidget(Picture("triangle-alert", "backup"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(HelpText(breakable(text)), 1)
    return row
