"""From the news of a version to its installer: what the buttons of the dialog do."""

from __future__ import annotations

import asyncio
import logging
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from ccr_desktop.core.updates.download import Downloads
from ccr_desktop.core.updates.handing import check_place, hand_over, open_package
from ccr_desktop.core.updates.installation import find_installation
from ccr_desktop.core.updates.signing import pinned_keys
from ccr_desktop.core.updates.ways import way_of
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import let_enter_press_primary
from ccr_desktop.desktop.screen_room import fit_on_screen
from ccr_desktop.desktop.updating.dialog import Stage, UpdateDialog, UpdateView
from ccr_desktop.errors import UpdateError, as_sentences, sentences

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from ccr_desktop.core.updates.download import Fetched
    from ccr_desktop.core.updates.installation import Installation
    from ccr_desktop.core.updates.release import Release
    from ccr_desktop.core.updates.ways import Way
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.window import Window

log = logging.getLogger(__name__)


class Updating(QObject):
    """Lives as long as the window. One dialog at a time, for one release."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._bridge = desk.bridge
        self._watch = desk.updates
        self._window = window
        self._dialog: UpdateDialog | None = None
        self._fetched: Fetched | None = None
        self._loading: asyncio.Task[None] | None = None

    @cached_property
    def _installation(self) -> Installation:
        return find_installation()

    @cached_property
    def _way(self) -> Way:
        return way_of(self._installation)

    @cached_property
    def _keys(self) -> dict[str, bytes]:
        return pinned_keys()

    def show(self) -> None:
        """The version that was found, and what can be done about it."""
        self._window.come_forward()
        release = self._watch.state.release
        if self._dialog:
            self._dialog.raise_()
        elif release:
            self._open(release)
        else:
            self._window.show_page("settings/#Desktop.updates")

    def finish(self) -> bool:
        """Start the verified installer, now that nothing of the app runs; whether it was."""
        if self._fetched is None:
            return False
        try:
            self._started = hand_over(self._fetched, self._installation)
        except UpdateError as exc:
            log.warning("the new version is not installed: %s", exc)
            self._watch.note_problem(as_sentences(exc))
            return False
        return True

    # -- the dialog ------------------------------------------------------------------------

    def _open(self, release: Release) -> None:
        dialog = UpdateDialog(release, self._window)
        self._dialog = dialog
        dialog.install_wanted.connect(lambda: self._begin(self._load(release)))
        dialog.cancel_wanted.connect(self._cancel)
        dialog.finish_wanted.connect(lambda: self._begin(self._quit()))
        dialog.package_wanted.connect(lambda: self._begin(self._show_package()))
        dialog.page_wanted.connect(lambda: QDesktopServices.openUrl(QUrl(release.page)))
        dialog.skip_wanted.connect(self._skip)
        dialog.finished.connect(self._closed)
        dialog.show_view(self._first(release))
        let_enter_press_primary(dialog)
        fit_on_screen(dialog)
        dialog.open()

    def _closed(self) -> None:
        self._cancel()
        if self._dialog:
            self._dialog.deleteLater()
            self._dialog = None

    def _skip(self) -> None:
        self._watch.skip()
        if self._dialog:
            self._dialog.accept()

    def _first(self, release: Release, problem: str = "") -> UpdateView:
        if not self._way.fetches:
            return UpdateView(stage=Stage.MANAGER, command=self._way.command, problem=problem)
        if not self._keys:
            return UpdateView(stage=Stage.UNPINNED, problem=problem)
        if self._fetched and self._fetched.version == release.version and not problem:
            return self._loaded(self._fetched)
        return UpdateView(stage=Stage.OFFER, problem=problem)

    def _loaded(self, fetched: Fetched) -> UpdateView:
        if self._way.kind == "package":
            return UpdateView(stage=Stage.PACKAGE, command=self._way.command_for(fetched.path))
        return UpdateView(stage=Stage.READY)

    def _show(self, view: UpdateView) -> None:
        if self._dialog:
            self._dialog.show_view(view)

    # -- what takes time -------------------------------------------------------------------

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loading and not self._loading.done():
            work.close()
            return
        self._loading = self._bridge.do(work, self.tr("Installing the new version"))

    def _cancel(self) -> None:
        if self._loading:
            self._loading.cancel()

    async def _load(self, release: Release) -> None:
        self._fetched = None
        self._show(UpdateView(stage=Stage.LOADING))
        downloads = Downloads(self._bridge.config, self._keys)
        try:
            fetched = await downloads.fetch(release, self._way.ending, self._progress)
        except UpdateError as exc:
            self._show(self._first(release, _words(exc)))
        except asyncio.CancelledError:
            self._show(self._first(release))
            raise
        else:
            self._fetched = fetched
            self._show(self._loaded(fetched))

    def _progress(self, done: int, total: int) -> None:
        if self._dialog:
            self._dialog.show_progress(done, total)

    async def _show_package(self) -> None:
        if self._fetched and await self._is_sound(self._fetched):
            try:
                self._started = await asyncio.to_thread(open_package, self._fetched)
            except UpdateError as exc:
                command = self._way.command_for(self._fetched.path)
                self._show(UpdateView(stage=Stage.PACKAGE, command=command, problem=_words(exc)))

    async def _quit(self) -> None:
        """The installer is started when the app has ended, which the person may still refuse."""
        try:
            check_place(self._installation)
        except UpdateError as exc:
            self._show(UpdateView(stage=Stage.READY, problem=_words(exc)))
            return
        if self._fetched and self._dialog and await self._is_sound(self._fetched):
            self._dialog.accept()
            self._bridge.app_update_wanted.emit()

    async def _is_sound(self, fetched: Fetched) -> bool:
        """Told while there is a window to tell it in."""
        try:
            await asyncio.to_thread(fetched.recheck)
        except UpdateError as exc:
            self._fetched = None
            self._show(UpdateView(stage=Stage.OFFER, problem=_words(exc)))
            return False
        return True


def _words(error: UpdateError) -> str:
    return sentences(in_words(error.title), in_words(error.message))
