"""A window in which the pages of the guide are read; links between them work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.screen_room import fit_on_screen
from ccr_desktop.desktop.widgets.buttons import PlainButton

_SIZE = (820, 620)


class Reader(QDialog):
    """One page after the other; Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setWindowTitle(self.tr("Guide"))
        self.resize(*_SIZE)
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setAccessibleName(self.tr("Guide"))
        self.browser.document().setDocumentMargin(tokens.XL)
        self._back = PlainButton(self.tr("Back"), "chevron-left")
        self._back.setEnabled(False)
        close = PlainButton(self.tr("Close"))
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(self.browser, 1)
        column.addLayout(row)
        self._back.clicked.connect(self.browser.backward)
        close.clicked.connect(self.reject)
        self.browser.backwardAvailable.connect(self._back.setEnabled)
        self.browser.anchorClicked.connect(self._follow)

    def read(self, page: Path) -> None:
        self.browser.setSource(QUrl.fromLocalFile(str(page)))
        fit_on_screen(self)
        self.show()
        self.raise_()
        self.activateWindow()

    def _follow(self, link: QUrl) -> None:
        """Pages of the guide open here; all else where the system opens it."""
        target = self.browser.source().resolved(link)
        if target.isLocalFile() and target.path().endswith(".md"):
            self.browser.setSource(target)
        elif target.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(target)


def on_top_of(window: QWidget) -> Reader:
    reader = Reader(window)
    reader.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return reader
