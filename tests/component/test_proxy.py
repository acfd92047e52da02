"""A proxy between the service and its providers."""

import json
import socket
from typing import Any

from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
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
