"""A text to take along, such as an address, with its copy button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.buttons import IconButton, QuietButton
from ccr_desktop.desktop.widgets.copy_sign import CopySign
from ccr_desktop.desktop.widgets.labels import ElidedText, SecondaryText


class CopyField(QWidget):
    """The button itself says that it was done.

    *compact* has an icon in place of the word; one that *elides* gives way, as paths have to.
    """

    copied = Signal(str)

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        compact: bool = False,
        elides: bool = False,
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self._label: QLabel = ElidedText(text) if elides else SecondaryText(text)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = IconButton("copy", "") if compact else QuietButton(self.tr("Copy"), "copy")
        self._sign = CopySign(self._button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(XS)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._button.clicked.connect(self.copy)
        self.setFocusProxy(self._button)
        self.set_text(text)

    def text(self) -> str:
        return self._label.text()

    def set_text(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
        self.reword()
        self._button.setEnabled(bool(text))

    def reword(self) -> None:
        """Say everything in the language that is now in force."""
        self._sign.take_back()
        name = self.tr("Copy %s") % self.text()
        if isinstance(self._button, IconButton):
            self._button.set_name(name)
        else:
            self._button.setText(self.tr("Copy"))
            self._button.setAccessibleName(name)

    def label(self) -> QLabel:
        return self._label

    def show_words(self, *, shown: bool) -> None:
        """Without them there is the button alone, which says what it copies."""
        self._label.setVisible(shown)

    def words_width(self) -> int:
        """What the words take, or would take."""
        return self._label.sizeHint().width() + XS

    def copy(self) -> None:
        self._sign.copy(self.text())
        self.copied.emit(self.text())
