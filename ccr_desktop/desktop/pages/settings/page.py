"""The frame of Settings: its sections, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.settings.sections import sections
from ccr_desktop.desktop.tokens import CONTENT_WIDTH, XL, L, M
from ccr_desktop.desktop.widgets.labels import PageTitle
from ccr_desktop.desktop.widgets.segments import SegmentedControl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.sections import SectionEntry


def build(desk: Desk) -> QWidget:
    return SettingsPage(desk, sections())


class SettingsPage(QWidget):
    def __init__(self, desk: Desk, entries: Sequence[SectionEntry]) -> None:
        super().__init__()
        self.setObjectName("settings")
        self.setProperty("surface", "page")
        self._desk = desk
        self._entries = {entry.key: entry for entry in entries}
        self._built: dict[str, QWidget] = {}
        names = [(entry.key, entry.title) for entry in entries]
        self._tabs = SegmentedControl(names, name=self.tr("Sections of the settings"))
        self._stack = QStackedWidget()
        self._lay_out()
        self._tabs.changed.connect(self._show)
        self._show(entries[0].key)

    def show_detail(self, key: str) -> None:
        """Bring a section to the front."""
        if key in self._entries:
            self._tabs.set_current(key)

    @property
    def section(self) -> str:
        return self._tabs.current()

    def _show(self, key: str) -> None:
        if key not in self._built:
            section = self._entries[key].build(self._desk)
            section.setObjectName(f"settings-{key}")
            section.setAccessibleName(self._entries[key].title)
            self._built[key] = section
            self._stack.addWidget(section)
        self._stack.setCurrentWidget(self._built[key])

    def _lay_out(self) -> None:
        head = QWidget()
        head.setMaximumWidth(CONTENT_WIDTH)
        above = QVBoxLayout(head)
        above.setContentsMargins(0, XL, 0, 0)
        above.setSpacing(M)
        above.addWidget(PageTitle(self.tr("Settings")))
        above.addWidget(self._tabs)
        row = QHBoxLayout()
        row.setContentsMargins(XL, 0, XL, 0)
        row.addStretch(1)
        row.addWidget(head, 1000)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(L)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
