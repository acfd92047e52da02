"""Facts in two columns: what it is, and how it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ccr_desktop.desktop import lists, theme
from ccr_desktop.desktop.tokens import L, S
from ccr_desktop.desktop.widgets.labels import BodyText, SecondaryText
from ccr_desktop.desktop.widgets.showing import set_shown


class Facts(QWidget):
    """Lines are made when they are first told of; an empty value takes the line away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[SecondaryText, BodyText]] = {}

    def show_fact(self, name: str, value: str) -> None:
        if name not in self._lines:
            if not value:
                return
            self._lines[name] = self._line(name)
        label, text = self._lines[name]
        if text.text() != value:
            text.setText(value)
            text.setAccessibleName(lists.phrases((name, value)))
            _put_on_one_line(label, text)
        set_shown(label, bool(value))
        set_shown(text, bool(value))

    def value(self, name: str) -> str:
        """What a line says; empty where there is none."""
        return self._lines[name][1].text() if name in self._lines else ""

    def _line(self, name: str) -> tuple[SecondaryText, BodyText]:
        row = len(self._lines)
        label, text = SecondaryText(name), BodyText()
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        return label, text


def _put_on_one_line(*labels: QLabel) -> None:
    """Lower those whose letters are less high: a font for Chinese has higher lines."""
    heights = [_above_baseline(label) for label in labels]
    for label, high in zip(labels, heights, strict=True):
        label.setContentsMargins(0, round(max(heights) - high), 0, 0)


def _above_baseline(label: QLabel) -> float:
    layout = QTextLayout(label.text(), theme.current().font())
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent()
