"""Asking for the name of an environment variable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.core.setup.key_moves import checked_variable
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.screen_room import grow_to_fit
from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle
from ccr_desktop.errors import ClientError, as_sentences

_WIDTH = 420


class VariableDialog(QDialog):
    """Accepted with a name that can be one; a key itself can't be given here."""

    def __init__(self, usual: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Environment variable with the key")
        self.setWindowTitle(title)
        self.setObjectName("variable-dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.variable = QLineEdit(usual)
        self.variable.setObjectName("variable")
        self.row = FormRow(self.tr("Name"), self.variable)
        self.accept_button = PrimaryButton(self.tr("Use it"))
        cancel = PlainButton(self.tr("Cancel"))
        words = BodyText(self.tr("The key is read from this variable when the app starts."))
        words.setMinimumWidth(_WIDTH)
        buttons = QHBoxLayout()
        buttons.setSpacing(S)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(title))
        column.addWidget(words)
        column.addWidget(self.row)
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._accept)
        self.variable.textChanged.connect(lambda _text: self.row.clear_error())

    def _accept(self) -> None:
        try:
            checked_variable(self.variable.text())
        except ClientError as exc:
            self.row.show_error(in_words(as_sentences(exc)))
            grow_to_fit(self)
        else:
            self.accept()
