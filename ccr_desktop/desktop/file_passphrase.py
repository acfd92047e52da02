"""Asking for the passphrase of the protected file, or whether there shall be one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle

_WIDTH = 460


class PassphraseDialog(QDialog):
    """*words* say what it is for; with `may_be_empty` the file can do without one."""

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
        optional = self.tr("Passphrase (may stay empty)")
        label = optional if may_be_empty else self.tr("Passphrase")
        agree = self.tr("Use a protected file") if may_be_empty else self.tr("Open")
        self.agree = PrimaryButton(agree)
        self.agree.setObjectName("agree")
        self._cancel = PlainButton(self.tr("Cancel"))
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
        column.addWidget(SectionTitle(title))
        column.addWidget(text)
        column.addWidget(FormRow(label, self.passphrase))
        column.addSpacing(S)
        column.addLayout(row)
        self._cancel.clicked.connect(self.reject)
        self.agree.clicked.connect(self.accept)
        self.passphrase.textChanged.connect(lambda _text: self._allow())
        self._allow()

    def _allow(self) -> None:
        self.agree.setEnabled(self._may_be_empty or bool(self.passphrase.text()))
