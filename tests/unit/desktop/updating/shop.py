"""An app that hears of new versions from a server of the test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.updating.dialog import UpdateDialog
from ccr_desktop.desktop.updating.flow import Updating
from ccr_desktop.desktop.window import Window
from tests.support.release_site import ReleaseSite
from tests.unit.desktop.attended import RAW, Screen, listening

DAY_S = 86_400.0


@dataclass
class Clock:
    """Seconds since 1970, as the test has them."""

    now_s: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Shop:
    site: ReleaseSite
    desk: Desk
    screen: Screen
    clock: Clock = field(default_factory=Clock)

    @property
    def looks(self) -> int:
        """How often the server was asked what is new."""
        return sum(path.endswith("latest") for path, _ in self.site.requests)

    def later(self, days: float) -> None:
        """Time passes, and the app comes by."""
        self.clock.now_s += days * DAY_S
        self.desk.updates.look()


@asynccontextmanager
async def shop(site: ReleaseSite, **desktop: Any) -> AsyncIterator[Shop]:
    """`begin` of the watch is left to the test."""
    settings = {"updateSource": site.source, **desktop}
    async with listening({**RAW, "Desktop": settings}) as (desk, screen):
        made = Shop(site, desk, screen)
        desk.updates._clock = made.clock
        desk.attention._notices._clock = made.clock
        try:
            yield made
        finally:
            desk.updates.end()


@asynccontextmanager
async def opened(made: Shop) -> AsyncIterator[tuple[Window, Updating]]:
    """The window over it, as small as it gets."""
    window = Window(made.desk, pages())
    updating = Updating(made.desk, window)
    made.desk.bridge.update_wanted.connect(updating.show)
    window.resize(760, 520)
    window.show()
    try:
        yield window, updating
    finally:
        await made.desk.bridge.tasks.end()
        window.hide()
        window.deleteLater()
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def dialog_of(window: Window) -> UpdateDialog | None:
    return next((d for d in window.findChildren(UpdateDialog) if d.isVisible()), None)
