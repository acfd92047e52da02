"""Connects the section about import and export with what reads and writes."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.transfer import own_file, own_link
from ccr_desktop.core.transfer.places import sources_here
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import pick_file, pick_new_file
from ccr_desktop.desktop.importing.flow import ImportFlow
from ccr_desktop.desktop.pages.settings.export_words import missing_in_file, missing_in_link
from ccr_desktop.desktop.pages.settings.passphrase import ask_passphrase

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.transfer import TransferView


class TransferPresenter(QObject):
    """Lives as long as its view."""

    def __init__(self, desk: Desk, view: TransferView) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._view = view
        self._flow = ImportFlow(desk, view.section)
        self._flow.understood.connect(view.forget_text)
        self._flow.understood.connect(self._forget_left)
        self._flow.taken.connect(self._tell_left)
        self._before: JsonObject = {}
        self._bridge.config_changed.connect(self._changed)
        view.read_wanted.connect(self._read)
        view.source_wanted.connect(lambda path: self._flow.begin_with_file(Path(path)))
        view.choose.clicked.connect(lambda: self._do(self._choose(), self.tr("Choosing a file")))
        view.copy_link.clicked.connect(lambda: self._do(self._copy_link(), self.tr("Exporting")))
        view.export.clicked.connect(lambda: self._do(self._export(), self.tr("Exporting")))
        self._do(self._look(), self.tr("Looking for settings of other programs"))

    async def _look(self) -> None:
        self._view.show_sources(await asyncio.to_thread(sources_here))

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._bridge.do(work, name)

    def _read(self, text: str) -> None:
        if self._flow.is_link(text):
            self._flow.begin_with_text(text)
        elif text.startswith(("/", "~")) or Path(text).is_absolute():
            self._flow.begin_with_file(Path(text).expanduser())
        else:
            self._view.show_error(self.tr("Paste a link of CCR Desktop, CC Switch or CCR."))

    async def _choose(self) -> None:
        title = self.tr("Settings to import")
        kinds = self.tr("Settings ({names})").format(names="*.json *.json5 *.sql *.sqlite *.db")
        path = await pick_file(self._window, title, f"{kinds};;{self.tr('All files')} (*)")
        if path is not None:
            self._flow.begin_with_file(path)

    def _forget_left(self) -> None:
        self._before = self._bridge.raw
        self._view.tell_left("")

    def _changed(self, _: object) -> None:
        """What an import left is nothing to do once it was undone."""
        if self._bridge.raw == self._before:
            self._view.tell_left("")

    def _tell_left(self, left: tuple[str, ...]) -> None:
        """It stays to be read and copied, as the dialog has gone."""
        lines = [in_words(line) for line in left]
        one, more = self.tr("1 thing needs you:"), self.tr("{count} things need you:")
        head = one if len(lines) == 1 else more.format(count=len(lines))
        self._view.tell_left("\n".join([head, *(f"• {line}" for line in lines)]) if lines else "")

    # -- export ----------------------------------------------------------------------------

    async def _copy_link(self) -> None:
        raw = self._raw()
        QGuiApplication.clipboard().setText(own_link.make(raw))
        said = self.tr("The link is in the clipboard. There is no key in it.")
        self._view.tell_export("\n".join([said, *missing_in_link(raw)]))

    async def _export(self) -> None:
        passphrase = ""
        if self._view.with_keys.switch.isChecked():
            passphrase = await self._passphrase()
            if not passphrase:
                return
        suggestion = Path.home() / f"settings{own_file.ENDING}"
        path = await pick_new_file(self._window, self.tr("Export settings"), suggestion)
        if path is None:
            return
        raw, now = self._raw(), datetime.now().astimezone()
        secrets, missing = await self._keys(raw) if passphrase else (None, [])
        data, _ = await asyncio.to_thread(own_file.make, raw, now, secrets, passphrase)
        await asyncio.to_thread(write_safely, path, data)
        said = self._exported(path, missing, has_keys=bool(secrets))
        self._view.tell_export("\n".join([said, *missing_in_file(raw)]))

    async def _keys(self, raw: JsonObject) -> tuple[dict[str, str], list[str]]:
        return await self._secrets.run(lambda store: own_file.secrets_of(raw, store))

    def _exported(self, path: Path, missing: list[str], *, has_keys: bool) -> str:
        words = self.tr("Exported to {path}. There is no key in it.")
        if has_keys:
            words = self.tr("Exported to {path}, with the keys.")
        said = words.format(path=path)
        if missing:
            lacking = self.tr("Not in it, since they are not in the key store: {names}.")
            said = f"{said} {lacking.format(names=lists.names(missing))}"
        return said

    async def _passphrase(self) -> str:
        """Typed twice; empty when somebody went away."""
        title = self.tr("Passphrase for the keys in the file")
        texts = [self.tr("Nobody can tell it to you when you have forgotten it.")]
        least = self.tr("{count} characters or more.").format(count=own_file.LEAST_PASSPHRASE)
        while True:
            words = self.tr("Export")
            found = await ask_passphrase(self._window, title, texts, least, words, twice=True)
            if found is None or len(found) >= own_file.LEAST_PASSPHRASE:
                return found or ""
            texts = [texts[0], self.tr("That was too short.")]

    def _raw(self) -> JsonObject:
        return with_legacy_provider_written(self._bridge.raw)

    @property
    def _window(self) -> QWidget:
        return self._view.section.window()
