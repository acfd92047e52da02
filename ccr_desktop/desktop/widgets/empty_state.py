"""What stands where nothing is yet: one sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XXL, L, M
from ccr_desktop.desktop.widgets.buttons import PrimaryButton
from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.picture import Picture
from ccr_desktop.desktop.widgets.showing import set_shown

_TEXT_WIDTH = 420


class EmptyState(QWidget):
    """In the middle of the room it gets; without button words there is no button."""

    activated = Signal()

    def __init__(
        self,
        sentence: str,
        button: str = "",
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = BodyText(sentence)
        self._text.setProperty("role", "empty")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setMaximumWidth(_TEXT_WIDTH)
        self.button = PrimaryButton(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, XXL, L, XXL)
        column.setSpacing(M)
        column.addStretch(1)
        center = Qt.AlignmentFlag.AlignHCenter
        if icon_name:
            column.addWidget(Picture(icon_name, "secondary", 32), 0, center)
        middle = QHBoxLayout()  # unlike an alignment, it leaves the text its lines
        middle.addStretch(1)
        middle.addWidget(self._text, 1000)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addWidget(self.button, 0, center)
        set_shown(self.button, bool(button))
        column.addStretch(1)
        self.button.clicked.connect(self.activated)

    def add_action(self, button: QWidget) -> None:
        """A further button, below the one that most people want."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  # it was made above
        column.insertWidget(column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)

    def text(self) -> str:
        return self._text.text()

    def show_text(self, sentence: str, button: str = "") -> None:
        self._text.setText(sentence)
        self.button.setText(button)
        set_shown(self.button, bool(button))
