"""A running service learns by itself what windows its providers' models have."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core import window_discovery
from ccr_desktop.core.config import discovered
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.window_discovery import WindowDiscovery, wanting
from tests.component.client import QUESTION
from tests.component.conftest import KEY, Connect
from tests.component.provider import PATIENCE_S, Call, Provider, whole

LIST = {"data": [{"id": "mine", "context_length": 50}, {"id": "other", "context_length": 9000}]}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_discovery, "SETTLE_S", 0.0)


def account(url: str, **members: Any) -> dict[str, Any]:
    entry = {"name": "p", "api_base_url": f"{url}/v1", "api_key": KEY, "models": ["mine"]}
    return {**entry, **members}


def config(*providers: dict[str, Any], **members: Any) -> Config:
    return read_config({"LOG": False, "Providers": list(providers), **members}, None, {})


class Discovery:
    """One at work beside the test."""

    def __init__(self, settings: Config) -> None:
        self.it = WindowDiscovery(settings)
        self._task = asyncio.ensure_future(self.it.run())

    async def __aenter__(self) -> WindowDiscovery:
        return self.it

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def asked(address: str) -> None:
    """Once the service has noted that it asked there."""
    async with asyncio.timeout(PATIENCE_S):
        while not discovered.was_asked_within(address, 3600):  # noqa: ASYNC110  # nothing announces it
            await asyncio.sleep(0)


async def test_a_service_asks_after_its_start_and_refuses_what_is_too_long(
    provider: Provider, connect: Connect
) -> None:
    provider.script = whole(LIST)
    entry = account(provider.url)
    client = await connect(Providers=[entry], Router={"default": "p,mine"})
    await asked(entry["api_base_url"])

    long = [{"role": "user", "content": "word " * 60}]
    answer = await client.ask({**QUESTION, "messages": long})

    assert answer.status == 400
    assert "prompt is too long" in answer.error["message"]
    [call] = provider.calls
    assert (call.http.method, call.target, call.raw) == ("GET", "/v1/models", b"")
    assert call.header("authorization") == f"Bearer {KEY}"


async def test_a_new_configuration_has_its_providers_asked(provider: Provider) -> None:
    provider.script = whole(LIST)

    async with Discovery(config()) as discovery:
        discovery.use(config(account(provider.url)))
        await asked(f"{provider.url}/v1")

    assert discovered.discovered_window(f"{provider.url}/v1", "mine") == 50


@pytest.mark.parametrize("answer", [(LIST, 200), ({"error": "no list here"}, 404), ("odd", 200)])
async def test_a_provider_is_asked_once_a_day_whatever_it_says(
    provider: Provider, answer: tuple[Any, int]
) -> None:
    provider.script = whole(json.dumps(answer[0]).encode(), answer[1])
    settings = config(account(provider.url), account(provider.url, name="again"))

    async with Discovery(settings) as discovery:
        await asked(f"{provider.url}/v1")
        discovery.use(settings)
    async with Discovery(settings):
        last = account(provider.url, name="last", api_base_url=f"{provider.url}/last/v1")
        async with Discovery(config(account(provider.url), last)):
            await asked(f"{provider.url}/last/v1")

    assert [call.target for call in provider.calls] == ["/v1/models", "/last/v1/models"]


async def test_a_server_that_is_not_there_yet_is_asked_again(
    provider: Provider, unused_tcp_port: int
) -> None:
    gone = account(f"http://127.0.0.1:{unused_tcp_port}")
    provider.script = whole(LIST)

    async with Discovery(config(gone, account(provider.url, name="q"))):
        await asked(f"{provider.url}/v1")

    assert not discovered.was_asked_within(gone["api_base_url"], 3600)


async def test_a_list_that_never_comes_does_not_hold_up_the_end(provider: Provider) -> None:
    arrived = asyncio.Event()

    async def never(call: Call) -> Any:
        arrived.set()
        await asyncio.Event().wait()

    provider.script = never
    async with asyncio.timeout(PATIENCE_S), Discovery(config(account(provider.url))):
        await arrived.wait()

    assert not discovered.was_asked_within(f"{provider.url}/v1", 3600)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(read_config({}, None, {}), id="the demo"),
        pytest.param(
            config(account("http://127.0.0.1:1"), NON_INTERACTIVE_MODE=True), id="no user"
        ),
        pytest.param(
            config(account("http://127.0.0.1:1", context_windows={"*": 5})), id="it is configured"
        ),
        pytest.param(
            config(
                account("https://openrouter.ai/api", models=["openai/gpt-oss-20b"]),
            ),
            id="it is published",
        ),
        pytest.param(config(account("https://far.test", api_key="$NOT_SET")), id="no key"),
        pytest.param(
            config(account("https://far.test", transformer={"use": ["qwen-cli"]})), id="a sign-in"
        ),
    ],
)
def test_nobody_is_asked_without_need(settings: Config) -> None:
    assert wanting(settings) == []


def test_a_model_that_only_a_route_names_is_a_reason_to_ask() -> None:
    settings = config(account("http://127.0.0.1:1", models=[]), Router={"default": "p,unlisted"})

    assert [provider.name for provider in wanting(settings)] == ["p"]


def test_a_damaged_memory_of_what_was_asked_is_none(home: Path) -> None:
    discovered.note_asked("a")
    file = next(home.rglob("context-windows-asked.json"))

    for content in ("", "[1]", '{"a": "b"}'):
        file.write_text(content)
        assert not discovered.was_asked_within("a", 3600)
