"""What component tests share: a home of its own, providers, and services on real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from ccr_desktop.core import patience, service, tries, window_discovery
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.routing import custom
from ccr_desktop.core.service import Service
from tests.component.client import Client
from tests.component.desk import Desk
from tests.component.provider import PATIENCE_S, JsonObject, Provider, answering
from tests.support.upstream import Upstream

KEY = "provider-key-0123456789"

StartService = Callable[..., Awaitable[Service]]
Connect = Callable[..., Awaitable[Client]]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A scripted provider on a loopback port, for one test."""
    with Upstream() as server:
        yield server


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is read from or written to the real home."""
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(service, "_settle_memory", lambda: None)  # it is for one long life
    monkeypatch.setattr(window_discovery, "SETTLE_S", 3600.0)  # slow tests are long, too
    return tmp_path


@pytest.fixture(autouse=True)
def patience_with_routers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Node.js, which some are for, takes seconds to start on a busy machine."""
    monkeypatch.setattr(custom, "TIME_LIMIT_S", PATIENCE_S)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pings after an instant of silence."""
    monkeypatch.setattr(patience, "PING_INTERVAL_S", 0.03)


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with Provider() as server:
        yield server


@pytest.fixture
async def second() -> AsyncIterator[Provider]:
    """Who answers where the first provider fails."""
    async with Provider() as server:
        server.script = answering("From the second")
        yield server


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another try after hardly any pause."""
    monkeypatch.setattr(tries, "RETRY_PAUSE_S", 0.01)


def configuration(provider_url: str, **changes: Any) -> JsonObject:
    """An OpenAI-compatible provider, `mock`, and one that speaks Anthropic's protocol, `claude`."""
    mock = {
        "name": "mock",
        "api_base_url": f"{provider_url}/v1/chat/completions",
        "api_key": KEY,
        "models": ["big", "vendor/odd-model"],
    }
    claude = {
        "name": "claude",
        "api_base_url": f"{provider_url}/v1/messages",
        "api_key": KEY,
        "models": ["claude-upstream"],
        "transformer": {"use": ["Anthropic"]},
    }
    timeout = changes.pop("timeout", None)
    if timeout:
        mock["timeout"] = claude["timeout"] = timeout
    routes = {"default": "mock,big"}
    return {"LOG": False, "Providers": [mock, claude], "Router": routes, **changes}


@pytest.fixture
async def start_service() -> AsyncIterator[StartService]:
    """Starts services on free ports and stops them at the end."""
    async with AsyncExitStack() as stack:

        async def start(raw: JsonObject) -> Service:
            started = Service(replace(read_config(raw, None, {}), port=0))
            stack.push_async_callback(started.stop)
            await started.start()
            return started

        yield start


@pytest.fixture
async def connect(provider: Provider, start_service: StartService) -> AsyncIterator[Connect]:
    """A client of a new service whose providers are all the one of the test."""
    async with AsyncExitStack() as stack:

        async def start(**changes: Any) -> Client:
            started = await start_service(configuration(provider.url, **changes))
            session = aiohttp.ClientSession(
                auto_decompress=True, timeout=aiohttp.ClientTimeout(total=30)
            )
            await stack.enter_async_context(session)
            return Client(session, started.url)

        yield start


@pytest.fixture
async def client(connect: Connect) -> Client:
    return await connect()


@pytest.fixture
async def desk(provider: Provider, tmp_path: Path) -> AsyncIterator[Desk]:
    file = tmp_path / "config.json"
    file.write_text(json.dumps({**configuration(provider.url), "LOG": True}))
    store = ConfigStore(file, explicit=True, environment={}, overrides={"port": 0})
    service = Service(store.config, store)
    await service.start()
    async with aiohttp.ClientSession() as session:
        yield Desk(service, file, session)
    await service.stop()


async def raw_exchange(url: str, data: bytes, limit_s: float = PATIENCE_S) -> bytes:
    """Everything that comes back on a connection of its own, until the service closes it."""
    parts = URL(url)
    async with asyncio.timeout(limit_s):
        reader, writer = await asyncio.open_connection(parts.host, parts.port)
        try:
            writer.write(data)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()
            await writer.wait_closed()
