"""What is new, as its makers wrote it: text alone. Links leave the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser

from ccr_desktop.desktop import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SAID_OF_PICTURE = QTextFormat.Property.ImageAltText.value
_SAFE = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class NotesView(QTextBrowser):
    """Pictures stay away, wherever they are: nobody learns that the notes were read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("release-notes")
        self.setAccessibleName(self.tr("What is new"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(tokens.M)
        self.document().setIndentWidth(tokens.L)
        self.anchorClicked.connect(_open)

    def show_notes(self, text: str) -> None:
        document = self.document()
        document.setMarkdown(text or self.tr("It comes without notes."), _SAFE)
        _put_words_for_pictures(document)
        _set_headings_apart(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


def _put_words_for_pictures(document: QTextDocument) -> None:
    """What is said of a picture in its place, as there would only be a mark of a missing one."""
    cursor = document.find("\ufffc")
    while not cursor.isNull():
        said = cursor.charFormat().toImageFormat().stringProperty(_SAID_OF_PICTURE)
        cursor.insertText(said, QTextCharFormat())
        cursor = document.find("\ufffc", cursor)


def _set_headings_apart(document: QTextDocument) -> None:
    """By their weight and the room above them: the dialog has a title of its own."""
    as_text = QTextCharFormat()
    as_text.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.headingLevel():
            form.setTopMargin(tokens.M if block.position() else 0)
            form.setBottomMargin(tokens.XS)
            cursor = QTextCursor(block)
            cursor.setBlockFormat(form)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(as_text)
        block = block.next()


def _open(link: QUrl) -> None:
    if link.scheme() in {"http", "https"}:
        QDesktopServices.openUrl(link)
