"""Every view of the window, one after the other, with much in it: for tests that hold everywhere.

async with crowded_window() as window:
    async for view in shown(window): ...
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ccr_desktop.desktop.pages.registry import WIZARD, pages
from ccr_desktop.desktop.pages.routes.tabs import tabs
from ccr_desktop.desktop.pages.settings.sections import sections
from ccr_desktop.desktop.pages.settings.text import TextSection
from ccr_desktop.desktop.widgets.disclosure import Disclosure
from ccr_desktop.desktop.window import MINIMUM, USUAL, Window
from ccr_desktop.desktop.wizard.frame import Wizard
from scripts.screenshots.scene import ADDRESSES, configuration
from tests.unit.desktop.desks import open_desk, write_config
from tests.unit.desktop.waiting import eventually

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk

SIZES = (MINIMUM, USUAL)
_WIZARD_STEPS = 5
_QUIET_TURNS = 3  # what one turn asks for comes in the next
_MOST_TURNS = 1000
_LAST = QEvent.Type(QEvent.registerEventType())
_MOVING = {
    QEvent.Type.LayoutRequest,
    QEvent.Type.MetaCall,  # what is left for later
    QEvent.Type.Move,
    QEvent.Type.PolishRequest,
    QEvent.Type.Resize,
    QEvent.Type.Show,
}


@dataclass(frozen=True, slots=True)
class View:
    """`name` is the address of the view, `widget` the page that shows it."""

    name: str
    widget: QWidget


def takes_long(test: Callable[..., Any]) -> Callable[..., Any]:
    """A test that walks through everything: minutes, where other work shares the processors."""
    return pytest.mark.timeout(900)(pytest.mark.limit(800)(test))


@asynccontextmanager
async def crowded_window(size: QSize = USUAL) -> AsyncIterator[Window]:
    """With 30 providers, some with names that no line holds."""
    write_config(crowded())
    async with open_desk() as desk:
        window = _opened(desk, size)
        await eventually(window.isActiveWindow)
        try:
            yield window
        finally:
            window.hide()
            window.deleteLater()
            await drawn()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def crowded() -> dict[str, object]:
    """Everything that the window shows, and much of it."""
    raw = configuration(ADDRESSES, is_crowded=True)
    rules = [
        {"name": "nights", "when": {"time": "22:00-06:00"}, "route": "ollama,gpt-oss:20b"},
        {"name": "clients", "when": {"folder": "~/clients"}, "only": ["ollama"]},
        {"when": {"contains": "secret"}, "never": ["deepseek", "moonshot"]},
    ]
    agents = {"reviewer": "moonshot,kimi-latest", "planner": "deepseek,deepseek-reasoner"}
    return raw | {"Router": {**raw["Router"], "rules": rules, "agents": agents}}


def _opened(desk: Desk, size: QSize) -> Window:
    window = Window(desk, pages())
    window.show_overview(desk.bridge.overview)
    window.resize(size)
    window.show()
    window.activateWindow()
    return window


def addresses() -> list[str]:
    of_settings = [f"settings/{section.key}" for section in sections()]
    of_routes = [f"routes/{tab.key}" for tab in tabs()]
    of_providers = ["providers", "providers/deepseek"]
    alone = [page.key for page in pages() if page.key not in {"settings", "routes", "providers"}]
    return [*alone, *of_providers, *of_routes, *of_settings]


async def shown(window: Window) -> AsyncIterator[View]:
    """Bring one view after the other to the front, with all that can be opened in it open."""
    for address in addresses():
        window.show_page(address)
        page = present(window)
        for fold in page.findChildren(Disclosure):
            fold.button.setChecked(True)
        await drawn()
        if (text := page.findChild(TextSection)) and text.isVisible():
            await eventually(text.keys.isVisible)  # what is found beside the loop
            await drawn()
        if address == WIZARD and isinstance(page, Wizard):
            for step in range(_WIZARD_STEPS):
                page.show_step(step)
                await drawn()
                yield View(f"{address}/{step}", page)
        else:
            yield View(address, page)


def present(window: Window) -> QWidget:
    """The page that is in front."""
    return window.findChild(QWidget, "pages").currentWidget()


async def drawn() -> None:
    """Until what was begun by showing something is laid out: no widget has more to do."""
    busy = _Busy()
    quiet = 0
    for _ in range(_MOST_TURNS):
        await busy.turn()
        quiet = 0 if busy.was_seen else quiet + 1
        if quiet == _QUIET_TURNS:
            break
    busy.deleteLater()
    assert quiet == _QUIET_TURNS, "the window is laid out without end"


class _Busy(QObject):
    """Sees whether widgets are told of anything that moves or makes others, turn by turn."""

    def __init__(self) -> None:
        super().__init__()
        self.was_seen = True

    async def turn(self) -> None:
        """Until all has come that waits already, and what the loop was to call."""
        self.was_seen = False
        app = QApplication.instance()
        assert app
        app.installEventFilter(self)
        came = asyncio.get_running_loop().create_future()
        self._came = came
        QCoreApplication.postEvent(self, QEvent(_LAST), Qt.EventPriority.LowEventPriority.value)
        await came
        await asyncio.sleep(0)
        app.removeEventFilter(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == _LAST:
            self._came.set_result(None)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # of Qt
        if watched.isWidgetType() and event.type() in _MOVING:
            self.was_seen = True
        return False
