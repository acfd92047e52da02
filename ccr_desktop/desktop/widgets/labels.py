"""Texts in the few sizes and colours that pages have."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.desktop import theme


class _Label(QLabel):
    """A label whose look is its role; the style sheet knows the roles."""

    role = ""
    wraps = False

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(visible(text), parent)
        self.setProperty("role", self.role)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names of models are never markup
        if self.wraps:
            self.setWordWrap(True)

    def setText(self, text: str) -> None:  # Qt's name
        super().setText(visible(text))


class PageTitle(_Label):
    """The name of a page, once at its top; as high as the buttons that may stand beside it."""

    role = "title"

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setMinimumHeight(theme.current().control_height())


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


class ElidedText(_Label):
    """One line that gives way: what does not fit ends in dots, and is in the tooltip."""

    role = "secondary"

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "") -> None:
        super().__init__(text, parent)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        cut = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setToolTip("" if cut == self.text() else self.text())
        if cut == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.contentsRect(), side, cut)
        painter.end()
