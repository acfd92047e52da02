"""The key that clients of the router send: copied, made anew, and taken away."""

from __future__ import annotations

import secrets as randomness
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.core.config.fields import is_unresolved
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.core.secrets import PREFIX, storing
from ccr_desktop.core.setup.edits import with_setting
from ccr_desktop.core.setup.key_moves import Change, KeyPlace
from ccr_desktop.core.setup.key_moving import Moved
from ccr_desktop.core.setup.key_references import CLIENT_KEY
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.setting_places import title_of
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.copy_sign import CopySign
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.editing import Edit, KeyEdit

_KEY = "APIKEY"
_BYTES = 32


def with_new_key(edit: Edit) -> KeyEdit:
    """The file refers to a new client key once *edit* has changed it."""
    reference = f"{PREFIX}{CLIENT_KEY}"
    return with_made_key(CLIENT_KEY, lambda raw: with_setting(edit(raw), _KEY, reference))


def with_made_key(name: str, edit: Edit) -> KeyEdit:
    """The key store gets a new key under *name*, to which the file refers once *edit* has changed
    it; an undo brings the old one back.
    """

    def renew(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
        key = f"ccr-{randomness.token_urlsafe(_BYTES)}"
        with storing({name: key}, secrets) as before:
            store.save(edit(raw))
        return Moved(Change(name, KeyPlace.KEYRING, raw), stored_before=before)

    return renew


class ClientKeyRow(SettingRow):
    """Shown while there is a key. It can go once no other device reaches the router."""

    def __init__(self, copy: PlainButton) -> None:
        self.copy = copy
        self.copied = CopySign(copy)
        self.renew = PlainButton(self.tr("New key"), "rotate-ccw")
        self.renew.setObjectName("renew-client-key")
        self.remove = PlainButton(self.tr("Remove"))
        self.remove.setObjectName("remove-client-key")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        for button in (self.copy, self.renew, self.remove):
            row.addWidget(button)
        super().__init__(title_of(_KEY), "", buttons)
        buttons.setFocusProxy(self.copy)

    def show_key(self, *, is_there: bool, is_open: bool) -> None:
        self.setVisible(is_there)
        set_shown(self.renew, is_open)
        set_shown(self.remove, not is_open)
        words = self.tr("Other devices have to send it. A new one shuts out all that have the old.")
        if not is_open:
            words = self.tr("Programs on this computer have to send it. Nobody else is heard.")
        self.show_help(words)


class ClientKey(QObject):
    """Lives as long as its row."""

    def __init__(self, desk: Desk, row: ClientKeyRow) -> None:
        super().__init__(row)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._row = row
        row.copy.clicked.connect(self._copy)
        row.renew.clicked.connect(
            lambda: self._bridge.do(self._renewed(), self.tr("Making a new client key"))
        )
        row.remove.clicked.connect(self._remove)
        self._bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _show(self) -> None:
        config = self._bridge.config
        self._row.show_key(is_there=bool(config.api_key), is_open=config.host not in LOOPBACK)
        if not is_unresolved(config.api_key):
            self._row.show_error("")

    def _copy(self) -> None:
        key = self._bridge.config.api_key
        if not is_unresolved(key):
            self._row.copied.copy(key)
        elif key.startswith(PREFIX):
            self._row.show_error(self.tr("The password store does not give the client key."))
        else:
            self._row.show_error(self.tr("The variable with the client key is not set."))

    def _remove(self) -> None:
        words = self.tr("Removed the client key")
        self._bridge.edit(lambda raw: with_setting(raw, _KEY, None), words)

    async def _renewed(self) -> None:
        try:
            words = self.tr("New client key")
            await self._bridge.edit_keys(with_new_key(lambda raw: raw), self._secrets, words)
            self._row.show_error("")
        except SecretError as exc:
            told = self.tr("The client key can't be kept. {problem}.")
            self._row.show_error(told.format(problem=in_words(exc.title)))
