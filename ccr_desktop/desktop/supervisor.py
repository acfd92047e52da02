"""Keeps the service running, and tells how it is.

A service that ended by itself is started again, three times, after growing pauses. What the user
has to decide, as a port that somebody else holds, is told and waits.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.server import neighbours
from ccr_desktop.desktop import service_words as words
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.hosting import Ending
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.service_state import PAUSES_S, Patience, Phase, ServiceState
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.desktop.hosting import Host

log = logging.getLogger(__name__)

CHECK_EVERY_S = 60.0
_AGAIN_S = 1.0  # between two looks at a service that does not answer


class Supervisor:
    """Starts, watches and stops the service of one host.

    *address* says where it should listen, *choose_port* changes that for the starts to come.
    """

    def __init__(
        self,
        host: Host,
        address: Callable[[], tuple[str, int]],
        choose_port: Callable[[int], None],
        *,
        pauses_s: tuple[float, ...] = PAUSES_S,
        check_every_s: float = CHECK_EVERY_S,
    ) -> None:
        self.state = ServiceState()
        self.host = host
        self._address = address
        self._choose_port = choose_port
        self._pauses_s = pauses_s
        self._check_every_s = check_every_s
        self._listeners: list[Callable[[ServiceState], None]] = []
        self._life: asyncio.Task[None] | None = None
        self._restart: asyncio.Task[ServiceState] | None = None
        self._restarts_to = "", 0
        self._comes_back = False
        self._looked_for = asyncio.Event()
        self._settled = asyncio.Event()

    def subscribe(self, listener: Callable[[ServiceState], None]) -> Callable[[], None]:
        """Let *listener* hear of every change, and of what has begun by now; the function returned
        ends that.
        """
        self._listeners.append(listener)
        if self.state.phase is not Phase.OFF:
            listener(self.state)
        return lambda: self._listeners.remove(listener)

    # -- what the user wants ---------------------------------------------------------------

    async def start(self) -> ServiceState:
        """Start it, unless it runs; the state once that has succeeded or failed."""
        return await self._begin(takes_over=False)

    async def stop(self) -> ServiceState:
        """Stop it, however far its start has come; nothing that is under way starts it again."""
        self._comes_back = False
        return await self._end()

    async def _end(self) -> ServiceState:
        life = self._life
        if life and not life.done():
            life.cancel()
            await asyncio.wait({life})
        if self.state.phase is not Phase.OFF:
            self._show(Phase.OFF)
        return self.state

    async def restart(self) -> ServiceState:
        """Whoever asks while it restarts to the same address waits for that."""
        wanted = self._address()
        if self._restart is None or self._restart.done() or self._restarts_to != wanted:
            self._restarts_to = wanted
            self._restart = asyncio.ensure_future(self._restarted())
        return await self._restart

    async def _restarted(self) -> ServiceState:
        return await self._begin_again(takes_over=False)

    async def take_over(self) -> ServiceState:
        """Have our other service on the port stop, and start this one there."""
        return await self._begin_again(takes_over=True)

    async def start_on(self, port: int) -> ServiceState:
        """Use this port from now on."""
        self._choose_port(port)
        return await self._begin_again(takes_over=False)

    def check(self) -> None:
        """Look at once whether it still answers, as after the computer has slept."""
        self._looked_for.set()

    async def _begin_again(self, *, takes_over: bool) -> ServiceState:
        self._comes_back = True
        await self._end()
        return await self._begin(takes_over=takes_over) if self._comes_back else self.state

    # -- its life --------------------------------------------------------------------------

    async def _begin(self, *, takes_over: bool) -> ServiceState:
        life = self._life
        is_ending = self.state.phase is Phase.STOPPING  # a program asked for it
        if life and not life.done() and (is_ending or life.cancelling()):
            await asyncio.wait({life})  # whoever wants it back while it stops
        if self._life is None or self._life.done():
            self._show(Phase.STARTING)
            self._life = asyncio.ensure_future(self._live(takes_over=takes_over))
        await self._settled.wait()
        return self.state

    async def _live(self, *, takes_over: bool) -> None:
        patience = Patience(self._pauses_s)
        try:
            if takes_over and not await self._took_over():
                return
            while await self._run_once(patience):
                pass
        except asyncio.CancelledError:
            self._show(Phase.STOPPING)
            await self._released()
            self._show(Phase.OFF)
            raise
        except Exception as exc:
            log.exception("the service could not be supervised")
            await self._released()
            self._show(Phase.FAILED, *words.failed(exc))

    async def _took_over(self) -> bool:
        host, port = self._address()
        if await neighbours.stop_other(host, port):
            return True
        conflict = await _conflict(host, port)
        self._show(Phase.FAILED, *words.not_taken_over(), conflict=conflict)
        return False

    async def _run_once(self, patience: Patience) -> bool:
        """Start it and watch it to its end; whether it is to be started again."""
        if not await self._started(patience):
            return False
        begun_s = time.monotonic()
        end = await self._watch()
        if end.is_wanted:
            self._show(Phase.STOPPING)
            await self._released()
            self._show(Phase.OFF)
            return False
        log.error("the service ended by itself: %s", end.problem)
        pause_s = patience.next_pause(time.monotonic() - begun_s)
        if pause_s is not None:
            self._show(Phase.STARTING, *words.ended(end.problem), patience.restarts)
        problem = await self._released(end.problem)
        if pause_s is None:
            told = words.keeps_ending(patience.restarts, problem)
            self._show(Phase.FAILED, *told, patience.restarts)
            return False
        if problem != end.problem:
            self._show(Phase.STARTING, *words.ended(problem), patience.restarts)
        await asyncio.sleep(pause_s)
        return True

    async def _released(self, problem: str = "") -> str:
        """Stop what is left of the service; *problem*, with what went wrong with that."""
        try:
            await self.host.stop()
        except Exception as exc:
            log.exception("the service could not be stopped")
            return words.not_stopped(problem, exc)
        return problem

    async def _started(self, patience: Patience) -> bool:
        try:
            await self.host.start()
        except CcrError as exc:
            conflict = await _conflict(*self._address())
            title, text = (
                words.in_the_way(conflict)
                if conflict
                else (in_words(exc.title), in_words(exc.message))
            )
            self._show(Phase.FAILED, title, text, patience.restarts, conflict=conflict)
            return False
        self._show(Phase.RUNNING, restarts=patience.restarts)
        return True

    async def _watch(self) -> Ending:
        """How the running service ended."""
        ending = asyncio.ensure_future(self.host.ended())
        looked_for = asyncio.ensure_future(self._looked_for.wait())
        try:
            while True:
                await asyncio.wait(
                    {ending, looked_for},
                    timeout=self._check_every_s,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if ending.done():
                    return ending.result()
                if looked_for.done():
                    self._looked_for.clear()
                    looked_for = asyncio.ensure_future(self._looked_for.wait())
                if not await self._answers(ending):
                    return Ending(False, words.no_answer())
        finally:
            ending.cancel()
            looked_for.cancel()

    async def _answers(self, ending: asyncio.Future[Ending]) -> bool:
        """Whether it answers at the second time at the latest, or has ended meanwhile."""
        url = self.host.url
        if not url or await neighbours.is_answering(url):
            return True
        await asyncio.wait({ending}, timeout=_AGAIN_S)
        return ending.done() or await neighbours.is_answering(url)

    def reword(self) -> None:
        """Say what is wrong in the language that is now in force."""
        state = self.state
        title, text = again(state.problem_title), again(in_words(state.problem_text))
        self.state = replace(state, problem_title=title, problem_text=text)

    def _show(
        self,
        phase: Phase,
        title: str = "",
        text: str = "",
        restarts: int = 0,
        conflict: neighbours.PortConflict | None = None,
    ) -> None:
        url = self.host.url if phase is Phase.RUNNING else ""
        self.state = ServiceState(phase, url, title, text, time.time(), restarts, conflict)
        if phase is Phase.STARTING:
            self._settled.clear()
        elif phase is not Phase.STOPPING:
            self._settled.set()
        for listener in (*self._listeners,):
            try:
                listener(self.state)
            except Exception:
                log.exception("a listener failed on %s", phase)


async def _conflict(host: str, port: int) -> neighbours.PortConflict | None:
    """Who holds the port, if the service wants a certain one."""
    return await neighbours.find_conflict(host, port) if port else None
