"""Text of a program to read and to take along: a traceback, or what changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.copy_sign import CopySign

_ROOM = 20  # of the frame, around the lines


class CodeBox(QWidget):
    """As high as its lines, up to *most_lines*; *diff* colours added and removed ones."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        most_lines: int = 10,
        diff: bool = False,
    ) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self.view = QPlainTextEdit()
        self.view.setAccessibleName(name)
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy_button = QuietButton(self.tr("Copy"), "copy")
        self.copy_button.setAccessibleName(self.tr("Copy: {name}").format(name=name))
        self._sign = CopySign(self.copy_button)
        self._colors = DiffColors(self.view.document()) if diff else None
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        column.addWidget(self.view)
        column.addLayout(row)
        self.copy_button.clicked.connect(self.copy)

    def text(self) -> str:
        return self.view.toPlainText()

    def set_text(self, text: str) -> None:
        if text == self.text():
            return
        self.view.setPlainText(text)
        lines = min(self._most_lines, self.view.blockCount())
        bar = self.view.horizontalScrollBar().sizeHint().height()
        self.view.setFixedHeight(lines * self.view.fontMetrics().lineSpacing() + bar + _ROOM)
        self.view.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if self.view.blockCount() > lines
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )

    def copy(self) -> None:
        self._sign.copy(self.text())


class DiffColors(QSyntaxHighlighter):
    """Added and removed lines; their signs say the same without colour."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        theme.current().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        names = {"+": "running", "-": "attention", "#": "accent"}
        if name := names.get(text[:1]):
            look = QTextCharFormat()
            look.setForeground(theme.current().color(name))
            self.setFormat(0, len(text), look)
