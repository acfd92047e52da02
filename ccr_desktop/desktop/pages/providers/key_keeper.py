"""Keeps a key field true to the store of keys, and does what mends the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ccr_desktop.core.secrets import StoreStatus, WayOut
from ccr_desktop.core.secrets.state import CONSENT, HOW_TO_ADD_ONE
from ccr_desktop.desktop.dialogs import Answer, ask, cancel, choose
from ccr_desktop.desktop.pages.providers.passphrase import PassphraseDialog
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.key_field import KeyField


class KeyKeeper(QObject):
    """Lives as long as its field. `status_changed` tells a `StoreStatus`.

    Asking for the status never opens a window of the system; only what a person presses may.
    """

    status_changed = Signal(object)

    def __init__(self, field: KeyField, desk: Desk) -> None:
        super().__init__(field)
        self._field = field
        self._desk = desk
        self.status: StoreStatus | None = None
        field.way_out_wanted.connect(self._begin)

    def look(self) -> None:
        """Show how the store is now."""
        self._desk.bridge.do(self.refresh(), self.tr("Looking at the store of keys"))

    async def refresh(self) -> StoreStatus:
        status = await self._desk.secrets.status()
        self._show(status)
        return status

    def _begin(self, way: WayOut) -> None:
        self._desk.bridge.do(self._take(way), self.tr("Opening the store of keys"))

    async def _take(self, way: WayOut) -> None:
        try:
            status = await self._status_after(way)
        except CcrError:
            await self.refresh()
            raise
        if status is None:
            return
        self._show(status)
        if status.is_ready:
            await self._desk.bridge.reload()

    async def _status_after(self, way: WayOut) -> StoreStatus | None:
        """What a way out led to; None when the person thought better of it."""
        match way:
            case WayOut.UNLOCK | WayOut.ASK_AGAIN:
                return await self._desk.secrets.unlock()
            case WayOut.PASSPHRASE:
                return await self._with_passphrase()
            case WayOut.USE_FILE:
                return await self._with_file()
            case WayOut.ADD_STORE:
                title = self.tr("How to add a password store")
                await choose(self._field.window(), title, HOW_TO_ADD_ONE, [_understood()])
                return await self._desk.secrets.status()
            case WayOut.SET_ASIDE:
                return await self._set_aside()

    async def _with_passphrase(self) -> StoreStatus | None:
        words = self.tr("Enter the passphrase of the protected file.")
        passphrase = await self._asked_passphrase(words, may_be_empty=False)
        return None if passphrase is None else await self._desk.secrets.unlock(passphrase)

    async def _with_file(self) -> StoreStatus | None:
        passphrase = await self._asked_passphrase(CONSENT, may_be_empty=True)
        return None if passphrase is None else await self._desk.secrets.use_file(passphrase)

    async def _asked_passphrase(self, words: str, *, may_be_empty: bool) -> str | None:
        dialog = PassphraseDialog(words, self._field.window(), may_be_empty=may_be_empty)
        try:
            return dialog.passphrase.text() if await ask(dialog) else None
        finally:
            dialog.deleteLater()

    async def _set_aside(self) -> StoreStatus | None:
        title = self.tr("Set the protected file aside?")
        text = self.tr(
            "It is kept under another name, and the keys in it can't be used meanwhile. Keys that"
            " you enter from now on go into your system's password store."
        )
        answers = [cancel(), Answer("aside", self.tr("Set aside"), "primary")]
        if await choose(self._field.window(), title, text, answers) != "aside":
            return None
        await self._desk.secrets.run(lambda secrets: secrets.set_file_aside())
        return await self._desk.secrets.status()

    def _show(self, status: StoreStatus) -> None:
        self.status = status
        self._field.show_store(status)
        self.status_changed.emit(status)


def _understood() -> Answer:
    return Answer("", QCoreApplication.translate("Dialogs", "Close"), "primary")
