"""The field for a provider's key as a part of pages and of the wizard.

field = KeyField()
field.show_vendor(template, title, url)   whose key it is: the link, and the check for other vendors
field.show_sign_in("GitHub")               where a person gets one by signing in; empty: nowhere
field.show_place("DeepSeek key in Secret Service")   where the present key is; empty: nowhere
keeper = KeyKeeper(field.store, desk)     keeps it true to the store of keys, and mends that
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.core_words import title_words
from ccr_desktop.desktop.pages.providers.links import open_link
from ccr_desktop.desktop.pages.providers.store_notice import StoreNotice
from ccr_desktop.desktop.pages.providers.vendors import other_vendor
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import LeadingButton, PlainButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from ccr_desktop.core.setup.templates import Template


class KeyField(QWidget):
    """A masked key, the way to get one, a word about another vendor's, and about the store."""

    changed = Signal(str)
    pasted = Signal(str)
    other_wanted = Signal(object)
    """A `Template`: the vendor that the key is of shall be added instead."""
    sign_in_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key-field")
        self.secret = SecretField()
        self.secret.edit.setObjectName("key")
        self.row = FormRow(self.tr("Key"), self.secret)
        self.sign_in_button = PlainButton("", "key-round")
        self.sign_in_button.setObjectName("sign-in")
        self.get_button = LeadingButton(self.tr("Get a key"), "external-link")
        self.get_button.setObjectName("get-key")
        self.places_button = LeadingButton(self.tr("Keep it elsewhere…"), "lock")
        self.places_button.setObjectName("key-places")
        self.doubt = Banner("warn")
        self.doubt.setObjectName("other-vendor")
        self.add_other = PlainButton()
        self.add_other.setObjectName("add-other")
        self.use_anyway = PlainButton(self.tr("Use anyway"))
        self.use_anyway.setObjectName("use-anyway")
        self.store = StoreNotice(self.secret)
        self._doubt_buttons = QWidget()
        self._template: Template | None = None
        self._title = ""
        self._url = ""
        self._other: Template | None = None
        self._allowed = ""
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.secret)

    # -- what it shows ---------------------------------------------------------------------

    def text(self) -> str:
        return self.secret.text()

    def clear(self) -> None:
        self.secret.clear()

    def show_vendor(self, template: Template | None, title: str, url: str) -> None:
        """Whose key it is to be; without a template there is no link."""
        self._template, self._title, self._url = template, title, url
        self.get_button.setVisible(bool(template and template.key_url))
        self._judge()

    def show_sign_in(self, place: str) -> None:
        """Where a key is got by signing in; empty where it is only pasted."""
        words = self.tr("Sign in with {place}")
        self.sign_in_button.setText(words.format(place=place))
        self.sign_in_button.setVisible(bool(place))

    def take(self, key: str) -> None:
        """A whole key that was not typed."""
        self.secret.edit.setText(key)
        self.secret.edit.setFocus()
        self.pasted.emit(key)

    def show_place(self, where: str) -> None:
        """Where the present key is; empty if there is none."""
        self.secret.set_stored(where)

    def show_error(self, text: str) -> None:
        """What is wrong with the key; empty when nothing is."""
        self.row.show_error(text)

    @property
    def is_doubted(self) -> bool:
        """Whether the key looks like another vendor's, and nobody has said to use it anyway."""
        return self._other is not None

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = QHBoxLayout(self._doubt_buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(S)
        buttons.addWidget(self.add_other)
        buttons.addWidget(self.use_anyway)
        buttons.addStretch(1)
        link = QHBoxLayout()
        link.setSpacing(S)
        link.addWidget(self.sign_in_button)
        link.addWidget(self.get_button)
        link.addWidget(self.places_button)
        link.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.row)
        column.addLayout(link)
        for part in (self.doubt, self._doubt_buttons, self.store):
            part.hide()
            column.addWidget(part)
        self.sign_in_button.hide()
        self.get_button.hide()
        self.places_button.hide()  # until somebody has a menu for it

    def _connect(self) -> None:
        self.secret.changed.connect(self._typed)
        self.secret.pasted.connect(self.pasted)
        self.sign_in_button.clicked.connect(self.sign_in_wanted)
        self.get_button.clicked.connect(self._open_key_page)
        self.add_other.clicked.connect(lambda: self.other_wanted.emit(self._other))
        self.use_anyway.clicked.connect(self._allow)

    # -- what is typed ---------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self.row.clear_error()
        self._judge()
        self.changed.emit(text)

    def _judge(self) -> None:
        key = self.text()
        is_allowed = bool(key) and key == self._allowed
        self._other = None if is_allowed else other_vendor(key, self._template, self._url)
        self.doubt.setVisible(self._other is not None)
        self._doubt_buttons.setVisible(self._other is not None)
        if self._other is not None:
            words = self.tr("This looks like a key of {other}, but this provider is {vendor}.")
            text = words.format(other=title_words(self._other), vendor=self._title)
            self.doubt.show_notice("warn", text)
            words = self.tr("Add {other} instead")
            self.add_other.setText(words.format(other=title_words(self._other)))

    def _allow(self) -> None:
        self._allowed = self.text()
        self._judge()
        self.changed.emit(self._allowed)

    def _open_key_page(self) -> None:
        if self._template is not None:
            open_link(self._template.key_url)
