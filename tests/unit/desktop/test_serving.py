"""The router is there before the window, and whoever asks it then is not kept waiting."""

import asyncio
import subprocess
import sys
from dataclasses import replace

import aiohttp
import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.desktop import serving
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.service_state import Phase
from tests.component.client import STREAMED, Client
from tests.component.conftest import configuration
from tests.support.turns import text
from tests.support.upstream import Upstream
from tests.unit.desktop.desks import write_config
from tests.unit.desktop.waiting import eventually

LONG = replace(text("word " * 6000), gap_s=0.01)  # a minute


def test_nothing_of_the_window_is_loaded_before_the_router_starts() -> None:
    code = """
import sys, ccr_desktop.desktop.app
first = ("window", "shell", "bridge", "pages", "tray", "theme", "widgets")
print([name for name in first if "ccr_desktop.desktop." + name in sys.modules])
"""

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


def test_an_app_in_the_tray_loads_nothing_that_only_a_window_needs() -> None:
    code = """
import sys, ccr_desktop.desktop.shell
unneeded = ("pages.home", "updating.flow", "importing.flow", "wizard.presenter")
print([name for name in unneeded if "ccr_desktop.desktop." + name in sys.modules])
print([name for name in ("importlib.metadata", "difflib", "keyring") if name in sys.modules])
"""

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.split("\n") == ["[]", "[]", ""]


async def test_the_parts_are_loaded_once_the_router_runs(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ConfigStore(write_config(configuration(upstream.url)), overrides={"port": 0})
    supervisor = serving.supervised(store)
    phases: list[Phase] = []
    monkeypatch.setattr(serving, "_START_S", 60.0)  # a busy machine may need more than the app has
    monkeypatch.setattr(serving, "import_module", lambda _: phases.append(supervisor.state.phase))

    try:
        await serving.start_first(supervisor, is_hidden=False)
    finally:
        await supervisor.stop()

    assert phases == [Phase.RUNNING] * len(phases)
    assert phases


async def test_a_part_waits_for_who_asks_the_router_but_not_for_a_long_answer(
    qloop: Loop, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ConfigStore(write_config(configuration(upstream.url)), overrides={"port": 0})
    supervisor = serving.supervised(store)
    waits: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await sleep(seconds)

    upstream.script(LONG)
    await supervisor.start()
    try:
        async with aiohttp.ClientSession() as session:
            asked = asyncio.ensure_future(Client(session, supervisor.host.url).ask(STREAMED))
            await eventually(lambda: upstream.requests)
            with monkeypatch.context() as patched:
                patched.setattr(asyncio, "sleep", noted)
                await serving._answer(supervisor)
            is_answered = asked.done()
            asked.cancel()
    finally:
        await supervisor.stop()

    assert not is_answered
    assert waits.count(serving._TURN_S) == serving._TURNS


async def test_a_router_that_cannot_start_keeps_no_window_away(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_config({"Providers": []})
    first = serving.supervised(ConfigStore(path, overrides={"port": 0}))
    await first.start()
    port = int(first.host.url.rpartition(":")[2])
    second = serving.supervised(ConfigStore(path, overrides={"port": port}))
    parts: list[str] = []
    monkeypatch.setattr(serving, "import_module", parts.append)

    try:
        await serving.start_first(second, is_hidden=True)
    finally:
        await second.stop()
        await first.stop()

    assert parts[-1] == "ccr_desktop.desktop.shell"


async def test_what_is_seen_first_is_loaded_where_it_is_seen(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_START_S", 0.0)
    store = ConfigStore(write_config({"Providers": []}), overrides={"port": 0})
    supervisor = serving.supervised(store)
    loaded: dict[bool, list[str]] = {True: [], False: []}

    try:
        for is_hidden, parts in loaded.items():
            monkeypatch.setattr(serving, "import_module", parts.append)
            await serving.start_first(supervisor, is_hidden=is_hidden)
    finally:
        await supervisor.stop()

    assert set(loaded[False]) - set(loaded[True]) == set(serving._SEEN_PARTS)
