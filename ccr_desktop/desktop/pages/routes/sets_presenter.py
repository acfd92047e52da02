"""Making, naming, choosing and removing route sets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ccr_desktop.core.setup.route_sets import (
    free_copy_name,
    free_set_name,
    route_set_folders,
    route_set_names,
    with_new_route_set,
    with_route_set_renamed,
    without_route_set,
)
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.dialogs import Answer, cancel, choose
from ccr_desktop.desktop.name_dialog import ask_name
from ccr_desktop.desktop.pages.routes.shown import standard_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.pages.routes.page import RoutesPage


class SetsPresenter(QObject):
    """`shown` is the name of the set whose routes the page shows; empty for `Router`."""

    def __init__(self, page: RoutesPage, bridge: Bridge, show: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = bridge
        self._show = show
        self._shown = bridge.config.route_set
        card = page.sets
        card.shown_wanted.connect(self._show_set)
        card.use_wanted.connect(bridge.set_route_set)
        card.new_wanted.connect(lambda: bridge.do(self._make(), self.tr("New route set")))
        card.rename_wanted.connect(
            lambda name: bridge.do(self._rename(name), self.tr("Renaming a route set"))
        )
        card.duplicate_wanted.connect(
            lambda name: bridge.do(self._duplicate(name), self.tr("Duplicating a route set"))
        )
        card.remove_wanted.connect(
            lambda name: bridge.do(self._remove(name), self.tr("Removing a route set"))
        )

    @property
    def shown(self) -> str:
        """In place of a set that is gone the one in force, until an undo brings it back."""
        is_there = not self._shown or self._shown in route_set_names(self._bridge.raw)
        return self._shown if is_there else self._bridge.config.route_set

    def _show_set(self, name: str) -> None:
        self._shown = name
        self._show()

    async def _make(self) -> None:
        """It begins as what is in force for all: a copy of the standard routes."""
        await self._make_like("", self.tr("New route set"), self.tr("Create"), "")

    async def _duplicate(self, like: str) -> None:
        title, button = self.tr("Duplicate the route set"), self.tr("Duplicate")
        await self._make_like(like, title, button, free_copy_name(self._bridge.raw, like))

    async def _make_like(self, like: str, title: str, button: str, proposed: str) -> None:
        check = partial(free_set_name, self._bridge.raw, standard=standard_words())
        name = await ask_name(self._page, title, button, proposed, check)
        if not name:
            return
        words = self.tr("New route set: {name}").format(name=name)
        if await self._bridge.edit(lambda raw: with_new_route_set(raw, name, like), words):
            self._show_set(name)

    async def _rename(self, old: str) -> None:
        title, button = self.tr("Rename the route set"), self.tr("Rename")
        check = partial(free_set_name, self._bridge.raw, besides=old, standard=standard_words())
        name = await ask_name(self._page, title, button, old, check)
        if not name or name == old:
            return
        words = self.tr("Renamed {old} to {name}").format(old=old, name=name)
        if await self._bridge.edit(lambda raw: with_route_set_renamed(raw, old, name), words):
            self._show_set(name)

    async def _remove(self, name: str) -> None:
        if not await self._may_remove(name):
            return
        words = self.tr("Removed the route set {name}").format(name=name)

        def edit(raw: JsonObject) -> JsonObject:
            is_there = name in route_set_names(raw)  # a second click comes before the first is done
            return without_route_set(raw, name) if is_there else raw

        await self._bridge.edit(edit, words)

    async def _may_remove(self, name: str) -> bool:
        """Folders that have the set lose its rules, too: that is asked first."""
        folders = route_set_folders(self._bridge.raw, name)
        if not folders:
            return True
        text = self.tr("These folders use it, and follow the set in force from then on: {folders}")
        answer = await choose(
            self._page,
            self.tr("Remove the route set {name}?").format(name=name),
            text.format(folders=lists.names(folders)),
            [cancel(), Answer("remove", self.tr("Remove"), "danger")],
        )
        return answer == "remove"
