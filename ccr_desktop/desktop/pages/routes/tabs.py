"""The views of Routes, side by side. A further one is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ccr_desktop.desktop.widgets.segments import SegmentedControl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.page import RoutesPage

Build = Callable[["Desk", "RoutesPage"], QWidget]
WORK, RULES, FOLDERS, FAILOVER = "work", "rules", "folders", "failover"

# Key, words, the module of this package whose `build` makes the view when it is shown (the first
# one is the page's own), and whether the route set that is shown concerns it.
_TABS: tuple[tuple[str, object, str, bool], ...] = (
    (WORK, QT_TRANSLATE_NOOP("Routes", "Kinds of work"), "", True),
    (RULES, QT_TRANSLATE_NOOP("Routes", "Rules"), "rules.presenter", True),
    (FOLDERS, QT_TRANSLATE_NOOP("Routes", "Projects"), "folders", False),
    (FAILOVER, QT_TRANSLATE_NOOP("Routes", "Backup behaviour"), "failover", False),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """`build` gets the page, which tells the route set that is shown: `shown_set`, `set_shown`."""

    key: str
    label: str
    build: Build | None = None
    is_of_set: bool = True

    @property
    def words(self) -> str:
        return QCoreApplication.translate("Routes", self.label)


def tabs() -> tuple[Tab, ...]:
    return tuple(
        Tab(key, str(label), _from(module) if module else None, is_of_set)
        for key, label, module, is_of_set in _TABS
    )


class Tabs(QObject):
    """The row that chooses, and the stack that shows; a view is made when it is first chosen."""

    of_set_changed = Signal(bool)
    """Whether the route set that is shown concerns the view."""

    def __init__(self, entries: Sequence[Tab], first: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = {entry.key: entry for entry in entries}
        self._made: dict[str, QWidget] = {WORK: first}
        self._make: Callable[[Build], QWidget] | None = None
        words = [(entry.key, entry.words) for entry in entries]
        self.row = SegmentedControl(words, name=self.tr("Parts of this page"))
        if len(words) == 1:
            self.row.hide()
        self.stack = QStackedWidget()
        self._add(WORK, first)
        self.row.changed.connect(self._show)

    def use(self, make: Callable[[Build], QWidget]) -> None:
        """How views are made: called with the `build` of one."""
        self._make = make

    def view(self, key: str) -> QWidget | None:
        """The view, if it was made."""
        return self._made.get(key)

    def has(self, key: str) -> bool:
        return key in self._entries

    def is_of_set(self) -> bool:
        return self._entries[self.row.current()].is_of_set

    def _show(self, key: str) -> None:
        build = self._entries[key].build
        if key not in self._made and build and self._make:
            self._made[key] = self._make(build)
            self._add(key, self._made[key])
        self.of_set_changed.emit(self._entries[key].is_of_set)
        if key in self._made:
            self.stack.setCurrentWidget(self._made[key])

    def _add(self, key: str, view: QWidget) -> None:
        view.setAccessibleName(self._entries[key].words)
        self.stack.addWidget(view)


def _from(module: str) -> Build:
    def build(desk: Desk, page: RoutesPage) -> QWidget:
        found = import_module(f"ccr_desktop.desktop.pages.routes.{module}")
        return cast("QWidget", found.build(desk, page))

    return build
