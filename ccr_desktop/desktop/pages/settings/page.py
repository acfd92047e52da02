"""The frame of Settings: its sections, one at a time, and the search over all settings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.routes.tabs import tabs
from ccr_desktop.desktop.pages.settings.results import Results
from ccr_desktop.desktop.pages.settings.sections import sections
from ccr_desktop.desktop.setting_places import ALL_PLACES
from ccr_desktop.desktop.setting_search import search
from ccr_desktop.desktop.shelf import Shelf
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.labels import PageTitle
from ccr_desktop.desktop.widgets.search_field import SearchField
from ccr_desktop.desktop.widgets.side_list import SideList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.sections import SectionEntry

_SIDE, _SIDE_NARROW, _NARROW_BELOW = 184, 172, 760
_SEARCH = 280


def build(desk: Desk) -> QWidget:
    return SettingsPage(desk, sections())


class SettingsPage(QWidget):
    def __init__(self, desk: Desk, entries: Sequence[SectionEntry]) -> None:
        super().__init__()
        self.setObjectName("settings")
        self.setProperty("surface", "page")
        self._desk = desk
        self._entries = {entry.key: entry for entry in entries}
        names = [(entry.key, entry.title) for entry in entries]
        self._side = SideList(names, self.tr("Sections of the settings"))
        self._shelf = Shelf("settings-sections", self._build)
        self.search = SearchField(self.tr("Search all settings"))
        self.search.setObjectName("search-settings")
        self._parts = QWidget()
        self._below = QStackedWidget()
        self._lay_out()
        self._connect()
        self._shelf.bring(entries[0].key)
        Draft(self, "settings", self._sections_in_use, self._go_back_to)

    def show_detail(self, key: str) -> None:
        """Bring a section to the front; `text/problem` also says where in it."""
        name, _, detail = key.partition("/")
        self.search.clear()
        if name not in self._entries:
            return
        self._side.set_current(name)
        section = self._shelf.bring(name)
        if detail and hasattr(section, "show_detail"):
            section.show_detail(detail)

    def show_setting(self, key: str) -> None:
        """Bring the section of a setting to the front."""
        self.show_detail(ALL_PLACES[key].section)

    def begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @property
    def section(self) -> str:
        return self._side.current()

    @cached_property
    def results(self) -> Results:
        results = Results()
        results.chosen.connect(self._desk.bridge.page_wanted)
        results.left.connect(self._end_search)
        self.search.down_pressed.connect(results.rows.setFocus)
        self.search.enter_pressed.connect(results.open_first)
        self._below.addWidget(results)
        return results

    def _connect(self) -> None:
        self._side.changed.connect(self._show)
        self.search.searched.connect(self._look_for)

    def _look_for(self, typed: str) -> None:
        if typed:
            self.results.show_found(search(typed, self._names()))
        self._below.setCurrentWidget(self.results if typed else self._parts)

    def _end_search(self) -> None:
        self.search.setFocus()
        self.search.clear()

    def _sections_in_use(self) -> list[str]:
        """Those with something unsaved, and last the one in front."""
        return [*self._shelf.unsaved(), self.section]

    def _go_back_to(self, sections: object) -> None:
        for key in sections if isinstance(sections, list) else []:
            self._side.set_current(key)
            self._shelf.bring(key)

    def _names(self) -> dict[str, str]:
        own = {f"settings/{key}": entry.title for key, entry in self._entries.items()}
        of_routes = {f"routes/{tab.key}": tab.words for tab in tabs()}
        return {page.key: page.title for page in pages()} | own | of_routes

    def _show(self, key: str) -> None:
        self._shelf.build_ahead(key, lambda: self._shelf.bring(key))

    def _build(self, key: str) -> QWidget:
        section = self._entries[key].build(self._desk)
        section.setObjectName(f"settings-{key}")
        section.setAccessibleName(self._entries[key].title)
        return section

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(XL, 0, XL, 0)
        head.setSpacing(M)
        head.addWidget(PageTitle(self.tr("Settings")), 1)
        self.search.setFixedWidth(_SEARCH)
        head.addWidget(self.search)
        self._below.addWidget(self._parts)  # before it is filled: Qt shows it at once
        row = QHBoxLayout(self._parts)
        row.setContentsMargins(L, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._shelf, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(L)
        column.addLayout(head)
        column.addWidget(self._below, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = event.size().width() < _NARROW_BELOW
        least = _SIDE_NARROW if is_narrow else _SIDE
        self._side.setFixedWidth(self._side.wanted_width(least))
        super().resizeEvent(event)
