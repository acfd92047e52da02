"""The router itself: whether it answers, who has its port, and what earlier ones left behind."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from ccr_desktop import __version__, runfile
from ccr_desktop.core.daemons import beside
from ccr_desktop.core.server.neighbours import ask, find_conflict, find_free_port, stop_other
from ccr_desktop.core.server.port import address
from ccr_desktop.doctor.check import Around, Check, Finding, Repair, Side, Verdict, fine
from ccr_desktop.doctor.words import NOTHING, Words, say
from ccr_desktop.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.server.neighbours import PortConflict
    from ccr_desktop.runfile import RunInfo

_NAME = "CCR Desktop"


async def _answers(around: Around) -> Finding:
    url = address(around.config)
    about = await ask(url, "/")
    if about is None or about.get("name") != _NAME:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("The router does not run on {url}.", url=url),
            side=Side.ROUTER,
            remedy=say("Start it: the button in the window, or `ccr start`."),
            in_window=say("Start it: the button at the top."),
            repair=await _start(around),
            page="home",
        )
    version = str(about.get("version", "?"))
    if version != __version__:
        return Finding(
            verdict=Verdict.WARNING,
            text=say(
                "Version {running} runs on {url}; installed is {installed}.",
                running=version,
                url=url,
                installed=__version__,
            ),
            side=Side.ROUTER,
            remedy=say("Restart it: `ccr restart`."),
            in_window=say("Restart it: stop it and start it at the top."),
            page="home",
        )
    return fine(say("It answers on {url}, version {version}.", url=url, version=version))


async def _start(around: Around) -> Repair | None:
    """None where it could not have its port: that has a way out of its own."""
    config, start = around.config, around.start
    if start is None or (config.port and await find_conflict(config.host, config.port)):
        return None

    async def started() -> Words:
        return say("The router runs on {url}.", url=await start())

    return Repair(say("Start it"), started, also=("port", "leftovers"), is_last=True)


async def _port(around: Around) -> Finding:
    config = around.config
    if config.port == 0:
        return fine(say("Any free port is taken."))
    conflict = await find_conflict(config.host, config.port)
    if conflict is None:
        return fine(say("Port {port} is free.", port=config.port))
    if conflict.is_ours:
        return _held_by_us(around, conflict)
    free = await asyncio.to_thread(find_free_port, config.port, config.host)
    holder = conflict.holder or "another program"
    return Finding(
        verdict=Verdict.PROBLEM,
        text=say("Port {port} is used by {holder}.", port=config.port, holder=holder),
        side=Side.COMPUTER,
        remedy=say("End that program, or use another port, such as {free}.", free=free),
        repair=_use_port(around, free),
        page="settings/service",
    )


def _held_by_us(around: Around, conflict: PortConflict) -> Finding:
    holder = conflict.holder or _NAME
    if conflict.version in {"", __version__}:  # or one too busy to say
        return fine(
            say("Port {port} is the router's: {holder}.", port=conflict.port, holder=holder)
        )
    return Finding(
        verdict=Verdict.WARNING,
        text=say(
            "An older copy of the router ({version}) has port {port}: {holder}.",
            version=conflict.version,
            port=conflict.port,
            holder=holder,
        ),
        side=Side.ROUTER,
        remedy=say("Stop it, then start the router again."),
        repair=_out_of_the_way(around) if conflict.can_take_over else None,
        page="home",
    )


def _out_of_the_way(around: Around) -> Repair:
    take_over = around.take_over
    if take_over is None:
        return Repair(say("Stop the older copy"), lambda: _stopped(around), also=("service",))

    async def taken_over() -> Words:
        return say("The router runs on {url}.", url=await take_over())

    return Repair(say("Stop it and start again"), taken_over, also=("service", "leftovers"))


def _use_port(around: Around, free: int) -> Repair:
    async def use() -> Words:
        if around.use_port is not None:
            await around.use_port(free)
            return NOTHING
        store = around.store
        if not store.heeds_port(free):
            raise ServiceError(
                "Another port counts than that of the settings",
                "--port or SERVICE_PORT says which. Start without it.",
            )
        base, raw = store.revision, {**store.written.raw, "PORT": free}
        await beside(lambda: store.save(raw, base=base))
        return say("The settings name port {port} now.", port=free)

    return Repair(say("Use port {port}", port=free), use, also=("service",))


async def _stopped(around: Around) -> Words:
    if not await stop_other(around.config.host, around.config.port):
        raise ServiceError("The older copy does not stop", "End it where it was started.")
    return say("The older copy has stopped.")


async def _left_behind(_around: Around) -> Finding:
    """Run files are hints: each address is asked before anything is believed."""
    found = {port: await beside(partial(runfile.read, port)) for port in runfile.ports()}
    running = [info for info in found.values() if info and await _is_router(info.url)]
    urls = {info.url for info in running}
    stale = {
        port: info
        for port, info in found.items()
        if info is None or (info.url not in urls and not await beside(partial(_lives, info.pid)))
    }
    others = tuple(f"{info.url} (process {info.pid})" for info in running)
    if stale:
        return Finding(
            verdict=Verdict.WARNING,
            text=say(
                "Files of routers that are gone are left for port {ports}.",
                ports=tuple(stale),
            ),
            side=Side.ROUTER,
            remedy=say("They do no harm, and can be removed."),
            repair=Repair(say("Remove them"), lambda: _removed(stale)),
        )
    if len(others) > 1:
        return Finding(
            verdict=Verdict.WARNING,
            text=say("{count} routers run at once.", count=len(others)),
            side=Side.ROUTER,
            remedy=say("Keep one: `ccr stop --port N` ends another."),
            in_window=say("Keep one: end another where it was started."),
            details=others,
            page="settings/service",
        )
    return fine(say("No earlier router is left behind."), *others)


async def _is_router(url: str) -> bool:
    about = await ask(url, "/")
    return about is not None and about.get("name") == _NAME


def _lives(pid: int) -> bool:
    import psutil  # noqa: PLC0415  # seldom needed

    return psutil.pid_exists(pid)


async def _removed(stale: Mapping[int, RunInfo | None]) -> Words:
    """Not that of a router which started since."""
    for port, info in stale.items():
        await beside(partial(runfile.forget, port, info))
    return say("Removed.")


CHECKS = (
    Check("service", say("The router answers"), _answers),
    Check("port", say("Its port"), _port),
    Check("leftovers", say("Earlier routers"), _left_behind, 20.0),
)
