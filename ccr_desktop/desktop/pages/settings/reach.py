"""Whether other devices reach the router, for which they need a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.config.schema import DEFAULT_HOST
from ccr_desktop.core.own_address import own_address
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, choose
from ccr_desktop.desktop.pages.settings.client_key import with_new_key
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.rows import SwitchRow

_EVERYWHERE = "0.0.0.0"  # noqa: S104  # what the person asks for, after the risk was said


class Reach(QObject):
    """Lives as long as its row."""

    def __init__(self, desk: Desk, row: SwitchRow) -> None:
        super().__init__(row)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._row = row
        row.wanted.connect(self._change)
        row.fix_wanted.connect(lambda: self._bridge.page_wanted.emit("settings/keys"))
        self._bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _show(self) -> None:
        config = self._bridge.config
        is_open = config.host not in LOOPBACK
        self._row.show_value(is_open)
        if is_open:
            words = self.tr("They use http://{name}:{port} and the client key.")
            self._row.show_help(words.format(name=own_address(), port=config.port))
        else:
            self._row.show_help(self.tr("Only programs on this computer are heard."))

    def _change(self, is_open: bool) -> None:  # as a switch gives it
        change = self._opened() if is_open else self._closed()
        task = self._bridge.do(change, self.tr("Changing who reaches the router"))
        afterwards(task, self._show)

    async def _opened(self) -> None:
        """Once the risk is understood; without a key nobody would be let in."""
        answer = await choose(
            self._row.window(),
            self.tr("Let other devices use the router?"),
            self.tr(
                "Every device in your network that has the client key can then use your providers,"
                " at your cost. What it sends is not encrypted on its way. Do this only in a"
                " network that you trust."
            ),
            [Answer("open", self.tr("Let them")), Answer("", self.tr("Keep it closed"), "primary")],
        )
        if not answer:
            return
        self._row.show_error("")
        words = self.tr("Other devices reach the router")
        if self._bridge.config.api_key:
            await self._bridge.edit(_open, words)
            return
        try:
            await self._bridge.edited_keys(with_new_key(_open), self._secrets, words)
        except SecretError as exc:
            told = self.tr("The client key can't be kept. {problem}.")
            self._row.show_error(
                told.format(problem=in_words(exc.title)), self.tr("Look at the keys")
            )

    async def _closed(self) -> None:
        words = self.tr("Only this computer reaches the router")
        await self._bridge.edit(lambda raw: {**raw, "HOST": DEFAULT_HOST}, words)


def _open(raw: JsonObject) -> JsonObject:
    return {**raw, "HOST": _EVERYWHERE}
