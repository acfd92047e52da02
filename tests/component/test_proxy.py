"""A proxy between the service and its providers."""

import json
import socket
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from ccr_desktop.core.config.reader import read_config
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect, StartService, configuration
from tests.component.provider import Call, Provider, completion, whole


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


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_whose_name_is_unknown_is_told_and_not_the_provider(
    connect: Connect, scheme: str
) -> None:
    far = f"{scheme}://provider.invalid"
    client = await connect(**configuration(far, PROXY_URL="http://proxy.invalid:3128"))

    answer = await client.ask(STREAMED)

    assert answer.status == 502
    assert "its proxy does not answer (its name can't be resolved)" in answer.error["message"]
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


async def test_a_provider_may_have_a_proxy_of_its_own(connect: Connect, provider: Provider) -> None:
    raw = configuration("http://provider.invalid")
    raw["Providers"][0]["proxy_url"] = provider.url
    client = await connect(**raw)

    await client.ask(QUESTION)

    assert provider.calls[0].target == "http://provider.invalid/v1/chat/completions"


async def test_a_login_goes_to_the_proxy_and_not_to_the_provider(
    connect: Connect, provider: Provider
) -> None:
    proxy = provider.url.replace("http://", "http://me:p%40ss@")
    client = await connect(**configuration("http://provider.invalid", PROXY_URL=proxy))

    assert (await client.ask(STREAMED)).status == 200
    headers = provider.calls[0].http.headers
    assert headers["proxy-authorization"] == "Basic bWU6cEBzcw=="
    assert "bWU6" not in headers["authorization"]


async def test_exceptions_of_the_environment_are_obeyed(
    connect: Connect, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "intra.test,.invalid:81")
    raw = configuration("http://provider.invalid", PROXY_URL=provider.url)
    raw["Providers"][1] |= {"api_base_url": "http://provider.invalid:81/v1/messages"}
    client = await connect(**raw)

    by_proxy = await client.ask(STREAMED)
    directly = await client.ask({**STREAMED, "model": "claude,claude-upstream"})

    assert by_proxy.status == 200
    assert directly.status == 502  # nobody has that name
    assert "can't be resolved" in directly.error["message"]
    assert len(provider.calls) == 1


async def test_a_changed_proxy_is_used_at_once(
    start_service: StartService, provider: Provider
) -> None:
    raw = configuration("http://provider.invalid")
    service = await start_service(raw)
    async with aiohttp.ClientSession() as session:
        client = Client(session, service.url)
        before = await client.ask(STREAMED)
        changed = read_config({**raw, "PROXY_URL": provider.url}, None, {})
        service.use(replace(changed, port=service.config.port))
        after = await client.ask(STREAMED)

    assert (before.status, after.status) == (502, 200)
