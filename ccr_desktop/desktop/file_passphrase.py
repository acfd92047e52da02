"""Asking for the passphrase of the protected file, or whether there shall be one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.screen_room import grow_to_fit
from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle

_WIDTH = 460


class PassphraseDialog(QDialog):
    """*words* say what it is for; with `may_be_empty` the file is a new one, which can do without.

    A new passphrase is entered twice: with a typing mistake in it, no key could be read again.
    """

    def __init__(
        self, words: str, parent: QWidget | None = None, *, may_be_empty: bool = False
    ) -> None:
        super().__init__(parent)
        title = self.tr("Protected file for keys")
        self.setWindowTitle(title)
        self.setObjectName("passphrase-dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._may_be_empty = may_be_empty
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setObjectName("passphrase")
        self.repeated = QLineEdit()
        self.repeated.setEchoMode(QLineEdit.EchoMode.Password)
        self.repeated.setObjectName("passphrase-again")
        self._repeat_row = FormRow(self.tr("The same passphrase again"), self.repeated)
        optional = self.tr("Passphrase (may stay empty)")
        label = optional if may_be_empty else self.tr("Passphrase")
        agree = self.tr("Use a protected file") if may_be_empty else self.tr("Open")
        self.agree = PrimaryButton(agree)
        self.agree.setObjectName("agree")
        self._cancel = PlainButton(self.tr("Cancel"))
        self._lay_out(title, words, FormRow(label, self.passphrase))
        self._repeat_row.setVisible(may_be_empty)
        self._cancel.clicked.connect(self.reject)
        self.agree.clicked.connect(self.accept)
        for field in (self.passphrase, self.repeated):
            field.textChanged.connect(lambda _text: self._allow())
        self._allow()

    def _lay_out(self, title: str, words: str, passphrase_row: FormRow) -> None:
        text = BodyText(words)
        text.setMinimumWidth(_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self.agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        for part in (SectionTitle(title), text, passphrase_row, self._repeat_row):
            column.addWidget(part)
        column.addSpacing(S)
        column.addLayout(row)

    def accept(self) -> None:
        """Only with the same text in both fields, where there are two."""
        if self._may_be_empty and self.passphrase.text() != self.repeated.text():
            self._repeat_row.show_error(two_differ())
            grow_to_fit(self)
            self.repeated.setFocus()
        else:
            super().accept()

    def _allow(self) -> None:
        self._repeat_row.clear_error()
        self.agree.setEnabled(self._may_be_empty or bool(self.passphrase.text()))


def two_differ() -> str:
    """What is said where a new passphrase was entered in two ways."""
    return QCoreApplication.translate(
        "Passphrase", "The two passphrases differ. Enter the same one in both fields."
    )
