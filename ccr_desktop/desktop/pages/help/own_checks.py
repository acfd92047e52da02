"""What only the app itself can check: its router, the tray, notices."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSystemTrayIcon

from ccr_desktop import __version__
from ccr_desktop.core.server.neighbours import find_conflict, is_answering
from ccr_desktop.desktop.pages.home.tray_hint import tray_hint
from ccr_desktop.desktop.service_state import Phase
from ccr_desktop.doctor.beside import at_home
from ccr_desktop.doctor.check import Check, Finding, Repair, Side, Verdict, fine, unchecked
from ccr_desktop.doctor.desktop import NOTICES, NOTICES_TITLE, TRAY, TRAY_TITLE
from ccr_desktop.doctor.keys import judged
from ccr_desktop.doctor.words import NOTHING, Words, say
from ccr_desktop.errors import ServiceError, sentences

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.service_state import ServiceState
    from ccr_desktop.doctor.check import Around

_PAGE = "settings/notifications"
_STORE_S = 25.0  # the worker gives up by itself before


def own_checks(desk: Desk) -> list[Check]:
    """They take the place of those that see less."""

    async def answers(_: Around) -> Finding:
        return await _router(desk)

    async def tray(_: Around) -> Finding:
        return _tray()

    async def notices(around: Around) -> Finding:
        return await _notices(desk, around)

    async def store(around: Around) -> Finding:
        return judged(await desk.secrets.status(), around)

    return [
        Check("service", say("The router answers"), at_home(answers)),
        Check("key-store", say("The store of keys"), at_home(store), _STORE_S),
        Check(TRAY, TRAY_TITLE, at_home(tray)),
        Check(NOTICES, NOTICES_TITLE, at_home(notices)),
    ]


async def _router(desk: Desk) -> Finding:
    supervisor = desk.bridge.supervisor
    is_starting = supervisor.state.phase is Phase.STARTING
    state = await supervisor.start() if is_starting else supervisor.state
    if state.phase is not Phase.RUNNING:
        told = sentences(state.problem_title, state.problem_text).strip(". ")
        stopped = say("The router is off.")
        failed = say("The router does not run: {problem}.", problem=told.rstrip("."))
        # What has its port stands there with a way out of its own: it would be in the way again.
        is_free = not await _has_its_port(desk, state)
        return Finding(
            verdict=Verdict.PROBLEM if state.phase is Phase.FAILED else Verdict.WARNING,
            text=failed if told else stopped,
            side=Side.ROUTER,
            remedy=say("Start it: the button at the top.") if is_free else NOTHING,
            repair=Repair(say("Start it"), lambda: _started(desk), ("port",)) if is_free else None,
            page="home",
        )
    # A busy machine may need a second try.
    if not await is_answering(state.url) and not await is_answering(state.url):
        return Finding(
            verdict=Verdict.PROBLEM,
            text=say("The router runs, and does not answer on {url}.", url=state.url),
            side=Side.ROUTER,
            remedy=say("Restart it, and look at the log."),
            repair=Repair(say("Restart it"), lambda: _restarted(desk), ("port",)),
            page="home",
        )
    return fine(say("It answers on {url}, version {version}.", url=state.url, version=__version__))


async def _has_its_port(desk: Desk, state: ServiceState) -> bool:
    """Whether another program has it still."""
    found = state.conflict
    return found is not None and bool(await find_conflict(desk.bridge.config.host, found.port))


async def taken_over(desk: Desk) -> str:
    """The address at which the router runs in place of an older copy. Raises `ServiceError`."""
    state = await desk.bridge.supervisor.take_over()
    _running(state)
    return state.url


async def _started(desk: Desk) -> Words:
    return _running(await desk.bridge.supervisor.start())


async def _restarted(desk: Desk) -> Words:
    return _running(await desk.bridge.supervisor.restart())


def _running(state: ServiceState) -> Words:
    if state.phase is not Phase.RUNNING:
        raise ServiceError(state.problem_title, state.problem_text)
    return say("The router runs.")


def _tray() -> Finding:
    if QSystemTrayIcon.isSystemTrayAvailable():
        return fine(say("The icon can be seen."))
    return Finding(
        verdict=Verdict.WARNING,
        text=say("{hint}", hint=tray_hint()),
        side=Side.COMPUTER,
        remedy=say("The window does all that the icon does."),
        page="settings/general",
    )


async def _notices(desk: Desk, around: Around) -> Finding:
    if not any(around.config.desktop.notifications.values()):
        return unchecked(say("All kinds of notices are switched off."))
    is_served = await _serves_notices()
    if desk.attention.is_blocked or is_served is False:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("The system shows no notices."),
            side=Side.COMPUTER,
            remedy=say("Allow them in its settings; what is missed stands on the page Home."),
            page=_PAGE,
        )
    return fine(say("The system shows notices."), page=_PAGE)


async def _serves_notices() -> bool | None:
    """Whether anything takes notices; None where only showing one would tell."""
    if sys.platform in {"win32", "darwin"}:
        return QSystemTrayIcon.supportsMessages()
    # Imports what only this system has.
    from ccr_desktop.desktop.system.bus import Bus, BusError  # noqa: PLC0415
    from ccr_desktop.desktop.system.notifier_freedesktop import PLACE  # noqa: PLC0415

    bus = Bus()
    running = asyncio.ensure_future(bus.run())
    try:
        await bus.call(PLACE, "GetCapabilities")
    except BusError:
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    return True
