"""A text to take along, such as an address, with its copy button."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.buttons import IconButton, QuietButton
from ccr_desktop.desktop.widgets.labels import ElidedText, SecondaryText

_SHOWN_MS = 2000


class CopyField(QWidget):
    """The button itself says that it was done; its width never changes.

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
        self._again = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._again.timeout.connect(lambda: self._show_done(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(XS)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._button.clicked.connect(self.copy)
        self.setFocusProxy(self._button)
        self._keep_width()
        self.set_text(text)

    def text(self) -> str:
        return self._label.text()

    def set_text(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
        self._show_done(False)
        self._button.setEnabled(bool(text))

    def reword(self) -> None:
        """Say everything in the language that is now in force."""
        self._show_done(False)

    def label(self) -> QLabel:
        return self._label

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._show_done(True)
        self._again.start()
        self.copied.emit(self.text())

    def _show_done(self, done: bool) -> None:
        self._again.stop()
        word = self.tr("Copied") if done else self.tr("Copy")
        self._button.set_icon("check" if done else "copy")
        said = word if done else self.tr("Copy %s") % self.text()
        if isinstance(self._button, IconButton):
            self._button.set_name(said)
        else:
            self._button.setText(word)
            self._button.setAccessibleName(said)

    def _keep_width(self) -> None:
        if isinstance(self._button, IconButton):
            return
        wide = 0
        for done in (True, False):
            self._show_done(done)
            self._button.ensurePolished()
            wide = max(wide, self._button.sizeHint().width())
        self._button.setMinimumWidth(wide)
