"""Presenter of the first step."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.transfer.taking import store_taken
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.importing.flow import ImportFlow
from ccr_desktop.desktop.wizard.bringing import apart, brought, found_lines, report_of
from ccr_desktop.desktop.wizard.draft import has_own_settings
from ccr_desktop.desktop.wizard.finding import Findings, find_all
from ccr_desktop.desktop.wizard.step import Primary, StepPresenter
from ccr_desktop.errors import CcrError, SecretError, as_sentences

if TYPE_CHECKING:
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore, StoreStatus
    from ccr_desktop.core.setup.key_moving import Moved
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.draft import Progress
    from ccr_desktop.desktop.wizard.welcome_view import WelcomeView


class Welcome(StepPresenter):
    """`findings` are those of the last look; later steps use them, too."""

    def __init__(self, view: WelcomeView, desk: Desk, progress: Progress) -> None:
        super().__init__(view, desk, progress)
        self._view = view
        self.findings = Findings()
        self._has_looked = False
        self._is_busy = False
        self._imports = ImportFlow(desk, view)
        view.ticked_changed.connect(self.changed)
        view.source_wanted.connect(lambda path: self._imports.begin_with_file(Path(path)))

    def enter(self) -> None:
        if not self._has_looked:
            self._has_looked = True
            self.desk.bridge.do(self._look(), self.tr("Looking for what is there"))

    def primary(self) -> Primary:
        if not self._view.ticked():
            return Primary(self.tr("Continue"))
        return Primary(self.tr("Take over"), not self._is_busy)

    def forward(self) -> None:
        if self._view.ticked():
            self._is_busy = True
            self.changed.emit()
            self.desk.bridge.do(self._take_over(), self.tr("Taking over what was found"))
        else:
            self.done.emit()

    async def _look(self) -> None:
        bridge = self.desk.bridge
        self.findings = await find_all(bridge.config, os.environ)
        raw = bridge.raw if has_own_settings(bridge.config) else {}
        self._view.show_found(found_lines(self.findings, raw), in_words(self.findings.trouble))
        self._view.show_others(self.findings.others)
        self.changed.emit()

    async def _take_over(self) -> None:
        """Afterwards there is a report, and nothing is ticked any more."""
        found, ticked = self.findings, self._view.ticked()
        try:
            trouble = await self._brought(found, ticked)
        except CcrError as exc:
            self._view.show_trouble(_said(exc))
        else:
            raw = self.desk.bridge.raw
            store = await self._store_status()
            report = report_of(found, ticked, raw, keys_trouble=trouble, store=store)
            self._view.show_report(report)
        finally:
            self._is_busy = False
            self.changed.emit()

    async def _brought(self, found: Findings, ticked: tuple[str, ...]) -> str:
        """With the keys in the store; why they are in the settings, when it does not take them."""
        bridge, words = self.desk.bridge, self.tr("Took over what was found")
        is_own = has_own_settings(bridge.config)

        def edit(raw: JsonObject) -> JsonObject:
            return brought(raw, found, ticked, is_own=is_own)

        def edit_with_keys(raw: JsonObject, store: ConfigStore, secrets: SecretStore) -> Moved:
            return store_taken(apart(raw, edit(raw), found, is_own=is_own), store, secrets)

        trouble = ""
        if apart(bridge.raw, edit(bridge.raw), found, is_own=is_own).keys:
            try:
                await bridge.editor.change_keys(edit_with_keys, self.desk.secrets, words)
            except SecretError as exc:
                trouble = _said(exc)
            else:
                return ""
        await bridge.editor.change(edit, words)
        if not has_own_settings(bridge.config):  # all of it was in force already
            await asyncio.to_thread(bridge.store.save, bridge.raw)
            await bridge.reload()
        return trouble

    async def _store_status(self) -> StoreStatus | None:
        """None where it does not answer."""
        try:
            return await self.desk.secrets.status()
        except SecretError:
            return None


def _said(error: CcrError) -> str:
    return in_words(as_sentences(error))
