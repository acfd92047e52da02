"""A question with a field for a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle
from ccr_desktop.desktop.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 460


class PassphraseQuestion(QDialog):
    """What it is for, the field, and its help; Enter goes on."""

    def __init__(
        self, title: str, texts: Sequence[str], help_text: str, go: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("passphrase-question")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.field = SecretField()
        cancel = PlainButton(_tr("Cancel"))
        self.go = PrimaryButton(go)
        self.go.setObjectName("go")
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(SectionTitle(title))
        for text in texts:
            words = BodyText(text)
            words.setMinimumWidth(_WIDTH)
            column.addWidget(words)
        column.addWidget(FormRow(_tr("Passphrase"), self.field, help_text))
        row = QHBoxLayout()
        row.setSpacing(tokens.S)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        column.addLayout(row)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.field.edit.returnPressed.connect(self.accept)


async def ask_passphrase(
    parent: QWidget | None, title: str, texts: Sequence[str], help_text: str, go: str
) -> str | None:
    """What was typed, maybe nothing; None when the question was closed."""
    question = PassphraseQuestion(title, texts, help_text, go, parent)
    try:
        accepted = await ask(question) == QDialog.DialogCode.Accepted
        return question.field.text() if accepted else None
    finally:
        question.deleteLater()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Passphrase", text)
