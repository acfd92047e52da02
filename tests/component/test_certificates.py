"""Providers behind TLS: whose certificates count, directly and by each kind of proxy."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from ccr_desktop.core.upstream import certificates
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect, configuration
from tests.component.provider import Provider
from tests.component.proxies import SocksProxy, TunnelProxy

FAR = "https://provider.invalid"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A company of its own, which no system knows."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "company.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture
async def secure(authority: trustme.CA) -> AsyncIterator[Provider]:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "provider.invalid").configure_cert(tls)
    async with Provider(tls) as server:
        yield server


async def test_a_certificate_nobody_vouches_for_is_refused_with_a_remedy(
    connect: Connect, secure: Provider
) -> None:
    client = await connect(**configuration(secure.url))

    answer = await client.ask(QUESTION)

    assert answer.status == 502
    assert "is not trusted" in answer.error["message"]
    assert "CA_FILE" in answer.error["message"]
    assert secure.calls == []


async def test_the_own_authority_is_trusted(
    connect: Connect, secure: Provider, ca_file: str
) -> None:
    client = await connect(**configuration(secure.url, CA_FILE=ca_file))

    answer = await client.ask(STREAMED)

    assert answer.status == 200


async def test_the_authorities_of_the_system_are_trusted(
    connect: Connect, secure: Provider, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", ca_file)  # what the system trusts, as OpenSSL is told it
    client = await connect(**configuration(secure.url))

    assert (await client.ask(STREAMED)).status == 200


async def test_a_certificate_for_another_name_is_refused(
    connect: Connect, secure: Provider, ca_file: str
) -> None:
    url = secure.url.replace("127.0.0.1", "localhost")
    client = await connect(**configuration(url, CA_FILE=ca_file))

    answer = await client.ask(STREAMED)

    assert answer.status == 502
    assert "not trusted" in answer.error["message"]


async def test_the_way_of_windows_and_macos_takes_an_own_authority_too(
    connect: Connect, secure: Provider, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates.sys, "platform", "darwin")
    client = await connect(**configuration(secure.url, CA_FILE=ca_file))
    without = await connect(**configuration(secure.url))

    assert (await client.ask(STREAMED)).status == 200
    assert (await without.ask(STREAMED)).status == 502


@pytest.mark.parametrize("kind", [SocksProxy, TunnelProxy])
async def test_tls_reaches_through_a_proxy(
    connect: Connect, secure: Provider, ca_file: str, kind: type[SocksProxy | TunnelProxy]
) -> None:
    scheme = "socks5" if kind is SocksProxy else "http"
    async with kind(secure.port, login="me:secret") as proxy:
        url = f"{scheme}://me:secret@127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, CA_FILE=ca_file, PROXY_URL=url))
        stranger = await connect(**configuration(FAR, PROXY_URL=url))

        answer, refused = await client.ask(STREAMED), await stranger.ask(STREAMED)

    assert answer.status == 200
    assert proxy.asked[0] == ("provider.invalid", 443)
    assert refused.status == 502
    assert "not trusted" in refused.error["message"]


async def test_a_proxy_may_be_behind_tls_itself(
    connect: Connect, secure: Provider, authority: trustme.CA, ca_file: str
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with TunnelProxy(secure.port, tls=tls) as proxy:
        url = f"https://127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, CA_FILE=ca_file, PROXY_URL=url))

        answer = await client.ask(STREAMED)

    assert answer.status == 200
    assert proxy.asked == [("provider.invalid", 443)]


async def test_a_proxy_that_wants_a_login_is_told(connect: Connect, secure: Provider) -> None:
    async with TunnelProxy(secure.port, login="me:secret") as proxy:
        url = f"http://127.0.0.1:{proxy.port}"
        client = await connect(**configuration(FAR, PROXY_URL=url))

        answer = await client.ask(STREAMED)

    assert answer.status == 502
    assert "its proxy wants a user name and password (407)" in answer.error["message"]
    assert "PROXY_URL" in answer.error["message"]
