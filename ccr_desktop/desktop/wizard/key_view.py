"""The third step: the key, and whether all of it works."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.providers.connection_view import ConnectionTest
from ccr_desktop.desktop.pages.providers.key_field import KeyField
from ccr_desktop.desktop.tokens import M
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText


class KeyView(QWidget):
    """Parts of the pages of providers; the presenter fills them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = BodyText()
        self.environment = PlainButton()
        self.environment.setObjectName("use-environment")
        self.field = KeyField()
        self.model = QLineEdit()
        self.model.setObjectName("wizard-model")
        self.model_row = FormRow(
            self.tr("Model"), self.model, self.tr("One that the test can ask; others follow.")
        )
        self.test = ConnectionTest()
        self.card = Card(self.tr("Connection"))
        self.card.add(self.test)
        beside = QHBoxLayout()
        beside.addWidget(self.environment)
        beside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addWidget(self.words)
        column.addWidget(self.field)
        column.addLayout(beside)
        column.addWidget(self.model_row)
        column.addWidget(self.card)
        self.environment.hide()
        self.model_row.hide()

    def show_provider(
        self, title: str, *, needs_key: bool, may_be: bool, variable: str, uses: bool
    ) -> None:
        """*may_be*: nobody knows whether it needs a key. *uses*: that of the *variable*."""
        self.words.setText(self._words(needs_key=needs_key, may_be=may_be).format(title=title))
        self.field.setVisible(needs_key and not uses)
        self.environment.setVisible(bool(variable))
        text = (
            self.tr("Enter another key instead of {name}")
            if uses
            else self.tr("Use {name} from your environment")
        )
        self.environment.setText(text.format(name=variable))

    def _words(self, *, needs_key: bool, may_be: bool) -> str:
        if may_be:
            return self.tr("If {title} wants a key, enter it. It is tested before it is stored.")
        if needs_key:
            return self.tr("{title} wants a key. It is tested before anything is stored.")
        return self.tr("{title} needs no key. Let us see whether it answers.")
