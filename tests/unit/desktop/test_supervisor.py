"""The supervisor keeps the service running, and says in words when it can't."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from ccr_desktop import runfile
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.server import neighbours
from ccr_desktop.core.server.neighbours import ask, find_conflict, find_free_port, is_answering
from ccr_desktop.core.service import Service
from ccr_desktop.desktop import supervisor as supervisor_module
from ccr_desktop.desktop.hosting import Host, LoopHost, ThreadHost
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.service_state import STEADY_S, Patience, Phase, ServiceState
from ccr_desktop.desktop.supervisor import Supervisor
from ccr_desktop.errors import ConfigError
from tests.component.conftest import configuration
from tests.support import router
from tests.support.ports import free_port
from tests.support.upstream import Upstream
from tests.unit.desktop.waiting import eventually

Kind = Callable[[Callable[[], Service]], Host]


class Watched:
    """A supervisor on a port of its own, and all that it told."""

    def __init__(self, kind: Kind, provider_url: str, port: int = 0) -> None:
        self.port = port or free_port()
        config = read_config(configuration(provider_url), None, {})
        self.host = kind(lambda: Service(replace(config, port=self.port)))
        self.told: list[ServiceState] = []
        self.supervisor = Supervisor(
            self.host, lambda: ("127.0.0.1", self.port), self._choose, pauses_s=(0, 0, 0)
        )
        self.supervisor.subscribe(self.told.append)

    def _choose(self, port: int) -> None:
        self.port = port

    @property
    def phases(self) -> list[Phase]:
        return [state.phase for state in self.told]

    async def break_down(self) -> None:
        """Have the service's thread end."""

        async def die(_: Service) -> None:
            asyncio.get_running_loop().call_soon(fail)

        await self.host.call(die)


def fail() -> NoReturn:
    raise SystemExit(3)


@pytest.fixture(params=[LoopHost, ThreadHost])
def watched(request: pytest.FixtureRequest, qloop: Loop, upstream: Upstream) -> Iterator[Watched]:
    made = Watched(request.param, upstream.url)
    yield made
    qloop.run_until_complete(made.supervisor.stop())


async def test_who_comes_later_hears_what_has_begun(watched: Watched, qloop: Loop) -> None:
    told: list[ServiceState] = []
    await watched.supervisor.start()

    watched.supervisor.subscribe(told.append)

    assert told == [watched.supervisor.state]
    assert told[0].phase is Phase.RUNNING


@pytest.fixture
def mortal(qloop: Loop, upstream: Upstream) -> Iterator[Watched]:
    """One whose service can die."""
    made = Watched(ThreadHost, upstream.url)
    yield made
    qloop.run_until_complete(made.supervisor.stop())


@contextmanager
def listening(loop: Loop, port: int) -> Iterator[None]:
    """Another program on the port, which answers nothing that makes sense."""

    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail\r\n")
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(babble, "127.0.0.1", port))
    try:
        yield
    finally:
        server.close()
        loop.run_until_complete(asyncio.sleep(0))


async def test_it_starts_and_stops(watched: Watched, qloop: Loop) -> None:
    state = await watched.supervisor.start()
    assert state.phase is Phase.RUNNING
    assert await is_answering(state.url)
    assert await watched.supervisor.start() == state

    state = await watched.supervisor.stop()
    assert state.phase is Phase.OFF
    assert not await is_answering(f"http://127.0.0.1:{watched.port}")
    assert watched.phases == [Phase.STARTING, Phase.RUNNING, Phase.STOPPING, Phase.OFF]


async def test_it_restarts_when_asked_to(watched: Watched, qloop: Loop) -> None:
    await watched.supervisor.start()

    state = await watched.supervisor.restart()

    assert (state.phase, state.restarts) == (Phase.RUNNING, 0)


@pytest.mark.parametrize("turns", [0, 1, 3])
async def test_a_stop_ends_a_start_on_its_way(watched: Watched, qloop: Loop, turns: int) -> None:
    starting = asyncio.ensure_future(watched.supervisor.start())
    for _ in range(turns):
        await asyncio.sleep(0)

    assert (await watched.supervisor.stop()).phase is Phase.OFF

    if turns:
        await starting
    else:
        starting.cancel()
        await asyncio.wait({starting})
    await watched.supervisor.stop()
    assert not watched.host.is_running


async def test_a_start_that_is_wanted_while_it_stops_is_not_lost(
    watched: Watched, qloop: Loop
) -> None:
    supervisor = watched.supervisor
    await supervisor.start()
    stopping = asyncio.ensure_future(supervisor.stop())
    await asyncio.sleep(0)

    state = await supervisor.start()

    assert (await stopping).phase is not Phase.STOPPING
    assert state.phase is supervisor.state.phase is Phase.RUNNING
    await supervisor.stop()


async def test_a_start_is_not_lost_while_it_stops_as_a_command_wants(
    watched: Watched, qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor, may_end = watched.supervisor, asyncio.Event()
    state = await supervisor.start()
    stop = watched.host.stop

    async def stop_late() -> None:
        await may_end.wait()  # as for the end of an answer
        await stop()

    monkeypatch.setattr(watched.host, "stop", stop_late)
    info = runfile.read(watched.port)
    assert info
    await ask(state.url, "/api/stop", token=info.token)
    await eventually(lambda: supervisor.state.phase is Phase.STOPPING)

    starting = asyncio.ensure_future(supervisor.start())
    await asyncio.sleep(0)
    may_end.set()

    assert (await starting).phase is Phase.RUNNING
    assert watched.phases[-4:] == [Phase.STOPPING, Phase.OFF, Phase.STARTING, Phase.RUNNING]


async def test_a_service_that_died_is_started_again(mortal: Watched, qloop: Loop) -> None:
    await mortal.supervisor.start()

    await mortal.break_down()
    await eventually(lambda: mortal.supervisor.state.restarts == 1)
    await eventually(lambda: mortal.supervisor.state.phase is Phase.RUNNING)

    assert await is_answering(mortal.supervisor.state.url)
    assert "SystemExit" in mortal.told[2].problem_text


async def test_a_service_that_keeps_dying_is_given_up_with_words(
    mortal: Watched, qloop: Loop
) -> None:
    supervisor = mortal.supervisor
    await supervisor.start()
    for restarts in range(4):
        await eventually(
            lambda: (
                supervisor.state.restarts == restarts  # noqa: B023  # awaited at once
                and supervisor.state.phase is Phase.RUNNING
            )
        )
        await mortal.break_down()
    await eventually(lambda: supervisor.state.phase is Phase.FAILED)

    assert supervisor.state.problem_title == "The router keeps ending"
    assert "3 times" in supervisor.state.problem_text
    assert (await supervisor.start()).restarts == 0


async def test_a_service_that_can_not_even_be_stopped_is_started_again(
    mortal: Watched, qloop: Loop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor = mortal.supervisor
    stop = mortal.host.stop

    async def stop_badly() -> None:
        await stop()
        raise OSError("the disk is gone")

    await supervisor.start()
    monkeypatch.setattr(mortal.host, "stop", stop_badly)
    for restarts in range(4):
        await eventually(
            lambda: (
                supervisor.state.restarts == restarts  # noqa: B023  # awaited at once
                and supervisor.state.phase is Phase.RUNNING
            )
        )
        await mortal.break_down()
    await eventually(lambda: supervisor.state.phase is Phase.FAILED)

    assert supervisor.state.problem_title == "The router keeps ending"
    assert "SystemExit: 3. Stopping what was left of it failed, too: OSError: the disk is gone" in (
        supervisor.state.problem_text
    )
    starting = [each.problem_text for each in mortal.told if each.phase is Phase.STARTING]
    assert sum("the disk is gone" in text for text in starting) == 3
    assert "the service could not be stopped" in caplog.text
    assert (await supervisor.stop()).phase is Phase.OFF


async def test_a_lost_socket_is_found_at_a_check(
    watched: Watched, qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor_module, "_AGAIN_S", 0)
    await watched.supervisor.start()
    watched.supervisor.check()

    async def lose(service: Service) -> None:
        assert service._runner
        for site in service._runner.sites:
            await site.stop()

    await watched.host.call(lose)
    watched.supervisor.check()

    await eventually(lambda: watched.supervisor.state.restarts == 1)
    await eventually(lambda: watched.supervisor.state.phase is Phase.RUNNING)
    assert await is_answering(watched.supervisor.state.url)


async def test_a_service_that_is_told_to_stop_stays_off(watched: Watched, qloop: Loop) -> None:
    state = await watched.supervisor.start()
    info = runfile.read(watched.port)
    assert info

    await ask(state.url, "/api/stop", token=info.token)

    await eventually(lambda: watched.supervisor.state.phase is Phase.OFF)
    assert watched.phases[-2:] == [Phase.STOPPING, Phase.OFF]


def test_a_port_of_another_program_is_told_and_another_one_used(
    watched: Watched, qloop: Loop
) -> None:
    supervisor, taken = watched.supervisor, watched.port
    with listening(qloop, taken):
        state = qloop.run_until_complete(supervisor.start())
        assert state.phase is Phase.FAILED
        assert state.problem_title == f"Port {taken} is in use"
        assert str(os.getpid()) in state.problem_text
        assert state.conflict
        assert not state.conflict.is_ours
        assert not state.conflict.can_take_over

        other = find_free_port(taken)
        assert other > taken
        state = qloop.run_until_complete(supervisor.start_on(other))

        assert state.phase is Phase.RUNNING
        assert state.url.endswith(f":{other}")


async def test_an_older_service_of_ours_is_known_and_taken_over(
    tmp_path: Path, upstream: Upstream, qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "ANSWER_S", 60.0)  # it is a process that may be kept waiting
    monkeypatch.setattr(neighbours, "_STOP_S", 60.0)
    older = await asyncio.to_thread(router.start_router, tmp_path, router.config(upstream.chat_url))
    try:
        port = int(older.url.rpartition(":")[2])
        supervisor = Watched(LoopHost, upstream.url, port).supervisor
        state = await supervisor.start()
        assert state.phase is Phase.FAILED
        assert state.problem_title == f"CCR Desktop already runs on port {port}"
        assert state.conflict
        assert state.conflict.can_take_over
        assert state.conflict.version

        state = await supervisor.take_over()

        assert (state.phase, state.url) == (Phase.RUNNING, older.url)
        assert await asyncio.to_thread(older.process.wait, 60) == 0
        info = runfile.read(port)
        assert info
        assert info.pid == os.getpid()
        await supervisor.stop()
    finally:
        await asyncio.to_thread(older.stop)


async def test_a_service_of_another_user_can_not_be_taken_over(
    watched: Watched, upstream: Upstream, qloop: Loop
) -> None:
    await watched.supervisor.start()
    (runfile._folder() / f"{watched.port}.json").unlink()  # as it is where another user sees it
    second = Watched(LoopHost, upstream.url, watched.port).supervisor

    state = await second.start()
    assert state.conflict
    assert state.conflict.is_ours
    assert not state.conflict.can_take_over

    state = await second.take_over()
    assert state.phase is Phase.FAILED
    assert state.problem_title == "The other router does not stop"


async def test_a_configuration_that_can_not_be_used_is_told(qloop: Loop) -> None:
    def make() -> Service:
        raise ConfigError("config.json", [])

    for kind in (LoopHost, ThreadHost):
        supervisor = Supervisor(kind(make), lambda: ("127.0.0.1", 0), lambda _: None)
        state = await supervisor.start()
        assert state.phase is Phase.FAILED
        assert "config.json can't be used" in state.problem_title
        assert (await supervisor.stop()).phase is Phase.OFF


async def test_a_listener_that_fails_harms_nobody(
    watched: Watched, qloop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    def complain(_: ServiceState) -> None:
        raise ValueError

    unsubscribe = watched.supervisor.subscribe(complain)
    await watched.supervisor.start()
    unsubscribe()

    assert watched.supervisor.state.phase is Phase.RUNNING
    assert "a listener failed" in caplog.text


async def test_an_address_that_the_system_refuses_is_nobody_elses(qloop: Loop) -> None:
    assert await find_conflict("192.0.2.1", 3456) is None


def test_patience_ends_after_its_pauses_and_returns_after_a_steady_run() -> None:
    patience = Patience((1, 5))

    assert [patience.next_pause(0) for _ in range(3)] == [1, 5, None]
    assert patience.next_pause(STEADY_S) == 1
    assert patience.restarts == 1
