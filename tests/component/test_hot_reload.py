"""A changed configuration takes effect within a second; a bad one changes nothing."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.events import ConfigRejected, ConfigReloaded
from ccr_desktop.core.relay import Relay
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import configuration
from tests.component.provider import DONE, PATIENCE_S, JsonObject, Provider, held, text_chunks
from tests.component.silent_provider import FIRST

Changes = asyncio.Queue[Any]


class Running:
    """A service that watches its file."""

    def __init__(self, file: Path, raw: JsonObject) -> None:
        self.file = file
        self.write(raw)
        store = ConfigStore(file, explicit=True, environment={}, overrides={"port": 0})
        self.service = Service(store.config, store)
        self.changes: Changes = asyncio.Queue()
        self.service.bus.subscribe(self._note)

    def _note(self, event: object) -> None:
        if isinstance(event, ConfigReloaded | ConfigRejected):
            self.changes.put_nowait(event)

    def write(self, raw: JsonObject | str) -> None:
        self.file.write_text(raw if isinstance(raw, str) else json.dumps(raw))

    async def changed(self) -> Any:
        async with asyncio.timeout(PATIENCE_S):
            return await self.changes.get()


@pytest.fixture
async def running(provider: Provider, tmp_path: Path) -> AsyncIterator[Running]:
    started = Running(tmp_path / "config.json", configuration(provider.url))
    await started.service.start()
    yield started
    await started.service.stop()


def rerouted(provider: Provider, **changes: Any) -> JsonObject:
    return {
        **configuration(provider.url),
        "Router": {"default": "mock,vendor/odd-model"},
        **changes,
    }


async def ask(running: Running, headers: dict[str, str] | None = None) -> Any:
    async with aiohttp.ClientSession() as session:
        return await Client(session, running.service.url).ask(QUESTION, headers or {})


async def test_a_change_takes_effect_by_itself(running: Running, provider: Provider) -> None:
    await ask(running)

    running.write(rerouted(provider))
    event = await running.changed()
    await ask(running)

    assert isinstance(event, ConfigReloaded)
    assert [call.body["model"] for call in provider.calls] == ["big", "vendor/odd-model"]


async def test_a_running_stream_keeps_its_own(running: Running, provider: Provider) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], [*text_chunks("Second."), DONE])
    async with (
        aiohttp.ClientSession() as session,
        Client(session, running.service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        running.write({"Providers": [], "Router": {}})
        await running.changed()
        release.set()
        told = await answer.rest()

    assert told.kinds[-1] == "message_stop"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"Providers": [', "JSON5"),
        ('{"Router": {"default": "nobody,x"}, "Providers": [{"name": "a"}]}', "Router.default"),
        ("[]", "an object"),
    ],
)
async def test_a_bad_file_keeps_the_old_configuration_and_says_so(
    running: Running, provider: Provider, text: str, problem: str
) -> None:
    running.write(text)
    event = await running.changed()

    assert isinstance(event, ConfigRejected)
    assert (await ask(running)).status == 200
    assert [str(issue) for issue in running.service.issues] == list(event.problems)
    running.write(rerouted(provider))
    assert isinstance(await running.changed(), ConfigReloaded)
    assert running.service.issues == []


async def test_a_misspelt_option_that_a_transformer_needs_keeps_the_old_configuration(
    running: Running, provider: Provider
) -> None:
    raw = rerouted(provider)
    raw["Providers"][0]["transformer"] = {"use": [["maxtoken", {"max_token": 5}]]}

    running.write(raw)
    event = await running.changed()
    await ask(running)

    assert isinstance(event, ConfigRejected)
    assert any("max_tokens is missing" in problem for problem in event.problems)
    assert [call.body["model"] for call in provider.calls] == ["big"]


async def test_a_configuration_that_can_not_be_put_to_use_is_not_used_in_part(
    running: Running, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("ccr_desktop.core.relay.Transformers", fail)
    before = running.service.config

    running.write(rerouted(provider, APIKEY="another"))
    event = await running.changed()
    await ask(running)

    assert isinstance(event, ConfigRejected)
    assert "out of order" in event.problems[0]
    assert running.service.config is before
    assert [call.body["model"] for call in provider.calls] == ["big"]


async def test_what_was_wrong_before_is_not_told_twice(
    running: Running, provider: Provider
) -> None:
    noted = rerouted(provider, UNKNOWN_KEY=1)
    running.write(noted)
    await running.changed()

    running.write({**noted, "Router": {"default": "nobody,x"}})
    await running.changed()

    places = [issue.where for issue in running.service.issues]
    assert sorted(places) == ["Router.default", "UNKNOWN_KEY"]


async def test_the_key_of_the_router_follows(running: Running, provider: Provider) -> None:
    running.write(rerouted(provider, APIKEY="router-secret"))
    await running.changed()

    assert (await ask(running)).status == 401
    assert (await ask(running, {"x-api-key": "router-secret"})).status == 200


async def test_where_it_listens_takes_a_restart_and_that_is_told(
    running: Running, provider: Provider
) -> None:
    before = running.service.url
    running.write(rerouted(provider, HOST="::1"))
    event = await running.changed()

    assert "restart" in event.notes[0]
    assert running.service.url == before
    assert (await ask(running)).status == 200


async def test_the_log_can_be_switched_on(
    running: Running, provider: Provider, tmp_path: Path
) -> None:
    logs = tmp_path / "desk" / "logs" / "ccr-desktop.log"
    assert not logs.exists()

    running.write(rerouted(provider, LOG=True, LOG_LEVEL="debug"))
    await running.changed()
    await ask(running)

    await until(lambda: logs.exists() and "mock,vendor/odd-model" in logs.read_text())


async def test_a_custom_router_is_a_problem_until_it_is_mended(
    running: Running, provider: Provider, tmp_path: Path
) -> None:
    router = tmp_path / "router.py"
    router.write_text("def route(request, config) return 1")
    running.write(rerouted(provider, CUSTOM_ROUTER_PATH="router.py"))
    await running.changed()

    await until(lambda: "SyntaxError" in str(running.service.issues))
    assert (await ask(running)).headers["x-ccr-route"] == "mock,vendor/odd-model"
    router.write_text("def route(request, config):\n    return 'mock,mended'")
    await until(lambda: running.service.issues == [])
    assert (await ask(running)).headers["x-ccr-route"] == "mock,mended"


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110  # nothing announces it
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("work", ["configuration", "plugins"])
def test_no_reading_keeps_the_process_from_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    reading, release, was_read = (threading.Event() for _ in range(3))

    def slow(*_: object) -> None:
        reading.set()
        release.wait(PATIENCE_S)
        was_read.set()

    async def live() -> None:
        raw = {**configuration("http://127.0.0.1:9"), "transformers": [str(tmp_path / "a.py")]}
        running = Running(tmp_path / "config.json", raw)
        await running.service.start()
        if work == "plugins":
            monkeypatch.setattr(Relay, "load_plugins", slow)
        else:
            monkeypatch.setattr(running.service.store, "check", slow)
        assert await asyncio.to_thread(reading.wait, PATIENCE_S)
        await running.service.stop()

    asyncio.run(live())

    assert not was_read.is_set()
    release.set()
