"""Connects the card about presets with those that are installed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.presets import library
from ccr_desktop.core.presets.applying import plan
from ccr_desktop.core.presets.download import fetch_package
from ccr_desktop.core.presets.manifest import is_safe_name
from ccr_desktop.core.presets.packages import MANIFEST, zipped
from ccr_desktop.core.presets.patterns import look
from ccr_desktop.core.presets.sharing import share
from ccr_desktop.core.setup.difference import difference
from ccr_desktop.core.setup.edits import with_route_set
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.core.transfer.taking import Taken, store_taken
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import (
    Answer,
    ask,
    cancel,
    choose,
    pick_file,
    pick_folder,
    pick_new_file,
)
from ccr_desktop.desktop.importing.preset_dialog import Change, PresetDialog
from ccr_desktop.desktop.importing.question_words import question_words
from ccr_desktop.desktop.pages.providers.key_keeper import KeyKeeper
from ccr_desktop.errors import CcrError, as_sentences

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.presets.applying import Planned
    from ccr_desktop.core.presets.library import Installed
    from ccr_desktop.core.presets.packages import Package
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.presets import PresetsView

_SET, _SWITCH, _STANDARD = "set", "switch", "standard"


class PresetsPresenter(QObject):
    """Lives as long as its view."""

    def __init__(self, desk: Desk, view: PresetsView) -> None:
        super().__init__(view)
        self._desk = desk
        self._bridge = desk.bridge
        self._secrets = desk.secrets
        self._view = view
        view.use_wanted.connect(lambda name: self._do(self._use(name)))
        view.remove_wanted.connect(lambda name: self._do(self._remove(name)))
        view.address_wanted.connect(lambda text: self._do(self._add(text)))
        view.file.clicked.connect(lambda: self._do(self._add_file()))
        view.folder.clicked.connect(lambda: self._do(self._add_folder()))
        view.make.clicked.connect(lambda: self._do(self._make()))
        self._do(self._look())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self._bridge.do(work, self.tr("Presets"))

    async def _look(self) -> None:
        self._view.show_presets(await asyncio.to_thread(library.installed))

    # -- adding and removing ---------------------------------------------------------------

    async def _add_file(self) -> None:
        kinds = self.tr("Presets ({names})").format(names="*.zip *.json")
        path = await pick_file(self._window, self.tr("A preset"), kinds)
        if path is not None:
            await self._add(str(path))

    async def _add_folder(self) -> None:
        path = await pick_folder(self._window, self.tr("The folder of a preset"))
        if path is not None:
            await self._add(str(path))

    async def _add(self, source: str) -> None:
        self._view.show_busy(busy=True)
        try:
            package = await asyncio.to_thread(fetch_package, source)
            name = package.manifest.name
            here = {preset.name for preset in await asyncio.to_thread(library.installed)}
            if name in here and not await self._may_replace(name):
                return
            await asyncio.to_thread(library.install, package, replaces=True)
        except CcrError as exc:
            self._view.show_error(in_words(as_sentences(exc)))
            return
        finally:
            self._view.show_busy(busy=False)
        self._view.address.clear()
        await self._look()
        self._view.list.select(name)

    async def _may_replace(self, name: str) -> bool:
        title = self.tr("Replace the preset {name}?").format(name=name)
        text = self.tr("There is one of this name. Your settings stay as they are.")
        go = Answer("go", self.tr("Replace"), "primary")
        return await choose(self._window, title, text, [cancel(), go]) == "go"

    async def _remove(self, name: str) -> None:
        title = self.tr("Remove the preset {name}?").format(name=name)
        text = self.tr("Its files are deleted. Your settings stay as they are.")
        go = Answer("go", self.tr("Remove"), "danger")
        if await choose(self._window, title, text, [cancel(), go]) == "go":
            await asyncio.to_thread(library.remove, name)
            await self._look()

    # -- making one ------------------------------------------------------------------------

    async def _make(self) -> None:
        suggestion = Path.home() / "settings.zip"
        path = await pick_new_file(self._window, self.tr("A preset of your settings"), suggestion)
        if path is None:
            return
        if not is_safe_name(path.stem):
            words = self.tr("“{name}” can't be the name of a preset. Choose another file name.")
            self._view.tell_made(words.format(name=path.stem))
            return
        raw = with_legacy_provider_written(self._bridge.raw)
        package = await asyncio.to_thread(share, raw, path.stem, {})
        await asyncio.to_thread(write_safely, path, zipped(package.files))
        self._view.tell_made("\n".join(self._made(path, package)))

    def _made(self, path: Path, package: Package) -> list[str]:
        said = self.tr(
            "Written to {path}. It has providers, routes, compatibility fixes and the status line,"
            " and no key."
        )
        lines = [said.format(path=path)]
        manifest = package.manifest
        if questions := [question_words(entry, manifest)[0] for entry in manifest.inputs]:
            asked = self.tr("Whoever uses it is asked for: {names}")
            lines.append(asked.format(names=lists.clauses(questions)))
        if files := [name for name in package.files if name != MANIFEST]:
            inside = self.tr("These files are in it as they are. Make sure that they hold no key:")
            lines += [inside, *(f"• {name}" for name in files)]
        return lines

    # -- using one -------------------------------------------------------------------------

    async def _use(self, name: str) -> None:
        preset = await asyncio.to_thread(library.find, name)
        manifest = preset.manifest
        if manifest is None:
            return  # `find` raises then
        dialog = PresetDialog(
            manifest, lambda given, place: self._change(preset, given, place), self._window
        )
        dialog.look_wanted.connect(lambda wanted: self._do(_look_for(dialog, wanted)))
        keeper = KeyKeeper(dialog.store, self._desk)
        keeper.status_changed.connect(dialog.show_store)
        keeper.look()
        try:
            while await ask(dialog) == QDialog.DialogCode.Accepted:
                try:
                    if await self._apply(preset, dialog.answers, dialog.place):
                        return  # else it stays, with all that was answered
                    dialog.tell("")
                except CcrError as exc:
                    dialog.tell(in_words(as_sentences(exc)))
        finally:
            dialog.deleteLater()

    def _change(self, preset: Installed, given: dict[str, Any], place: str) -> Change:
        raw = with_legacy_provider_written(self._bridge.raw)
        planned = self._planned(raw, preset, given, place)
        left = self.tr("Left out, since a preset may not set it: {name}")
        notes = [*planned.notes, *(left.format(name=key) for key in planned.left_out)]
        known = {text for _, text in find_secrets(raw)}
        if any(text not in known for _, text in find_secrets(planned.raw)):
            notes.append(self.tr("It brings a secret, which stays readable in the settings file."))
        lines = difference(raw, planned.raw)
        route_set = self._bridge.config.route_set
        if not route_set or not planned.has_routes:
            return Change(lines=lines, notes=notes, has_keys=bool(planned.keys))
        places = [
            (_SET, self.tr("{name}, the route set in force").format(name=route_set)),
            (_SWITCH, self.tr("Standard, which is put in force")),
            (
                _STANDARD,
                self.tr("Standard, without effect while {name} is in force").format(name=route_set),
            ),
        ]
        return Change(
            lines=lines,
            notes=notes,
            has_keys=bool(planned.keys),
            places=places,
            about_places=self.tr("Only the route set in force chooses the models."),
        )

    def _planned(
        self, raw: JsonObject, preset: Installed, given: dict[str, Any], place: str
    ) -> Planned:
        """The routes go where they have an effect, unless somebody wants it otherwise."""
        assert preset.manifest is not None  # noqa: S101  # it has one: see `_use`
        route_set = self._bridge.config.route_set if place in {"", _SET} else ""
        planned = plan(raw, preset.manifest, preset.folder, given, route_set)
        if place != _SWITCH:
            return planned
        return replace(planned, raw=with_route_set(planned.raw, ""))

    async def _apply(self, preset: Installed, given: dict[str, Any], place: str) -> bool:
        def edit(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            old = with_legacy_provider_written(raw)
            planned = self._planned(old, preset, given, place)
            return store_taken(Taken(planned.raw, planned.keys), store, secrets)

        words = self.tr("Used the preset {name}").format(name=preset.name)
        return await self._bridge.edited_keys(edit, self._secrets, words) is not None

    @property
    def _window(self) -> QWidget:
        return self._view.section.window()


async def _look_for(dialog: PresetDialog, wanted: tuple[tuple[str, str], ...]) -> None:
    await beside(lambda: look(wanted))
    if isValid(dialog):
        dialog.go_on()
