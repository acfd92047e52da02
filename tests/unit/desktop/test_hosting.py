"""Both hosts of the service behave alike: one contract, on real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.events import ConfigReloaded, Event, ExchangeEnded
from ccr_desktop.core.service import Service
from ccr_desktop.desktop.hosting import Ending, Host, LoopHost, ThreadHost
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.errors import ServiceError
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import configuration
from tests.support.turns import text
from tests.support.upstream import Upstream
from tests.unit.desktop.waiting import eventually

Made = Callable[[], Host]
LONG = replace(text("word " * 6000), gap_s=0.01)  # a minute


@pytest.fixture(params=[LoopHost, ThreadHost])
def kind(request: pytest.FixtureRequest) -> Callable[[Callable[[], Service]], Host]:
    chosen: Callable[[Callable[[], Service]], Host] = request.param
    return chosen


@pytest.fixture
def host(qloop: Loop, kind: Callable[[Callable[[], Service]], Host], upstream: Upstream) -> Host:
    return kind(lambda: service(upstream))


def service(upstream: Upstream, port: int = 0) -> Service:
    config = read_config(configuration(upstream.url), None, {})
    return Service(replace(config, port=port))


@asynccontextmanager
async def running(host: Host) -> AsyncIterator[Client]:
    await host.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Client(session, host.url)
    finally:
        await host.stop()


async def test_it_answers_and_streams(host: Host, upstream: Upstream, qloop: Loop) -> None:
    upstream.script(text("Hello there"), text("Hello again"))

    async with running(host) as client:
        assert host.is_running
        assert (await client.ask()).text == "Hello there"
        assert (await client.ask(STREAMED)).text == "Hello again"

    assert not host.is_running
    assert host.url == ""


async def test_events_wait_for_the_first_who_listens(host: Host, qloop: Loop) -> None:
    heard: list[str] = []

    async with running(host) as client:
        await client.ask()
        host.subscribe(lambda event: heard.append(event.kind))
        await eventually(lambda: "finished" in heard)

    assert heard[0] == "route_chosen"


async def test_events_come_in_order_to_the_thread_of_the_window(host: Host, qloop: Loop) -> None:
    heard: list[tuple[str, object]] = []

    def hear(event: Event) -> None:
        heard.append((event.kind, asyncio.get_running_loop()))

    unsubscribe = host.subscribe(hear)
    async with running(host) as client:
        for _ in range(3):
            await client.ask()
        await eventually(lambda: len(heard) == 9)
        unsubscribe()
        await client.ask()

    kinds = ("route_chosen", "answer_began", "finished")
    assert heard == [(kind, qloop) for kind in kinds] * 3


async def test_all_events_have_been_delivered_when_it_has_stopped(
    host: Host, upstream: Upstream, qloop: Loop
) -> None:
    ended: list[Event] = []
    host.subscribe(lambda event: ended.append(event) if isinstance(event, ExchangeEnded) else None)

    async with running(host) as client:
        await asyncio.gather(*(client.ask() for _ in range(20)))

    assert len(ended) == 20


async def test_a_subscriber_that_fails_harms_nobody(
    host: Host, qloop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Event] = []
    host.subscribe(lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    host.subscribe(heard.append)

    async with running(host) as client:
        assert (await client.ask()).status == 200
        await eventually(lambda: len(heard) == 3)

    assert "a subscriber failed" in caplog.text


async def test_work_is_done_on_the_loop_of_the_service(host: Host, qloop: Loop) -> None:
    async def work(service: Service) -> tuple[str, asyncio.AbstractEventLoop]:
        await asyncio.sleep(0)
        return service.url, asyncio.get_running_loop()

    async with running(host) as client:
        url, loop = await host.call(work)

    assert url == client.url
    assert (loop is qloop) == isinstance(host, LoopHost)


async def test_what_work_raises_comes_back(host: Host, qloop: Loop) -> None:
    async def work(_: Service) -> None:
        raise ValueError("no")

    async with running(host):
        with pytest.raises(ValueError, match="no"):
            await host.call(work)


async def test_changes_take_effect_and_are_told(host: Host, qloop: Loop) -> None:
    heard: list[Event] = []
    host.subscribe(heard.append)

    async def change(service: Service) -> None:
        service.use(service.config, notes=["changed"])

    async with running(host):
        await host.call(change)

    assert [event.notes for event in heard if isinstance(event, ConfigReloaded)] == [["changed"]]


async def test_cancelled_work_is_cancelled_on_the_loop_of_the_service(
    host: Host, qloop: Loop
) -> None:
    told: list[str] = []

    async def work(_: Service) -> None:
        told.append("began")
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            told.append("cancelled")
            raise

    async with running(host):
        calling = asyncio.ensure_future(host.call(work))
        await eventually(lambda: told)
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling
        await eventually(lambda: told == ["began", "cancelled"])


async def test_a_service_that_is_off_can_not_be_called(host: Host, qloop: Loop) -> None:
    async def work(_: Service) -> None:
        raise AssertionError

    with pytest.raises(ServiceError, match="off"):
        await host.call(work)
    with pytest.raises(ServiceError, match="off"):
        await host.ended()
    await host.stop()


async def test_one_that_could_not_be_stopped_is_off(
    host: Host, qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Service.stop

    async def fails(service: Service) -> None:
        await stop(service)
        raise OSError("No space is left")

    async def work(_: Service) -> None:
        raise AssertionError

    await host.start()
    monkeypatch.setattr(Service, "stop", fails)
    with suppress(OSError):
        await host.stop()

    with pytest.raises(ServiceError, match="off"):
        await host.call(work)


async def test_a_client_that_goes_away_ends_its_upstream_request(
    host: Host, upstream: Upstream, qloop: Loop
) -> None:
    upstream.script(LONG)

    async with running(host) as client:
        async with client.streaming(STREAMED) as stream:
            await stream.until(b"word")
        await eventually(upstream.requests[0].gone.is_set)


async def test_a_stop_cuts_off_what_streams_for_too_long(
    host: Host, upstream: Upstream, qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ccr_desktop.core.service.GRACE_S", 0.05)
    upstream.script(LONG)

    async with running(host) as client, client.streaming(STREAMED) as stream:
        await stream.until(b"word")
        stopping = asyncio.ensure_future(host.stop())
        rest = await stream.rest()
        await stopping

    assert b"event: error" in rest.raw
    await eventually(upstream.requests[0].gone.is_set)


async def test_a_stop_lets_short_streams_finish(
    host: Host, upstream: Upstream, qloop: Loop
) -> None:
    upstream.script(replace(text("word " * 10), gap_s=0.01))

    async with running(host) as client, client.streaming(STREAMED) as stream:
        await stream.until(b"word")
        stopping = asyncio.ensure_future(host.stop())
        rest = await stream.rest()
        await stopping

    assert b"message_stop" in rest.raw


async def test_it_starts_and_stops_many_times_on_one_port(
    kind: Callable[[Callable[[], Service]], Host], upstream: Upstream, qloop: Loop
) -> None:
    port = 0
    host = kind(lambda: service(upstream, port))
    heard: list[Event] = []
    host.subscribe(heard.append)
    for _ in range(20):
        async with running(host) as client:
            assert (await client.ask()).status == 200
            port = int(host.url.rpartition(":")[2])

    assert len(heard) == 60


async def test_a_port_in_use_is_told_and_leaves_nothing(
    kind: Callable[[Callable[[], Service]], Host], host: Host, upstream: Upstream, qloop: Loop
) -> None:
    async with running(host):
        port = int(host.url.rpartition(":")[2])
        second = kind(lambda: service(upstream, port))
        with pytest.raises(ServiceError, match=f"Port {port} is in use"):
            await second.start()
        assert not second.is_running
    async with running(second) as client:
        assert (await client.ask()).status == 200


async def test_a_start_that_is_given_up_leaves_nothing(
    kind: Callable[[Callable[[], Service]], Host], upstream: Upstream, qloop: Loop
) -> None:
    made: list[Service] = []

    def make() -> Service:
        made.append(service(upstream))
        return made[-1]

    host = kind(make)
    for turns in range(5):
        starting = asyncio.ensure_future(host.start())
        for _ in range(turns):
            await asyncio.sleep(0)
        if not starting.cancel():
            await host.stop()  # it was quicker
            continue
        with pytest.raises(asyncio.CancelledError):
            await starting

    assert [each.url for each in made] == [""] * len(made)
    async with running(host) as client:
        assert (await client.ask()).status == 200


async def test_a_program_that_asks_the_service_to_stop_is_heard(host: Host, qloop: Loop) -> None:
    async def token(service: Service) -> str:
        return service.token

    async with running(host) as client:
        ending = asyncio.ensure_future(host.ended())
        headers = {"x-ccr-token": await host.call(token)}
        await client.request("POST", "/api/stop", headers=headers)
        assert await ending == Ending(is_wanted=True)


async def test_a_busy_window_does_not_hold_up_requests(
    host: Host, upstream: Upstream, qloop: Loop, qtbot: QtBot
) -> None:
    window, dialog = QWidget(), QDialog()
    qtbot.addWidget(window)
    qtbot.addWidget(dialog)
    window.show()
    menu = QMenu(window)
    menu.addAction("Open")

    async with running(host) as client:
        menu.popup(QPoint(0, 0))
        answers = await asyncio.gather(*(client.ask(QUESTION) for _ in range(10)))
        menu.close()
        dialog.open()
        window.resize(300, 300)
        answers += await asyncio.gather(*(client.ask(STREAMED) for _ in range(10)))
        dialog.accept()

    assert [answer.status for answer in answers] == [200] * 20
    assert dialog.result() == QDialog.DialogCode.Accepted


async def test_a_thread_that_dies_is_told(
    upstream: Upstream, qloop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    host = ThreadHost(lambda: service(upstream))
    await host.start()
    ending = asyncio.ensure_future(host.ended())
    calling = asyncio.ensure_future(host.call(never))

    async def die(_: Service) -> None:
        asyncio.get_running_loop().call_soon(fail)

    await host.call(die)

    end = await ending
    assert not end.is_wanted
    assert "SystemExit" in end.problem
    with pytest.raises(ServiceError, match="off"):
        await calling
    assert not host.is_running
    await host.stop()
    async with running(host) as client:
        assert (await client.ask()).status == 200


async def never(_: Service) -> None:
    await asyncio.Event().wait()


def fail() -> Any:
    raise SystemExit(3)
