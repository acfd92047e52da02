"""Wishes for a restart of the router that come while one is at work."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from ccr_desktop.desktop.hosting import LoopHost, ThreadHost
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.service_state import Phase, ServiceState
from tests.support.ports import free_port
from tests.support.upstream import Upstream
from tests.unit.desktop.test_supervisor import Watched

Work = Coroutine[Any, Any, ServiceState]


@pytest.fixture(params=[LoopHost, ThreadHost])
def watched(request: pytest.FixtureRequest, qloop: Loop, upstream: Upstream) -> Iterator[Watched]:
    made = Watched(request.param, upstream.url)
    yield made
    qloop.run_until_complete(made.supervisor.stop())


def once(watched: Watched, phase: Phase, do: Callable[[], Work]) -> asyncio.Future[ServiceState]:
    """What *do* begins, in the moment in which the supervisor first tells of *phase*."""
    begun: asyncio.Future[ServiceState] = asyncio.get_running_loop().create_future()
    tasks: list[asyncio.Task[ServiceState]] = []

    def heard(state: ServiceState) -> None:
        if state.phase is phase and not tasks:
            tasks.append(asyncio.get_running_loop().create_task(do()))
            tasks[0].add_done_callback(lambda task: begun.set_result(task.result()))

    watched.supervisor.subscribe(heard)
    return begun


@pytest.mark.parametrize("phase", [Phase.STOPPING, Phase.STARTING])
async def test_two_wishes_for_a_restart_at_once_are_one(
    watched: Watched, qloop: Loop, phase: Phase
) -> None:
    await watched.supervisor.start()
    watched.told.clear()
    second = once(watched, phase, watched.supervisor.restart)

    states = [await watched.supervisor.restart(), await second]

    assert [state.phase for state in states] == [Phase.RUNNING] * 2
    assert watched.phases == [Phase.STOPPING, Phase.OFF, Phase.STARTING, Phase.RUNNING]


async def test_a_restart_to_another_address_is_another_one(watched: Watched, qloop: Loop) -> None:
    def move() -> Work:
        watched.port = free_port()
        return watched.supervisor.restart()

    await watched.supervisor.start()
    second = once(watched, Phase.STARTING, move)
    await watched.supervisor.restart()
    await second

    assert watched.supervisor.state.url.endswith(f":{watched.port}")


@pytest.mark.parametrize("phase", [Phase.STOPPING, Phase.OFF, Phase.STARTING])
@pytest.mark.parametrize("wish", ["restart", "take_over", "start_on"])
async def test_who_stops_it_meanwhile_has_it_stopped(
    watched: Watched, qloop: Loop, phase: Phase, wish: str
) -> None:
    await watched.supervisor.start()
    stopped = once(watched, phase, watched.supervisor.stop)

    arguments = [watched.port] if wish == "start_on" else []
    await getattr(watched.supervisor, wish)(*arguments)
    await stopped

    assert watched.supervisor.state.phase is Phase.OFF
