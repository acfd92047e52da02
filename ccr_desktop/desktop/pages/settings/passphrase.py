"""A question with a field for a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.file_passphrase import two_differ
from ccr_desktop.desktop.screen_room import grow_to_fit
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, SectionTitle
from ccr_desktop.desktop.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 460


class PassphraseQuestion(QDialog):
    """What it is for, the field, and its help; Enter goes on.

    With `twice` a new one is entered: a typing mistake in it would lock away what it protects.
    """

    def __init__(
        self,
        title: str,
        texts: Sequence[str],
        help_text: str,
        go: str,
        parent: QWidget | None,
        *,
        twice: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("passphrase-question")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._twice = twice
        self.field = SecretField()
        self.repeated = SecretField()
        self._repeat_row = FormRow(_tr("The same passphrase again"), self.repeated)
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
        column.addWidget(self._repeat_row)
        self._repeat_row.setVisible(twice)
        row = QHBoxLayout()
        row.setSpacing(tokens.S)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        column.addLayout(row)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        for field in (self.field, self.repeated):
            field.edit.returnPressed.connect(self.accept)
            field.changed.connect(lambda _text: self._repeat_row.clear_error())

    def accept(self) -> None:
        """Only with the same text in both fields, where there are two."""
        if self._twice and self.field.text() != self.repeated.text():
            self._repeat_row.show_error(two_differ())
            grow_to_fit(self)
            self.repeated.setFocus()
        else:
            super().accept()


async def ask_passphrase(
    parent: QWidget | None,
    title: str,
    texts: Sequence[str],
    help_text: str,
    go: str,
    *,
    twice: bool = False,
) -> str | None:
    """What was typed, maybe nothing; None when the question was closed."""
    question = PassphraseQuestion(title, texts, help_text, go, parent, twice=twice)
    try:
        accepted = await ask(question) == QDialog.DialogCode.Accepted
        return question.field.text() if accepted else None
    finally:
        question.deleteLater()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Passphrase", text)
