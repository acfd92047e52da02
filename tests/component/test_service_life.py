"""Starting and stopping the service inside a process: ports, files, logs, running streams."""

import asyncio
import json
import os
import socket
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from ccr_desktop import paths, runfile
from ccr_desktop.core import service as service_module
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.logging import LOG_FILE
from ccr_desktop.core.service import Service
from ccr_desktop.errors import ServiceError
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import KEY, Connect, StartService, configuration
from tests.component.provider import (
    DONE,
    Call,
    Provider,
    chunk,
    completion,
    held,
    soon,
    stream,
    text_chunks,
    whole,
)

FIRST = chunk({"content": "First. "})


# -- stopping ----------------------------------------------------------------------------------


async def test_stopping_lets_a_running_stream_finish(
    start_service: StartService, provider: Provider
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], [*text_chunks("Second."), DONE])
    service = await start_service(configuration(provider.url))
    url = URL(service.url)

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        stopping = asyncio.ensure_future(service.stop())
        await refuses(url)
        release.set()
        told = await answer.rest()
        await stopping

    assert told.text == "First. Second."
    assert told.kinds[-1] == "message_stop"


async def refuses(url: URL) -> None:
    """Wait until nobody listens there."""
    async with asyncio.timeout(5):
        while True:
            try:
                _, writer = await asyncio.open_connection(url.host, url.port)
            except OSError:
                return
            writer.close()
            await asyncio.sleep(0)


async def test_a_stream_that_outlasts_the_grace_is_cut(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "GRACE_S", 0.1)
    provider.script = held(asyncio.Event(), [FIRST])
    service = await start_service(configuration(provider.url))
    ended: list[Any] = []
    service.bus.subscribe(ended.append)

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        async with asyncio.timeout(0.1 + 2):
            await service.stop()
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.rest()

    await soon(provider.calls[0].gone)
    assert [event.error for event in ended] == ["the router stopped"]


async def test_idle_connections_do_not_hold_up_stopping(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    async with aiohttp.ClientSession() as session:
        await Client(session, service.url).get("/health")
        async with asyncio.timeout(2):
            await service.stop()


async def test_programs_that_hold_the_service_do_not_hold_up_stopping(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    headers = {"x-ccr-token": service.token}

    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{service.url}/api/hold", headers=headers) as held_open,
    ):
        assert await held_open.content.readline() == b"held\n"
        async with asyncio.timeout(2):
            await service.stop()
        assert await held_open.content.read() == b""


async def test_the_last_program_that_lets_go_releases_the_service(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    url, headers = f"{service.url}/api/hold", {"x-ccr-token": service.token}

    async with aiohttp.ClientSession() as session:
        first = await session.get(url, headers=headers)
        second = await session.get(url, headers=headers)
        await asyncio.gather(first.content.readline(), second.content.readline())
        assert not service.released.is_set()
        first.close()
        with pytest.raises(TimeoutError):
            await soon(service.released, 0.05)
        second.close()
        await soon(service.released)


async def test_stopping_twice_or_before_starting_is_nothing(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    await service.stop()
    await service.stop()
    await Service(service.config).stop()


async def test_a_stopped_service_can_be_started_again(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    await service.stop()
    await service.start()

    async with aiohttp.ClientSession() as session:
        answer = await Client(session, service.url).ask(STREAMED)

    assert answer.text == "Hello from the provider"


# -- ports -------------------------------------------------------------------------------------


async def test_a_port_in_use_is_told_with_its_holder(provider: Provider) -> None:
    config = replace(read_config(configuration(provider.url), None, {}), port=provider.port)

    with pytest.raises(ServiceError) as caught:
        await Service(config).start()

    assert str(provider.port) in caught.value.title
    assert str(os.getpid()) in caught.value.message
    assert "SERVICE_PORT" in caught.value.message


async def test_an_address_that_is_not_of_this_machine_is_told(provider: Provider) -> None:
    raw = configuration(provider.url, HOST="192.0.2.7", APIKEY="x")

    with pytest.raises(ServiceError, match="HOST"):
        await Service(replace(read_config(raw, None, {}), port=0)).start()


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
async def test_the_other_loopback_works_too(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url, HOST="::1"))

    assert service.url.startswith("http://[::1]:")
    async with aiohttp.ClientSession() as session:
        assert (await Client(session, service.url).get("/health")).status == 200


# -- files -------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("blocked", ["logs", "data"])
async def test_a_folder_that_cannot_be_made_is_told(
    home: Path, provider: Provider, blocked: str
) -> None:
    (home / "desk").mkdir()
    (home / "desk" / blocked).write_text("a file, not a folder", encoding="utf-8")
    config = replace(read_config(configuration(provider.url, LOG=True), None, {}), port=0)
    service = Service(config)

    with pytest.raises(ServiceError, match="CCR_DESKTOP_HOME"):
        await service.start()
    await service.stop()


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
    lines = [line for line in text.splitlines() if "ccr_desktop.requests" in line]
    assert [next(i for i in ids if i in line) for line in lines] == ids
    assert len(lines) == len(ids) == len([line for line in text.splitlines() if line.strip()])
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


# -- what is published -------------------------------------------------------------------------


async def ended_of(service: Service, body: Any, *, leave: bool = False) -> Any:
    """What the service says of one request."""
    ended: asyncio.Queue[Any] = asyncio.Queue()
    service.bus.subscribe(ended.put_nowait)
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        if leave:
            async with client.streaming(body) as answer:
                await answer.until(b"First. ")
        else:
            await client.ask(body)
        async with asyncio.timeout(5):
            return await ended.get()


async def test_an_answer_is_published_with_its_route_times_and_usage(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))

    event = await ended_of(service, STREAMED)

    assert (event.status, event.error, event.is_stream) == (200, "", True)
    assert (event.route, event.scenario, event.model) == ("mock,big", "default", "claude-sonnet-5")
    assert 0 < event.first_s <= event.duration_s
    assert event.usage["output_tokens"] == 5


async def test_a_client_that_left_is_published_as_one(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = held(asyncio.Event(), [FIRST])
    service = await start_service(configuration(provider.url))

    event = await ended_of(service, STREAMED, leave=True)

    assert event.status == 499
    assert event.error == "the client went away"


async def test_a_stream_that_broke_off_is_published_as_a_failure(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = stream([FIRST], done=False)
    service = await start_service(configuration(provider.url))

    event = await ended_of(service, STREAMED)

    assert event.status == 502
    assert "closed the stream" in event.error
    assert event.first_s is not None


async def test_a_failure_of_the_router_itself_is_told_without_its_trace(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await start_service(configuration(provider.url))
    monkeypatch.setattr("ccr_desktop.core.relay.decide", lambda *_: 1 / 0)

    async with aiohttp.ClientSession() as session:
        answer = await Client(session, service.url).ask(STREAMED)

    assert answer.status == 500
    assert answer.error["type"] == "api_error"
    assert "ZeroDivision" not in answer.raw.decode()
    assert "division" not in answer.raw.decode()


async def test_a_failure_of_the_router_itself_in_mid_stream_is_an_error_event(
    start_service: StartService, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = asyncio.Event()
    provider.script = held(release, [FIRST], text_chunks("Second."))
    service = await start_service(configuration(provider.url))

    async with (
        aiohttp.ClientSession() as session,
        Client(session, service.url).streaming(STREAMED) as answer,
    ):
        await answer.until(b"First. ")
        monkeypatch.setattr("ccr_desktop.core.attempt.TranslatedAttempt.feed", lambda *_: 1 / 0)
        release.set()
        told = await answer.rest()

    assert told.kinds[-1] == "error"
    assert told.kinds.count("error") == 1
    assert "division" not in told.raw.decode()


# -- decisions without sending -----------------------------------------------------------------


async def test_a_decision_is_explained_without_a_call(
    start_service: StartService, provider: Provider
) -> None:
    service = await start_service(configuration(provider.url))
    headers = {"x-ccr-token": service.token}

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        answer = await client.ask(QUESTION, headers, path="/api/explain")
        bad = await client.ask(b"{", headers, path="/api/explain")

    assert answer.json["route"] == "mock,big"
    assert answer.json["scenario"] == "default"
    assert {"rule", "matched", "reason"} <= set(answer.json["trace"][0])
    assert provider.calls == []
    assert bad.status == 400


async def test_the_demo_answers_and_calls_tools_without_any_configuration(
    start_service: StartService,
) -> None:
    service = await start_service({"LOG": False})
    tool = {"name": "Bash", "input_schema": {"required": ["command"], "properties": {}}}
    asks = {**STREAMED, "messages": [{"role": "user", "content": "Run the tool Bash"}]}

    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        plain = await client.ask(STREAMED)
        called = await client.ask({**asks, "tools": [tool]})

    assert "demo provider" in plain.text
    assert plain.headers["x-ccr-route"] == "demo,demo-model"
    starts = [e["content_block"] for e in called.events if e["type"] == "content_block_start"]
    assert [block["name"] for block in starts if block["type"] == "tool_use"] == ["Bash"]


async def test_a_proxy_that_does_not_answer_is_named(connect: Connect) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        raw = configuration("http://provider.invalid", PROXY_URL=proxy)
        client = await connect(**raw)

        answer = await client.ask(STREAMED)

    assert answer.status == 502
    assert "proxy" in answer.error["message"]
    assert "PROXY_URL" in answer.error["message"]


async def test_a_proxy_gets_the_requests_for_others_and_not_those_for_this_machine(
    connect: Connect, provider: Provider
) -> None:
    seen: list[str] = []

    async def script(call: Call) -> Any:
        seen.append(call.target)
        return await whole(completion("By proxy."))(call)

    provider.script = script
    raw = configuration("http://provider.invalid", PROXY_URL=provider.url)
    own = configuration(provider.url)["Providers"][0]
    raw["Providers"].append({**own, "name": "near"})
    client = await connect(**raw)

    far = await client.ask({**QUESTION, "model": "mock,big"})
    near = await client.ask({**QUESTION, "model": "near,big"})

    assert far.text == near.text == "By proxy."
    assert seen == ["http://provider.invalid/v1/chat/completions", "/v1/chat/completions"]
    assert json.loads(provider.calls[0].raw)["model"] == "big"
