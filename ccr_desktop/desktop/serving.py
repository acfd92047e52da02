"""The router of the app, which is there before the window: whoever waits for it needs no pages."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

from ccr_desktop.core.service import Service
from ccr_desktop.desktop.hosting import LoopHost, ThreadHost
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.desktop.supervisor import Supervisor

if TYPE_CHECKING:
    import argparse

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.desktop.hosting import Host

_PARTS = (
    "ccr_desktop.desktop.icons",
    "ccr_desktop.desktop.theme",
    "ccr_desktop.desktop.launching",
    "ccr_desktop.desktop.attention",
    "ccr_desktop.desktop.bridge",
    "ccr_desktop.desktop.dialogs",
    "ccr_desktop.desktop.window",
    "ccr_desktop.desktop.tray.tray",
    "ccr_desktop.desktop.commands",
    "ccr_desktop.desktop.shell",
)
"""What the app is made of, each loaded in some milliseconds after those before it."""
_SEEN_PARTS = (
    "ccr_desktop.desktop.pages.home.recent_card",
    "ccr_desktop.desktop.pages.home.page",
)
"""What is seen first, which in the tray nobody does."""
_START_S = 1.0  # a router that takes longer starts beside the window
_FIRST_S = 0.01  # whoever waits for the router looks for it that often
_TURNS, _TURN_S = 20, 0.002


def supervised(store: ConfigStore) -> Supervisor:
    """The router of *store*, not started yet."""

    def service() -> Service:
        return Service(store.config, store)

    def address() -> tuple[str, int]:
        return store.config.host, store.config.port

    host: Host = ThreadHost(service) if store.config.desktop.service_thread else LoopHost(service)
    return Supervisor(host, address, lambda _: None)


def begins_hidden(chosen: argparse.Namespace, config: Config) -> bool:
    """Whether the app begins as an icon in the tray, if there is one."""
    return bool(chosen.hidden) or config.desktop.start_hidden


async def start_first(supervisor: Supervisor, *, is_hidden: bool) -> None:
    """Start the router, then load the window's modules bit by bit while nobody asks it for
    anything. What fails is the supervisor's to tell, once there is somebody to hear it.
    """
    starting = asyncio.ensure_future(supervisor.start())
    await asyncio.wait({starting}, timeout=_START_S)
    await asyncio.sleep(_FIRST_S)
    for part in _PARTS if is_hidden else _PARTS + _SEEN_PARTS:
        await _answer(supervisor)
        import_module(part)


async def _answer(supervisor: Supervisor) -> None:
    """Give the router a turn, and those who ask it right now a few more."""

    async def running(service: Service) -> int:
        return service.running_requests

    await asyncio.sleep(0)
    for _ in range(_TURNS):
        if supervisor.state.phase is not Phase.RUNNING or not await supervisor.host.call(running):
            return
        await asyncio.sleep(_TURN_S)
