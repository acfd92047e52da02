"""Asks for a name, and for what a caller has to ask besides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop import tokens
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.screen_room import grow_to_fit
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import SectionTitle
from ccr_desktop.errors import ClientError, as_sentences

Check = Callable[[str], str]
_WIDTH = 360


class NameDialog(QDialog):
    """*check* gives the name as it will be, or raises `ClientError` with what is wrong.

    *more* stands below the name.
    """

    def __init__(
        self,
        title: str,
        button: str,
        name: str,
        check: Check,
        parent: QWidget | None = None,
        *more: QWidget,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self.name = ""
        self.setWindowTitle(title)
        self.setObjectName("set-name")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.field = QLineEdit(name)
        self.field.selectAll()
        self.field.setMinimumWidth(_WIDTH)
        self.row = FormRow(self.tr("Name"), self.field)
        self.ok = PrimaryButton(button)
        cancel = PlainButton(self.tr("Cancel"))
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.S)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        column.setSpacing(tokens.M)
        column.addWidget(SectionTitle(title))
        for row in (self.row, *more):
            column.addWidget(row)
        column.addLayout(buttons)
        self.field.textChanged.connect(lambda _: self.row.clear_error())
        self.ok.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)

    def _take(self) -> None:
        try:
            self.name = self._check(self.field.text())
        except ClientError as exc:
            self.row.show_error(in_words(as_sentences(exc)))
            grow_to_fit(self)
            self.field.setFocus()
            return
        self.accept()


async def ask_name(
    parent: QWidget | None, title: str, button: str, name: str, check: Check, *more: QWidget
) -> str:
    """The name that was given; empty when the dialog was closed."""
    dialog = NameDialog(title, button, name, check, parent, *more)
    try:
        await ask(dialog)
        return dialog.name
    finally:
        dialog.deleteLater()
