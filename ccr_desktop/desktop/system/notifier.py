"""Shows notices by whatever the system has for that.

`notifier_for_system` makes the one to use. Its `run` belongs into the app's task group.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from ccr_desktop.desktop.notice import Do, Notice


class NotShown(Exception):
    """This way to show notices does not work at present."""


class Reason(Enum):
    """Why a notice went away."""

    EXPIRED = 1
    DISMISSED = 2
    CLOSED = 3
    UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person clicked on *notice*. `token` lets a window come to the front on Wayland."""

    notice: Notice
    do: Do
    token: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    notice: Notice
    reason: Reason


Answer = Chosen | Closed
Listener = Callable[[Answer], None]


class Notifier(Protocol):
    """Shows notices. `listener` is told what people do with them."""

    listener: Listener

    async def show(self, notice: Notice) -> int:
        """Its number for `close`. Raises `NotShown`."""
        ...

    async def close(self, number: int) -> None:
        """Take it away if it is still there."""
        ...

    async def run(self) -> None:
        """Whatever it needs to go on meanwhile, until it is cancelled."""
        ...


class FirstThatWorks:
    """Asks one notifier after the other. When none works `tell_blocked` is called, once until one
    works again, and `show` returns 0: the window and the icon are left to tell."""

    def __init__(self, notifiers: Sequence[Notifier], tell_blocked: Callable[[], None]) -> None:
        self._notifiers = tuple(notifiers)
        self._tell_blocked = tell_blocked
        self._shown: dict[int, tuple[Notifier, int]] = {}
        self._last = 0
        self.is_blocked = False

    @property
    def listener(self) -> Listener:
        return self._notifiers[0].listener

    @listener.setter
    def listener(self, listener: Listener) -> None:
        for notifier in self._notifiers:
            notifier.listener = listener

    async def show(self, notice: Notice) -> int:
        for notifier in self._notifiers:
            try:
                number = await notifier.show(notice)
            except NotShown:
                continue
            self.is_blocked = False
            return self._numbered(notifier, number)
        if not self.is_blocked:
            self.is_blocked = True
            self._tell_blocked()
        return 0

    def _numbered(self, notifier: Notifier, number: int) -> int:
        self._last += 1
        self._shown[self._last] = notifier, number
        self._shown.pop(self._last - 100, None)  # long gone from every screen
        return self._last

    async def close(self, number: int) -> None:
        if shown := self._shown.pop(number, None):
            notifier, its_number = shown
            await notifier.close(its_number)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for notifier in self._notifiers:
                tasks.create_task(notifier.run())


def notifier_for_system(
    tray: Notifier,
    tell_blocked: Callable[[], None],
    *,
    open_label: str = "Open",
    system: str = sys.platform,
) -> FirstThatWorks:
    """The desktop's own service first, where there is one; then *tray*, the icon's messages.

    *open_label* names what a click beside the buttons does.
    """
    if system in {"win32", "darwin"}:
        return FirstThatWorks([tray], tell_blocked)
    # Imports what only this system has.
    from ccr_desktop.desktop.system.bus import Bus  # noqa: PLC0415
    from ccr_desktop.desktop.system.notifier_freedesktop import (  # noqa: PLC0415
        FreedesktopNotifier,
    )

    return FirstThatWorks([FreedesktopNotifier(Bus(), open_label), tray], tell_blocked)
