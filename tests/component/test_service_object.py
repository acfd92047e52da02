"""The service as an object of a program: started often, on any loop, changed from inside."""

import asyncio
import gc
import json
import logging
import math
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import uvloop

from ccr_desktop.core import service as service_module
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.logging import LogWriter
from ccr_desktop.core.service import Service, _settle_memory
from ccr_desktop.core.setup.edits import with_paused
from ccr_desktop.errors import ClientError, ConfigConflict, ConfigError, ServiceError
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import StartService, configuration
from tests.component.desk import Desk
from tests.component.provider import JsonObject, Provider

LIVES = 20


async def answered(service: Service) -> str:
    async with aiohttp.ClientSession() as session:
        return (await Client(session, service.url).ask(STREAMED)).text


def held_by_the_process() -> tuple[int, int, int]:
    threads = [thread for thread in threading.enumerate() if thread.is_alive()]
    handlers = logging.getLogger("ccr_desktop").handlers
    open_files = Path("/proc/self/fd")
    descriptors = len(list(open_files.iterdir())) if open_files.exists() else 0
    return len(threads), len(handlers), descriptors


@pytest.mark.parametrize("is_new", [False, True], ids=["one object", "many objects"])
async def test_it_can_be_started_and_stopped_for_ever(provider: Provider, is_new: bool) -> None:
    config = replace(read_config(configuration(provider.url, LOG=True), None, {}), port=0)
    service = Service(config)
    relays = []
    counts = []
    for _ in range(LIVES):
        service = Service(config) if is_new else service
        await service.start()
        assert await answered(service) == "Hello from the provider"
        relays.append(weakref.ref(service._relay))
        await service.stop()
        counts.append(held_by_the_process())

    gc.collect()
    assert [relay() for relay in relays] == [None] * LIVES
    for first, last in zip(counts[4], counts[-1], strict=True):
        assert last < first + LIVES // 2, "a life leaves nothing behind, be it that one ends late"


@pytest.mark.parametrize(
    "factory", [asyncio.SelectorEventLoop, uvloop.new_event_loop], ids=["asyncio", "uvloop"]
)
def test_one_object_serves_on_one_loop_after_another(
    factory: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    service = Service(replace(read_config({"LOG": False}, None, {}), port=0))

    async def live() -> None:
        await service.start()
        waiting = asyncio.ensure_future(service.stop_wanted.wait())
        service.pause_routing(60)
        assert "demo" in await answered(service)
        service.stop_wanted.set()
        assert await waiting
        await service.stop()

    for _ in range(3):
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(live())


_ON_QT = """
import asyncio
from dataclasses import replace
import aiohttp, qasync
from PySide6.QtCore import QCoreApplication
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.service import Service

service = Service(replace(read_config({"LOG": False}, None, {}), port=0))

async def live():
    await service.start()
    async with aiohttp.ClientSession() as session:
        async with session.get(service.url + "/health") as answer:
            assert (await answer.json())["status"] == "ok"
    service.pause_routing(None)
    await service.stop()

app = QCoreApplication([])
loop = qasync.QEventLoop(app)
with loop:
    for _ in range(3):
        loop.run_until_complete(live())
print("lived")
"""


def test_it_serves_on_the_loop_of_a_window(home: Path) -> None:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _ON_QT],
        capture_output=True,
        text=True,
        timeout=60,
        env=variables,
        check=False,
    )

    assert done.stdout == "lived\n", done.stderr


async def test_it_is_started_once(start_service: StartService, provider: Provider) -> None:
    service = await start_service(configuration(provider.url))

    with pytest.raises(RuntimeError, match="started already"):
        await service.start()
    assert await answered(service) == "Hello from the provider"


async def test_a_start_that_failed_leaves_nothing_behind(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(read_config(configuration(provider.url, LOG=True), None, {}), port=0)
    service = Service(config)
    before = held_by_the_process()[:2]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "run.json")

    with monkeypatch.context() as patch:
        patch.setattr(service_module.OwnFiles, "make_known", full)
        with pytest.raises(ServiceError, match="The disk is full"):
            await service.start()

    assert held_by_the_process()[:2] == before
    await service.start()
    assert await answered(service) == "Hello from the provider"
    await service.stop()


def test_what_was_put_out_of_sight_comes_back(nothing_frozen: None) -> None:
    before = gc.get_threshold()

    stir = _settle_memory()
    inner = _settle_memory()
    assert gc.get_freeze_count() > 0
    inner()
    assert gc.get_freeze_count() > 0, "a second service leaves that to the first"
    stir()

    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)


# -- changes from inside -----------------------------------------------------------------------


async def test_a_change_is_saved_and_holds_for_the_next_request(desk: Desk) -> None:
    assert desk.service.store is not None
    before = desk.file.read_bytes()

    config = await desk.service.change(lambda raw: with_paused(raw, "claude", True))

    assert config is desk.service.config
    assert config.providers["claude"].paused
    assert config.issues == desk.service.config.issues
    assert json.loads(desk.file.read_bytes())["Providers"][1]["paused"] is True
    (version,) = await desk.service.versions()
    restored = await desk.service.restore(version.name)
    assert not restored.providers["claude"].paused
    assert desk.file.read_bytes() == before


async def test_a_change_of_something_that_is_gone_by_now_is_refused(desk: Desk) -> None:
    store = desk.service.store
    assert store is not None
    shown = store.revision
    await desk.service.change(lambda raw: {**raw, "note": 1})

    with pytest.raises(ConfigConflict):
        await desk.service.change(lambda raw: {**raw, "note": 2}, shown)
    with pytest.raises(ConfigError) as caught:
        await desk.service.change(lambda raw: {**raw, "Router": {"default": "nobody,x"}})

    assert caught.value.issues[0].where == "Router.default"
    assert json.loads(desk.file.read_bytes())["note"] == 1
    assert str(desk.service.config.router.route("default")) == "mock,big"


async def test_a_change_of_a_file_with_errors_keeps_what_was_written_into_it(desk: Desk) -> None:
    raw = json.loads(desk.file.read_bytes())
    wrong = {**raw, "note": "by hand", "Router": {"default": "nobody,x"}}
    desk.file.write_text(json.dumps(wrong), encoding="utf-8")
    await asyncio.to_thread(_read_again, desk.service)

    await desk.service.change(lambda found: {**found, "Router": raw["Router"]})

    assert json.loads(desk.file.read_bytes()) == {**raw, "note": "by hand"}


def _read_again(service: Service) -> None:
    assert service.store is not None
    with pytest.raises(ConfigError):
        service.store.reload()


async def test_changes_at_once_all_count(desk: Desk) -> None:
    def noted(key: str) -> Callable[[JsonObject], JsonObject]:
        return lambda raw: {**raw, key: 1}

    await asyncio.gather(*(desk.service.change(noted(f"_{number}")) for number in range(5)))

    assert {f"_{number}" for number in range(5)} <= set(json.loads(desk.file.read_bytes()))


async def test_what_changed_while_it_was_stopped_counts_when_it_starts(desk: Desk) -> None:
    await desk.service.stop()
    await desk.service.change(lambda raw: {**raw, "LOG_LEVEL": "debug"})
    assert not any(isinstance(h, LogWriter) for h in logging.getLogger("ccr_desktop").handlers)
    raw = json.loads(desk.file.read_bytes())
    desk.file.write_text(json.dumps({**raw, "Router": {"default": "claude,claude-upstream"}}))

    await desk.service.start()

    assert desk.service.config.log_level == "debug"
    assert str(desk.service.config.router.route("default")) == "claude,claude-upstream"


async def test_without_a_file_nothing_can_be_changed(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    with pytest.raises(ClientError, match="no configuration file"):
        await service.change(lambda raw: raw)
    with pytest.raises(ClientError, match="no configuration file"):
        await service.versions()


async def test_a_decision_is_explained_without_a_request(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    decision = await service.explain(QUESTION, {"X-CCR-Scenario": "default"})
    service.pause_routing(None)
    paused = await service.explain({**QUESTION, "model": "claude,claude-upstream"}, {})

    assert decision.reason == "the client asks for the route default"
    assert (str(paused.route), service.paused_until_s) == ("mock,big", math.inf)
    assert not provider.calls
    await service.stop()
    with pytest.raises(ServiceError, match="not running"):
        await service.explain(QUESTION, {})
