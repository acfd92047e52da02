"""Connects Launch with what is around a launch: the program, the terminal, the user's settings."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ccr_desktop.core.setup.edits import with_desktop, with_setting, with_status_line
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import ask, pick_file
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.launch.change_dialog import ChangeDialog
from ccr_desktop.desktop.pages.launch.claude_card import Found
from ccr_desktop.desktop.state import Problem
from ccr_desktop.errors import CcrError, ClaudeMissing, ClientError, TerminalMissing, as_sentences
from ccr_desktop.launch import normal_claude
from ccr_desktop.launch.environment import overriding_settings
from ccr_desktop.launch.opening import try_terminal
from ccr_desktop.launch.program import find_claude, with_version
from ccr_desktop.launch.terminals import SCRIPT, custom_terminal, found_terminals, known_terminals

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.launch.page import LaunchPage

_LOOKS, _EVERY_S = 50, 0.1  # at whether a terminal does what it was started for


class Surroundings(QObject):
    """Looks again whenever the page is shown: all of this changes without the app."""

    def __init__(self, page: LaunchPage, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = desk.bridge
        self._launching = desk.launching
        self._looked_with = ""
        page.claude.check_wanted.connect(self.look_for_claude)
        page.claude.locate_wanted.connect(self._locate)
        page.claude.automatic_wanted.connect(lambda: self._use_program(None))
        page.claude.overrides.show_wanted.connect(self._show_file)
        page.terminal.terminal_wanted.connect(self._choose_terminal)
        page.terminal.test_wanted.connect(self._test)
        page.own.normal_wanted.connect(self._want_normal)
        page.own.status_line_wanted.connect(self._want_status_line)
        page.projects.chosen.connect(self._folder_chosen)
        page.shown.connect(self._look)
        self._bridge.config_changed.connect(
            self._config_changed, Qt.ConnectionType.QueuedConnection
        )
        self.look_for_claude()

    def look_for_claude(self) -> None:
        self._launching.forget_program()
        self._looked_with = self._bridge.config.claude_path
        self._page.claude.show_looking()
        self._bridge.do(self._looked_for(self._bridge.config), self.tr("Looking for Claude Code"))

    async def _looked_for(self, config: Config) -> None:
        try:
            program = await asyncio.to_thread(find_claude, config)
        except ClaudeMissing as exc:
            found = Found(configured=self._named(), install=exc.install, looked=exc.looked)
        else:
            program = await asyncio.to_thread(with_version, program, os.environ)
            found = Found(program=program, configured=self._named())
            self._launching.settle(lambda failure: isinstance(failure.error, ClaudeMissing))
        self._page.claude.show_found(found)

    def _named(self) -> str:
        """The program that the file names, which can be taken back here; a variable can't."""
        return str(self._bridge.raw.get("CLAUDE_PATH") or "")

    def _locate(self) -> None:
        async def locate() -> None:
            title = self.tr("Where is Claude Code?")
            if program := await pick_file(self._page.window(), title):
                self._use_program(str(program))

        self._bridge.do(locate(), self.tr("Locating Claude Code"))

    def _use_program(self, path: str | None) -> None:
        words = (
            self.tr("Claude Code is {path}").format(path=path)
            if path
            else self.tr("Claude Code is found by itself")
        )
        self._bridge.edit(lambda raw: with_setting(raw, "CLAUDE_PATH", path), words)

    def _show_file(self, file: Path) -> None:
        open_path(self._bridge, self._page, file)

    # -- looking ---------------------------------------------------------------------------

    def _look(self) -> None:
        self._bridge.do(self._looked(), self.tr("Looking for terminals"))
        self._look_at_overrides(self._page.projects.folder())

    async def _looked(self) -> None:
        config = self._bridge.config
        found = await asyncio.to_thread(found_terminals)
        self._page.terminal.show_terminals(found, config.desktop.terminal)
        self._page.own.show_normal(await asyncio.to_thread(normal_claude.state, config))
        self._page.own.show_status_line(is_on=config.status_line.get("enabled") is True)

    def _folder_chosen(self, folder: Path | None) -> None:
        self._page.claude.overrides.show_looking()
        self._look_at_overrides(folder)

    def _look_at_overrides(self, folder: Path | None) -> None:
        async def look() -> None:
            config, place = self._bridge.config, folder or Path.home()
            found = await asyncio.to_thread(
                lambda: [*overriding_settings(config, Path.home(), place)]
            )
            if folder == self._page.projects.folder():  # else another look is under way
                self._page.claude.overrides.show_found(found)

        self._bridge.do(look(), self.tr("Looking at the settings of Claude Code"))

    def _config_changed(self) -> None:
        if self._page.isVisible():
            self._look()
        if self._bridge.config.claude_path != self._looked_with:
            self.look_for_claude()

    # -- the terminal ----------------------------------------------------------------------

    def _choose_terminal(self, wish: str) -> None:
        try:
            is_command = SCRIPT in wish or " " in wish
            label = custom_terminal(wish).label if is_command else _label_of(wish)
        except ClientError as exc:
            self._page.terminal.show_command_error(in_words(as_sentences(exc)))
            return
        self._page.terminal.show_command_error("")
        if wish != self._bridge.config.desktop.terminal:
            words = self.tr("Terminal: {name}").format(name=label or self.tr("automatic"))
            self._bridge.edit(lambda raw: with_desktop(raw, "terminal", wish), words)

    def _test(self, wish: str) -> None:
        self._page.terminal.show_result(self.tr("Opening it…"))
        self._bridge.do(self._tested(wish), self.tr("Trying the terminal"))

    async def _tested(self, wish: str) -> None:
        card = self._page.terminal
        try:
            launched = await asyncio.to_thread(try_terminal, wish)
        except CcrError as exc:
            card.show_result(in_words(as_sentences(exc)))
            return
        for _ in range(_LOOKS):
            if await asyncio.to_thread(lambda: launched.has_begun):
                words = self.tr("{name} works.")
                self._launching.settle(lambda failure: isinstance(failure.error, TerminalMissing))
                break
            await asyncio.sleep(_EVERY_S)
        else:
            words = self.tr("{name} was started, but has run nothing. Choose another one.")
        card.show_result(words.format(name=in_words(launched.terminal.label)))

    # -- the user's own launches -----------------------------------------------------------

    def _want_normal(self, wanted: bool) -> None:
        work = self._switched_on() if wanted else self._switched_off()
        self._bridge.do(work, self.tr("Changing the settings of Claude Code"))

    async def _switched_on(self) -> None:
        planned = await asyncio.to_thread(normal_claude.plan, self._bridge.config)
        if planned.diff:
            dialog = ChangeDialog(planned, self._page.window())
            try:
                if await ask(dialog):
                    await asyncio.to_thread(lambda: normal_claude.apply(planned, confirmed=True))
            finally:
                dialog.deleteLater()
        await self._looked()

    async def _switched_off(self) -> None:
        left = await asyncio.to_thread(normal_claude.undo, self._bridge.config)
        await self._looked()
        if left:
            title = self.tr("A part was left as it is")
            words = self.tr("Another program has changed {names} since.")
            self._bridge.failed.emit(Problem(title, words.format(names=lists.names(left))))

    def _want_status_line(self, wanted: bool) -> None:
        words = self.tr("Status line on") if wanted else self.tr("Status line off")
        self._bridge.edit(lambda raw: with_status_line(raw, wanted), words)


def _label_of(terminal: str) -> str:
    """As it is called in the list; what is not known goes by its name."""
    known = (each.label for each in known_terminals() if each.name == terminal)
    return in_words(next(known, terminal))
