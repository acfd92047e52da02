"""Texts in the few sizes and colours that pages have."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class _Label(QLabel):
    """A label whose look is its role; the style sheet knows the roles."""

    role = ""
    wraps = False

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", self.role)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names of models are never markup
        if self.wraps:
            self.setWordWrap(True)


class PageTitle(_Label):
    """The name of a page, once at its top."""

    role = "title"


class SectionTitle(_Label):
    """The name of a card or of a group of fields."""

    role = "section"


class FieldLabel(_Label):
    """The name of a field, above it."""

    role = "field"


class BodyText(_Label):
    """Sentences in the size of the body."""

    role = "body"
    wraps = True


class HelpText(_Label):
    """What a field or card means, in the secondary colour."""

    role = "help"
    wraps = True


class ErrorText(_Label):
    """What is wrong and what to do, beside the thing that is wrong."""

    role = "error"
    wraps = True


class SecondaryText(_Label):
    """A fact of less weight, on one line."""

    role = "secondary"
