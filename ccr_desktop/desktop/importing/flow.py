"""From a file or a link to what was taken of it: read, asked about, and done as one change."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.transfer.items import cut
from ccr_desktop.core.transfer.keys_in_use import keys_in_use
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.schemes import is_link, link_in
from ccr_desktop.core.transfer.taking import left_without_key, store_taken, take
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words, placed_words
from ccr_desktop.desktop.dialogs import Answer, ask, choose
from ccr_desktop.desktop.importing.take_dialog import TakeDialog
from ccr_desktop.desktop.pages.providers.key_keeper import KeyKeeper
from ccr_desktop.desktop.pages.settings.passphrase import ask_passphrase
from ccr_desktop.errors import (
    CcrError,
    ClientError,
    ConfigError,
    SecretError,
    as_sentences,
    sentences,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.core.transfer.found import Found
    from ccr_desktop.core.transfer.offer import Offer
    from ccr_desktop.desktop.desk import Desk

    Read = Callable[[str], Found]


class ImportFlow(QObject):
    """Over *parent*, whose window its dialogs stand before.

    `understood` when a text or file could be read. `taken` when something was: what is left to be
    done by hand.
    """

    understood = Signal()
    taken = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self._is_busy = False
        self._links: list[str] = []
        """From outside: the one that is shown, and those that wait for its end."""

    def begin_with_text(self, text: str) -> None:
        """A link that was pasted, also with words around it."""
        self._begin(partial(_read_link, link_in(text)))

    def begin_with_link_from_outside(self, link: str) -> None:
        """A link that another program handed over, whatever the person is doing.

        While an import is open it waits: a page that hands over many opens no heap of dialogs.
        """
        if link in self._links:
            return
        self._links.append(link)
        for dialog in self._open_dialogs():
            dialog.tell_of_another()
        if len(self._links) == 1:
            self._desk.bridge.do(self._in_turn(), self.tr("Importing"))

    def begin_with_file(self, path: Path) -> None:
        self._begin(partial(_read_file, path))

    @staticmethod
    def is_link(text: str) -> bool:
        return is_link(link_in(text))

    def _begin(self, read: Read) -> None:
        """One at a time."""
        if not self._is_busy:
            self._is_busy = True
            self._desk.bridge.do(self._told(read), self.tr("Importing"))

    async def _in_turn(self) -> None:
        while self._links:
            link = self._links[0]
            try:
                await self._others_gone()
                await self._told(partial(_read_link, link), came_by_itself=True)
            finally:
                del self._links[0]

    async def _others_gone(self) -> None:
        """Once nothing is open that is imported in another way."""
        while dialogs := self._open_dialogs():
            gone = asyncio.Event()
            dialogs[0].destroyed.connect(gone.set)
            await gone.wait()

    def _open_dialogs(self) -> list[TakeDialog]:
        return self._window.findChildren(TakeDialog)

    async def _told(self, read: Read, *, came_by_itself: bool = False) -> None:
        """What fails is said where it was asked for."""
        try:
            found = await self._opened(read)
            if found is not None:
                self.understood.emit()
                await self._offered(found, came_by_itself=came_by_itself)
        except CcrError as exc:
            closing = [Answer("", self.tr("Close"), "primary")]
            await choose(self._window, in_words(exc.title), _message(exc), closing)
        finally:
            self._is_busy = False

    async def _opened(self, read: Read) -> Found | None:
        """With its keys, where the passphrase is given; None when somebody went away."""
        found = await asyncio.to_thread(read, "")
        trouble = ""
        while found.is_sealed:
            words = await self._passphrase(trouble)
            if not words:
                return None if words is None else found
            try:
                return await asyncio.to_thread(read, words)
            except ClientError as exc:
                trouble = in_words(as_sentences(exc))
        return found

    async def _passphrase(self, trouble: str) -> str | None:
        texts = [self.tr("There are keys in this file. Whoever made it knows the passphrase.")]
        return await ask_passphrase(
            self._window,
            self.tr("Passphrase of the file"),
            [*texts, trouble] if trouble else texts,
            self.tr("Leave it empty to take the rest without the keys."),
            self.tr("Open"),
        )

    async def _offered(self, found: Found, *, came_by_itself: bool) -> None:
        bridge = self._desk.bridge
        raw, in_use = with_legacy_provider_written(bridge.raw), keys_in_use(bridge.config)
        made = offer(found, raw, in_use)
        dialog = TakeDialog(made, self._window, came_by_itself=came_by_itself)
        if self._links[1:]:
            dialog.tell_of_another()
        if dialog.brings_keys:
            keeper = KeyKeeper(dialog.store, self._desk)
            keeper.status_changed.connect(dialog.show_store)
            keeper.look()
        try:
            while await ask(dialog) == QDialog.DialogCode.Accepted and dialog.ticked:
                try:
                    if await self._take(made, dialog.ticked):
                        return  # else it stays, as it was ticked
                    dialog.tell("")
                except CcrError as exc:
                    dialog.tell(self._told_of_taking(exc, dialog))
        finally:
            dialog.deleteLater()

    def _told_of_taking(self, error: CcrError, dialog: TakeDialog) -> str:
        if isinstance(error, SecretError) and dialog.store.isVisibleTo(dialog):
            way = self.tr("Untick the keys, or use one of the buttons above first.")
            return sentences(in_words(error.title), way)
        said = sentences(in_words(error.title), _message(error))
        if not isinstance(error, SecretError):
            return said
        way = self.tr("Untick the keys, or choose in Settings, Keys, where keys are kept.")
        return f"{said} {way}"

    async def _take(self, made: Offer, ticked: frozenset[str]) -> bool:
        def edit(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            taken = take(with_legacy_provider_written(raw), made, ticked)
            return store_taken(taken, store, secrets)

        words = self._words(made, ticked)
        if not await self._desk.bridge.edited_keys(edit, self._desk.secrets, words):
            return False
        self.taken.emit(made.left(ticked))
        return True

    def _words(self, made: Offer, ticked: frozenset[str]) -> str:
        """What is taken, as the notice and Undo call it; and which provider lacks its key then."""
        count = len(ticked)
        one, more = (
            self.tr("{source}: took over 1 thing"),
            self.tr("{source}: took over {count} things"),
        )
        words = (one if count == 1 else more).format(source=in_words(made.title), count=count)
        raw = with_legacy_provider_written(self._desk.bridge.raw)
        lacking = left_without_key(raw, made, ticked)
        if not lacking:
            return words
        one, more = (
            self.tr("{words}, without the key of {names}"),
            self.tr("{words}, without the keys of {names}"),
        )
        said = one if len(lacking) == 1 else more
        return said.format(words=words, names=cut(lists.names(lacking)))

    @property
    def _window(self) -> QWidget:
        return self._parent.window()


def _message(error: CcrError) -> str:
    """As sentences, those of mistakes with their places: the message is a list of its lines."""
    if isinstance(error, ConfigError):
        found = [issue for issue in error.issues if issue.severity == "error"]
        return "\n".join(placed_words(issue) for issue in found)
    return in_words(error.message)


def _read_link(text: str, _words: str) -> Found:
    from ccr_desktop.core.transfer.sources import read_link  # noqa: PLC0415  # all the readers

    return read_link(text)


def _read_file(path: Path, words: str) -> Found:
    from ccr_desktop.core.transfer.sources import read_file  # noqa: PLC0415  # all the readers

    return read_file(path, words)
