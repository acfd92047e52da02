"""Connects the section about plugins: looks at the files while it is seen, and acts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.setup.edits import with_setting
from ccr_desktop.core.setup.plugin_entries import (
    with_plugin,
    with_plugin_options,
    without_plugin,
)
from ccr_desktop.core.transformers.trying import try_out
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import Answer, cancel, choose, pick_file, pick_new_file
from ccr_desktop.desktop.opening import open_path
from ccr_desktop.desktop.pages.settings.plugin_records import CodeSeen
from ccr_desktop.desktop.pages.settings.plugin_template import new_plugin
from ccr_desktop.desktop.pages.settings.plugin_watch import PluginWatch
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.pages.settings.plugin_records import PluginSeen
    from ccr_desktop.desktop.pages.settings.plugins import PluginsView

_LOOK_EVERY_S = 0.5
_ROUTER = "CUSTOM_ROUTER_PATH"
_NODE = "https://nodejs.org/"


class PluginsPresenter(QObject):
    """Lives as long as its view."""

    def __init__(self, bridge: Bridge, view: PluginsView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._watch = PluginWatch(bridge)
        self._seen: CodeSeen | None = None
        self._is_looking = False
        self._connect()
        following = bridge.do(self._follow(), self.tr("Watching the plugins"))
        view.destroyed.connect(lambda _gone: following.cancel())

    def look(self) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._bridge.do(self._look(), self.tr("Looking at the plugins"))

    async def _follow(self) -> None:
        """A file may change at any time; nobody looks while the section is not seen."""
        while True:
            if self._seen is None or self._view.section.isVisible():
                await self._look()
            await asyncio.sleep(_LOOK_EVERY_S)

    async def _look(self) -> None:
        try:
            seen = await self._watch.look()
        finally:
            self._is_looking = False
        if seen is not None and seen != self._seen:
            self._seen = seen
            self._view.show_code(seen)

    def _connect(self) -> None:
        view, router = self._view, self._view.router
        view.shown.connect(self.look)
        view.add_wanted.connect(lambda: self._do(self._add(), self.tr("Adding a plugin")))
        view.write_wanted.connect(lambda: self._do(self._write(), self.tr("Writing a plugin")))
        view.test_wanted.connect(lambda one: self._do(self._test(one), self.tr("Testing")))
        view.open_wanted.connect(self._open)
        view.remove_wanted.connect(self._remove)
        view.providers_wanted.connect(lambda: self._bridge.page_wanted.emit("providers"))
        view.options_wanted.connect(self._set_options)
        view.node.activated.connect(lambda: QDesktopServices.openUrl(QUrl(_NODE)))
        router.choose.clicked.connect(
            lambda: self._do(self._choose_router(), self.tr("Choosing a router"))
        )
        router.open.clicked.connect(lambda: self._open(self._bridge.written.custom_router_path))
        router.remove.clicked.connect(lambda: self._set_router("", self.tr("No own router")))
        router.try_it.clicked.connect(lambda: self._bridge.page_wanted.emit("routes/try"))
        seen = InSight(self._view.section, self.look)
        self._bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._bridge.do(work, name)

    @property
    def _window(self) -> QWidget:
        return self._view.section.window()

    # -- transformers ----------------------------------------------------------------------

    async def _add(self) -> None:
        path = await self._picked(self.tr("Add a plugin"))
        if path is not None:
            words = self.tr("Added {name}").format(name=path.name)
            await self._bridge.edit(lambda raw: with_plugin(raw, str(path)), words)

    async def _write(self) -> None:
        """A new file that works already, opened to be changed."""
        if not await self._may_run(self.tr("Write one…")):
            return
        folder = await asyncio.to_thread(self._folder)
        path = await pick_new_file(self._window, self.tr("Write a plugin"), folder / "polite.py")
        if path is None:
            return
        await asyncio.to_thread(path.write_text, new_plugin(path.stem), encoding="utf-8")
        words = self.tr("Added {name}").format(name=path.name)
        if await self._bridge.edit(lambda raw: with_plugin(raw, str(path)), words):
            self._open(str(path))

    def _open(self, path: str) -> None:
        open_path(self._bridge, self._view.section, Path(path))

    def _folder(self) -> Path:
        """Beside the settings, where it is saved along with them."""
        store = self._bridge.store
        folder = (store.path or store.save_path).parent / "plugins"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    async def _picked(self, title: str) -> Path | None:
        """A file that may run here: of the first one it is said what that means."""
        if not await self._may_run(self.tr("Choose a file…")):
            return None
        kinds = self.tr("Python and JavaScript (*.py *.js *.mjs *.cjs)")
        return await pick_file(self._window, title, kinds)

    async def _may_run(self, go_on: str) -> bool:
        written = self._bridge.written
        if written.plugins or written.custom_router_path:
            return True
        answer = await choose(
            self._window,
            self.tr("Plugins run with your rights"),
            self.tr(
                "A plugin is a program. It sees what you send and what comes back, and can read"
                " your files and your keys. Add only files that you wrote, or whose author you"
                " trust."
            ),
            [cancel(), Answer("go", go_on, "primary")],
        )
        return answer == "go"

    def _remove(self, plugin: PluginSeen) -> None:
        words = self.tr("Removed {name}").format(name=plugin.title)
        self._bridge.edit(lambda raw: without_plugin(raw, plugin.number, plugin.text), words)

    def _set_options(self, plugin: PluginSeen, options: JsonObject) -> None:
        words = self.tr("Options of {name}").format(name=plugin.title)
        self._bridge.edit(
            lambda raw: with_plugin_options(raw, plugin.number, plugin.text, options), words
        )

    async def _test(self, plugin: PluginSeen) -> None:
        """In a thread: whatever the code does, the window goes on."""
        card = self._view.card(plugin.number)
        if card is None:
            return
        card.show_busy(is_busy=True)
        file = PluginFile(plugin.path, plugin.options, "")
        try:
            card.show_tried(await beside(lambda: try_out(file, plugin.options)))
        except CcrError as exc:
            card.show_words(in_words(str(exc)))
        finally:
            card.show_busy(is_busy=False)

    # -- the router ------------------------------------------------------------------------

    async def _choose_router(self) -> None:
        path = await self._picked(self.tr("Choose your own router"))
        if path is not None:
            self._set_router(str(path), self.tr("Own router: {name}").format(name=path.name))

    def _set_router(self, path: str, words: str) -> None:
        self._bridge.edit(lambda raw: with_setting(raw, _ROUTER, path or None), words)
