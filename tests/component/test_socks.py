"""A SOCKS proxy between the service and its providers."""

import socket

import pytest

from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
from tests.component.provider import Provider, completion, stream, text_chunks, whole
from tests.component.proxies import SocksProxy

FAR = "http://provider.invalid"


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks4a"])
async def test_requests_go_by_the_proxy_which_looks_the_name_up(
    connect: Connect, provider: Provider, scheme: str
) -> None:
    async with SocksProxy(provider.port) as proxy:
        url = f"{scheme}://127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, PROXY_URL=url))
        provider.script = stream(text_chunks("By proxy."))
        streamed = await client.ask(STREAMED)
        provider.script = whole(completion("Again."))
        complete = await client.ask(QUESTION)

    assert (streamed.text, complete.text) == ("By proxy.", "Again.")
    assert proxy.asked == [("provider.invalid", 80)]  # one connection serves both


async def test_the_proxy_gets_its_password_and_nobody_else(
    connect: Connect, provider: Provider
) -> None:
    async with SocksProxy(provider.port, login="me:p@ss word") as proxy:
        url = f"socks5://me:p%40ss%20word@127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, PROXY_URL=url))

        answer = await client.ask(STREAMED)

    assert answer.status == 200
    assert "p@ss" not in str(provider.calls[0].http.headers)


async def test_a_wrong_password_is_told_without_it(connect: Connect, provider: Provider) -> None:
    async with SocksProxy(provider.port, login="me:right") as proxy:
        url = f"socks5://me:wrong-password@127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, PROXY_URL=url))

        answer = await client.ask(STREAMED)

    assert answer.status == 502
    assert "its proxy gave no connection" in answer.error["message"]
    assert "PROXY_URL" in answer.error["message"]
    assert "wrong-password" not in answer.raw.decode()
    assert provider.calls == []


async def test_a_refusal_of_the_proxy_is_told(connect: Connect, provider: Provider) -> None:
    async with SocksProxy(provider.port, reply=4) as proxy:
        url = f"socks5://127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, PROXY_URL=url))

        answer = await client.ask(QUESTION)

    assert answer.status == 502
    assert "unreachable" in answer.error["message"].lower()


async def test_a_proxy_that_does_not_answer_is_named(connect: Connect) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"socks5://127.0.0.1:{nobody.getsockname()[1]}"
        client = await connect(**configuration(FAR, PROXY_URL=url))

        answer = await client.ask(STREAMED)

    assert answer.status == 502
    assert "proxy" in answer.error["message"]


async def test_a_provider_may_have_a_proxy_of_its_own_or_none(
    connect: Connect, provider: Provider
) -> None:
    async with SocksProxy(provider.port) as common, SocksProxy(provider.port) as own:
        raw = configuration(FAR, PROXY_URL=f"socks5://127.0.0.1:{common.port}")
        first = raw["Providers"][0]
        raw["Providers"] += [
            {**first, "name": "own", "proxy_url": f"socks5://127.0.0.1:{own.port}"},
            {**first, "name": "none", "proxy_url": "none"},
        ]
        client = await connect(**raw)

        answers = [
            await client.ask({**STREAMED, "model": f"{name},big"})
            for name in ("mock", "own", "none")
        ]

    assert [answer.status for answer in answers] == [200, 200, 502]
    assert len(common.asked) == len(own.asked) == 1


async def test_this_machine_needs_no_proxy(connect: Connect, provider: Provider) -> None:
    async with SocksProxy(provider.port) as proxy:
        client = await connect(PROXY_URL=f"socks5://127.0.0.1:{proxy.port}")

        answer = await client.ask(STREAMED)

    assert answer.status == 200
    assert proxy.asked == []
