"""What the service writes: its run file, its folders, its log."""

import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from ccr_desktop import paths, runfile
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.observe.logging import LOG_FILE
from ccr_desktop.core.service import Service
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import KEY, StartService, configuration
from tests.component.provider import Provider, completion, stream, text_chunks, whole
from tests.component.test_hot_reload import until
from tests.support.ports import free_port


async def test_the_run_file_is_private_and_goes_with_the_service(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    port = URL(service.url).port
    assert port is not None
    path = paths.data_dir() / "run" / f"{port}.json"

    info = runfile.read(port)

    assert info == runfile.RunInfo(os.getpid(), service.url, service.token)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    await service.stop()
    assert not path.exists()


async def test_a_run_file_that_was_removed_is_written_again(home: Path, provider: Provider) -> None:
    place = home / "config.json"
    port = free_port()
    place.write_text(json.dumps({**configuration(provider.url), "PORT": port}), "utf-8")
    store = ConfigStore(place)
    service = Service(store.config, store)
    await service.start()
    before = runfile.read(port)
    assert before is not None

    runfile.forget(port, before)
    await until(lambda: runfile.read(port) == before)
    await service.stop()

    assert not runfile.place(port).exists()


@pytest.mark.parametrize("blocked", ["logs", "data"])
async def test_a_folder_that_cannot_be_made_keeps_it_from_nothing(
    home: Path, provider: Provider, blocked: str
) -> None:
    (home / "desk").mkdir()
    (home / "desk" / blocked).write_text("a file, not a folder", encoding="utf-8")
    config = replace(read_config(configuration(provider.url, LOG=True), None, {}), port=0)
    service = Service(config)

    await service.start()
    told = [str(issue) for issue in service.issues]
    is_findable = service.is_findable
    await service.stop()

    assert is_findable is (blocked == "logs")
    assert any("no log is kept" in words for words in told) is (blocked == "logs")


async def test_the_log_has_one_line_for_each_request_and_no_secret(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url, LOG=True, APIKEY="router-secret"))
    headers = {"x-api-key": "router-secret"}
    broken = whole({"error": {"message": f"bad key {KEY}"}}, 401)
    scripts = [stream(text_chunks("A private answer.")), whole(completion("Private.")), broken]

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        ids = []
        for script, body in zip(scripts, [STREAMED, QUESTION, STREAMED], strict=True):
            provider.script = script
            ids.append((await client.ask(body, headers)).headers["request-id"])
        bad = {**QUESTION, "model": "nobody,x"}
        ids.append((await client.ask(bad, headers)).headers["request-id"])
        ids.append((await client.ask(b"{", headers)).headers["request-id"])
        ids.append((await client.ask({**QUESTION, "tools": 5}, headers)).headers["request-id"])
        ids.append(
            (await client.ask({**STREAMED, "model": "mock,a\nb"}, headers)).headers["request-id"]
        )
    await service.stop()

    text = (paths.log_dir() / LOG_FILE).read_text(encoding="utf-8")
    first, *lines, last = [line for line in text.splitlines() if line.strip()]
    assert [next(i for i in ids if i in line) for line in lines] == ids
    assert len(lines) == len(ids)
    assert "listening on http://127.0.0.1:" in first
    assert "stopping" in last
    assert "mock,big" in lines[0]
    assert " 401 " in lines[2]
    assert " 404 " in lines[3]
    assert " 400 " in lines[4]
    assert KEY not in text
    assert "router-secret" not in text
    assert "rivate" not in text


async def test_without_a_log_no_file_is_written(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url, LOG=False))
    async with aiohttp.ClientSession() as session:
        await Client(session, service.url).ask(STREAMED)
    await service.stop()

    assert not (paths.log_dir() / LOG_FILE).exists()
