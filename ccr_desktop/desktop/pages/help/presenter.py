"""Connects Help with the checks: they run beside the window, and can be cancelled."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ccr_desktop import paths
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.desktop import language
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import ask, pick_new_file
from ccr_desktop.desktop.issue_places import page_of_issue
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.help.own_checks import own_checks, taken_over
from ccr_desktop.desktop.pages.help.page import HelpPage
from ccr_desktop.desktop.pages.help.reader import on_top_of
from ccr_desktop.desktop.pages.help.reading_card import in_language
from ccr_desktop.desktop.pages.help.support_dialog import SupportDialog
from ccr_desktop.desktop.pages.help.taking_out import take_out
from ccr_desktop.desktop.pages.help.words import shown
from ccr_desktop.desktop.port_choice import use_port
from ccr_desktop.desktop.state import Problem, Toast
from ccr_desktop.desktop.ways_out import status_after
from ccr_desktop.doctor.all_checks import all_checks
from ccr_desktop.doctor.beside import examine_beside
from ccr_desktop.doctor.check import Around
from ccr_desktop.doctor.support import Facts, support_text
from ccr_desktop.doctor.words import NOTHING
from ccr_desktop.errors import CcrError, as_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.secrets import StoreStatus, WayOut
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.doctor.check import Repair, Result
    from ccr_desktop.doctor.words import Words
    from ccr_desktop.launch.taking_out import Removal


def build(desk: Desk) -> QWidget:
    page = HelpPage()
    HelpPresenter(page, desk)
    return page


class HelpPresenter(QObject):
    """Lives as long as its page."""

    def __init__(self, page: HelpPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._bridge = desk.bridge
        self._running: asyncio.Task[list[Result]] | None = None
        page.destroyed.connect(self._cancel)
        page.checks.check_wanted.connect(self._check)
        page.checks.cancel_wanted.connect(self._cancel)
        page.checks.repair_wanted.connect(self._repair)
        page.checks.page_wanted.connect(self._bridge.page_wanted)
        page.checks.file_wanted.connect(self._open)
        page.support_wanted.connect(self._make_support_file)
        page.reading.document_wanted.connect(self._read)

    # -- checking --------------------------------------------------------------------------

    def _check(self, with_answers: bool) -> None:
        if self._running is None or self._running.done():
            self._running = self._begun(asks_models=with_answers)

    def _cancel(self) -> None:
        if self._running:
            self._running.cancel()

    def _begun(self, *, asks_models: bool) -> asyncio.Task[list[Result]]:
        card = self._page.checks
        around = replace(self._around(), asks_models=asks_models)
        checks = all_checks(around, own_checks(self._desk))
        card.show_begun([check.key for check in checks])
        work = examine_beside(checks, around, self._show)
        task = self._bridge.do(work, self.tr("Checking everything"))
        task.add_done_callback(self._ended)
        return task

    def _show(self, result: Result) -> None:
        """With the page that can mend a mistake in the settings."""
        finding, config = result.finding, self._bridge.config
        if finding.where and not self._bridge.store.problems:
            page = page_of_issue(finding.where, config)
            result = replace(result, finding=replace(finding, page=page))
        self._page.checks.show_result(result)

    def _ended(self, task: asyncio.Task[list[Result]]) -> None:
        if isValid(self._page):  # another language has all pages built anew
            self._page.checks.show_ended(is_cancelled=task.cancelled())

    def _around(self) -> Around:
        store = self._bridge.store
        recent = self._bridge.overview.recent_folders

        async def issues() -> Sequence[Issue]:
            return self._bridge.issues

        async def port(number: int) -> None:
            await use_port(self._bridge, number)

        async def restore(version: str, base: str) -> None:
            await self._bridge.restore(version, self.tr("Restored the last good settings"), base)

        return Around(
            store=store,
            secrets=store.secrets,
            environment=dict(os.environ),
            home=Path.home(),
            folder=recent[0] if recent else Path.home(),
            issues=issues if self._bridge.overview.service.url else None,
            take_over=lambda: taken_over(self._desk),
            use_port=port,
            restore=restore,
            take=self._take,
            take_out=self._take_out,
        )

    # -- mending ---------------------------------------------------------------------------

    def _repair(self, key: str) -> None:
        found = {result.check.key: result for result in self._page.checks.results}
        repair = found[key].finding.repair if key in found else None
        if repair is None:
            return
        task = self._bridge.do(self._repaired(repair), self.tr("Mending it"))
        afterwards(task, lambda: self._look_again(key, repair))

    async def _repaired(self, repair: Repair) -> None:
        if done := shown(await repair.apply()):
            self._bridge.told.emit(Toast(done))

    def _look_again(self, key: str, repair: Repair) -> None:
        """At what was mended, and at what could not be: somebody else may have mended it."""
        if repair.changes_all and (self._running is None or self._running.done()):
            self._page.checks.begin()
            return
        keys = {key, *repair.also}
        checks = [each.check for each in self._page.checks.results if each.check.key in keys]
        work = examine_beside(checks, self._around(), self._show)
        self._bridge.do(work, self.tr("Checking everything"))

    async def _take(self, way: WayOut) -> StoreStatus | None:
        after = await status_after(way, self._desk.secrets, self._page.window())
        if after is not None and after.is_ready:
            await self._bridge.reload()
        return after

    async def _take_out(self, planned: Removal) -> Words:
        await take_out(planned, self._bridge, self._page.window())
        return NOTHING  # it was told with a way back

    # -- the support file ------------------------------------------------------------------

    def _make_support_file(self) -> None:
        self._bridge.do(self._made_support_file(), self.tr("Making a support file"))

    async def _made_support_file(self) -> None:
        if self._running is None or self._running.cancelled():
            self._running = self._begun(asks_models=False)
        await asyncio.wait({self._running})
        around, entries = self._around(), self._bridge.journal.entries
        found = self._page.checks.results
        text = await beside(lambda: support_text(Facts.of(around, entries), found))
        dialog = SupportDialog(text, self._page.window())
        dialog.save_wanted.connect(
            lambda: self._bridge.do(self._saved(dialog, text), self.tr("Saving the support file"))
        )
        try:
            await ask(dialog)
        finally:
            dialog.deleteLater()

    async def _saved(self, dialog: SupportDialog, text: str) -> None:
        name = time.strftime("ccr-desktop-support-%Y%m%d-%H%M.txt")
        path = await pick_new_file(dialog, self.tr("Save the support file"), Path.home() / name)
        if path is None:
            return
        try:
            await beside(lambda: write_safely(path, text.encode()))
        except CcrError as exc:
            dialog.tell(in_words(as_sentences(exc)))
            return
        words = self.tr("The support file was saved as {path}")
        self._bridge.told.emit(Toast(words.format(path=path)))
        dialog.accept()

    def _open(self, file: str) -> None:
        open_path(self._bridge, self._page, Path(file))

    # -- reading ---------------------------------------------------------------------------

    def _read(self, name: str) -> None:
        page = paths.guide(in_language(name, language.current().code))
        if page.is_file():
            on_top_of(self._page.window()).read(page)
        else:
            title = self.tr("This page did not come with the app")
            self._bridge.failed.emit(Problem(title, str(page)))
