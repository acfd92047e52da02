"""A report about a request: seen first, then copied."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.labels import HelpText, SectionTitle

_WIDE, _HIGH = 610, 440


class ReportDialog(QDialog):
    """Shows exactly what is copied. Escape copies nothing."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self.setWindowTitle(self.tr("Report about a request"))
        self.resize(_WIDE, _HIGH)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("The report"))
        self.copy_button = PrimaryButton(self.tr("Copy"), "copy")
        close = PlainButton(self.tr("Close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(SectionTitle(self.windowTitle()))
        words = self.tr("Secrets removed. It has no text of the conversation and no folder.")
        column.addWidget(HelpText(words))
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(tokens.S)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.copy_button)
        column.addLayout(row)
        self.copy_button.clicked.connect(self._copy)
        close.clicked.connect(self.reject)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.accept()
