"""The network proxy for all providers. A password goes to the key store, with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.config.addresses import NO_PROXY, SYSTEM_PROXY, read_proxy
from ccr_desktop.core.secrets import PREFIX, storing
from ccr_desktop.core.setup.key_moves import Change, KeyPlace
from ccr_desktop.core.setup.key_moving import Moved
from ccr_desktop.core.setup.setting_paths import find_path, value_at, with_value_at
from ccr_desktop.core.upstream.proxies import system_proxy
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.proxy_fields import NONE, OWN, SYSTEM
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.proxy_fields import ProxyFields

PROXY_KEY = "proxy"
"""The name that the key store has the address with its password by."""
_PATH = find_path("PROXY_URL")


class ProxyChange(QObject):
    """Lives as long as its fields."""

    def __init__(self, desk: Desk, fields: ProxyFields) -> None:
        super().__init__(fields)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._fields = fields
        fields.mode_wanted.connect(self._choose)
        fields.use_wanted.connect(self._use)
        self._bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _show(self) -> None:
        url = self._bridge.config.proxy_url
        mode = SYSTEM if url == SYSTEM_PROXY else OWN if url else NONE
        self._fields.show_mode(mode, self._help(mode))
        address, user, password = split(url) if mode == OWN else ("", "", "")
        self._fields.show_proxy(address, user, self._place() if password else "")

    def _help(self, mode: str) -> str:
        if mode == OWN:
            return self.tr("Providers are asked through the proxy below.")
        if mode == NONE:
            return self.tr("Providers are asked without one.")
        found = without_login(system_proxy("https"))
        if found:
            return self.tr("Now {address}.").format(address=found)
        return self.tr("The system names none now, so that providers are asked without one.")

    def _place(self) -> str:
        if self._told().startswith(PREFIX):
            return self.tr("the key store, with the address")
        return self.tr("the settings file")

    def _told(self) -> str:
        """What the settings file has."""
        return str(value_at(self._bridge.raw, _PATH) or "")

    def _choose(self, mode: str) -> None:
        if mode == OWN:
            self._fields.begin_own()
            return
        self._fields.end_own()
        value = SYSTEM_PROXY if mode == SYSTEM else None
        words = self.tr("Network proxy: as the system") if value else self.tr("No network proxy")
        task = self._bridge.edit(lambda raw: with_value_at(raw, _PATH, value), words)
        afterwards(task, self._show)

    def _use(self) -> None:
        issues: list[Issue] = []
        typed = self._fields.address.text().strip()
        address = read_proxy(typed, "PROXY_URL", issues)
        if issues or not address or typed.lower() in {NO_PROXY, SYSTEM_PROXY}:
            told = in_words(issues[0].hint) if issues else self.tr("Give the address of the proxy.")
            self._fields.address_row.show_error(told)
            self._fields.address.setFocus()
            return
        address, user, password = split(address)
        user = self._fields.user.text().strip() or user
        password = self._fields.password.text() or password or self._kept(address, user)
        url = joined(address, user, password)
        is_stored = self._told().startswith(PREFIX)
        if url == self._bridge.config.proxy_url and is_stored == bool(password):
            self._used(url)
        elif password:
            self._bridge.do(self._keep(url), self.tr("Keeping the password of the proxy"))
        else:
            words = self.tr("Network proxy: {address}").format(address=address)
            task = self._bridge.edit(lambda raw: with_value_at(raw, _PATH, url), words)
            afterwards(task, lambda: self._used(url))

    def _used(self, url: str) -> None:
        """Once it is in use, the fields say what is, however it was typed."""
        if self._bridge.config.proxy_url == url:
            self._fields.end_own()
            self._show()

    def _kept(self, address: str, user: str) -> str:
        """The password in use, while it is still for the same login."""
        url = self._bridge.config.proxy_url
        if url == SYSTEM_PROXY:
            return ""
        old_address, old_user, password = split(url)
        return password if (old_address, old_user) == (address, user) else ""

    async def _keep(self, url: str) -> None:
        def keep(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            with storing({PROXY_KEY: url}, secrets) as before:
                store.save(with_value_at(raw, _PATH, f"{PREFIX}{PROXY_KEY}"))
            return Moved(Change(PROXY_KEY, KeyPlace.KEYRING, raw), stored_before=before)

        words = self.tr("Network proxy: {address}").format(address=without_login(url))
        try:
            await self._bridge.edit_keys(keep, self._secrets, words)
            self._used(url)
        except SecretError as exc:
            told = self.tr("The password can't be kept. {problem}.")
            self._fields.address_row.show_error(told.format(problem=in_words(exc.title)))


def split(url: str) -> tuple[str, str, str]:
    """The address without its login, the user and the password."""
    scheme, separator, rest = url.partition("://")
    login, at, place = rest.rpartition("@")
    if not (separator and at):
        return url, "", ""
    user, _, password = login.partition(":")
    return f"{scheme}://{place}", unquote(user), unquote(password)


def joined(address: str, user: str, password: str) -> str:
    if not user and not password:
        return address
    scheme, _, place = address.partition("://")
    login = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    return f"{scheme}://{login}@{place}"


def without_login(url: str) -> str:
    """An address as it may be shown."""
    return split(url)[0] if urlsplit(url).hostname else url
