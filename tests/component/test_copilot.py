"""GitHub Copilot with the token of a GitHub account, which a real server exchanges."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from aiohttp import web

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.credentials import copilot as credentials
from ccr_desktop.core.upstream.model_list import list_models
from ccr_desktop.errors import CredentialError
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect
from tests.component.github import NO_SUBSCRIPTION, Copilot, GitHub
from tests.component.provider import Call, JsonObject, Provider
from tests.component.proxies import TunnelProxy
from tests.component.two_providers import MODES

CHAIN = {"use": ["copilot"]}
FIRST, SECOND = "Bearer tid=1", "Bearer tid=2"


def entry(url: str, key: str | None = "gho_0", path: str = "/chat/completions") -> JsonObject:
    kept = {"api_key": key} if key else {}
    address = {"name": "copilot", "api_base_url": f"{url}{path}", "models": ["claude-sonnet-5"]}
    return {**address, **kept, "transformer": CHAIN}


def routed(*entries: JsonObject) -> JsonObject:
    default = [f"{each['name']},{each['models'][0]}" for each in entries]
    return {"LOG": False, "Providers": list(entries), "Router": {"default": default}}


@pytest.fixture
async def github(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[GitHub]:
    credentials.account.cache_clear()
    async with GitHub() as server:
        monkeypatch.setattr(
            credentials, "token_url", lambda name: f"{server.url}/{name}/copilot_internal/v2/token"
        )
        yield server


@pytest.fixture
def upstream(provider: Provider, github: GitHub) -> Copilot:
    provider.script = upstream = Copilot(github)
    return upstream


@pytest.fixture
async def client(connect: Connect, provider: Provider, upstream: Copilot) -> Client:
    return await connect(**routed(entry(provider.url)))


def editors_file(home: Path, name: str = "apps.json", **entries: str) -> Path:
    path = home / ".config/github-copilot" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    held = {key: {"user": "me", "oauth_token": token} for key, token in entries.items()}
    path.write_text(json.dumps(held), encoding="utf-8")
    return path


@MODES
async def test_the_token_of_the_account_is_exchanged_once(
    client: Client, upstream: Copilot, github: GitHub, question: JsonObject
) -> None:
    answers = [await client.ask(question) for _ in range(3)]

    assert [answer.text for answer in answers] == ["Fine"] * 3
    assert upstream.tokens == [FIRST] * 3
    assert len(github.calls) == 1
    assert github.calls[0].target == "/github.com/copilot_internal/v2/token"


async def test_requests_at_the_same_time_wait_for_the_same_token(
    client: Client, upstream: Copilot, github: GitHub
) -> None:
    github.release = asyncio.Event()

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(client.ask(QUESTION)) for _ in range(5)]
        await github.called()
        github.release.set()

    assert [task.result().status for task in asked] == [200] * 5
    assert (len(github.calls), set(upstream.tokens)) == (1, {FIRST})


@pytest.mark.parametrize("more", [{"refresh_in": 0, "expires_at": 5}, {"expires_at": "soon"}])
async def test_a_token_that_ends_is_renewed_before(
    client: Client, upstream: Copilot, github: GitHub, more: JsonObject
) -> None:
    github.more = {"refresh_in": None, **more}

    await client.ask(QUESTION)
    github.more = {}
    await client.ask(QUESTION)
    await client.ask(QUESTION)

    assert upstream.tokens == [FIRST, SECOND, SECOND]


@MODES
@pytest.mark.parametrize("path", ["/chat/completions", "/responses", "/v1/messages"])
async def test_a_token_that_is_refused_before_its_time_is_renewed_once(
    connect: Connect, provider: Provider, upstream: Copilot, path: str, question: JsonObject
) -> None:
    client = await connect(**routed(entry(provider.url, path=path)))
    await client.ask(QUESTION)
    upstream.outdated = {"tid=1;exp=1:mac"}

    answer = await client.ask(question)

    assert upstream.tokens == [FIRST, FIRST, SECOND]
    assert "x-ccr-failed" not in answer.headers
    upstream.outdated |= {"tid=2;exp=1:mac", "tid=3;exp=1:mac"}
    failed = await client.ask(question)
    assert failed.status == 401
    assert "token expired" in failed.error["message"]
    assert len(upstream.calls) == 5


async def test_a_token_of_copilot_itself_is_sent_as_it_is(
    connect: Connect, provider: Provider, upstream: Copilot, github: GitHub
) -> None:
    github.given = ["tid=mine;exp=1:mac"]
    client = await connect(**routed(entry(provider.url, "tid=mine;exp=1:mac")))

    answer = await client.ask(QUESTION)
    upstream.outdated = set(github.given)
    refused = await client.ask(QUESTION)

    assert answer.status == 200
    assert refused.status == 401
    assert (len(upstream.calls), github.calls) == (2, [])


async def test_without_a_key_that_of_an_editor_is_read(
    connect: Connect, provider: Provider, upstream: Copilot, github: GitHub, home: Path
) -> None:
    client = await connect(**routed(entry(provider.url, None)))

    missing = await client.ask(QUESTION)
    path = editors_file(home, **{"acme.ghe.com:App": "gho_x", "github.com:Iv1.app": "gho_0"})
    before = path.read_bytes()
    answer = await client.ask(QUESTION)

    assert missing.status == 401
    assert "no editor's token for github.com" in missing.error["message"]
    assert "`ccr keys sign-in PROVIDER`" in missing.error["message"]
    assert answer.status == 200
    assert [file.name for file in path.parent.iterdir()] == ["apps.json"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ((NO_SUBSCRIPTION, 403), ("No access to GitHub Copilot found", "settings/copilot")),
        ((NO_SUBSCRIPTION, 200), ("No access to GitHub Copilot found", "settings/copilot")),
        (({"message": "Bad credentials"}, 401), ("Bad credentials", "`ccr keys sign-in PROVIDER`")),
        (({"message": "Not Found"}, 404), ("another program", "`ccr keys sign-in PROVIDER`")),
        (({"message": "gho_0 is odd"}, 403), ("*** is odd", "settings/copilot")),
        (({"token": 5}, 200), ("can't be understood", "settings/copilot")),
    ],
    ids=["no subscription", "the same with 200", "revoked", "unknown", "echoed", "no text"],
)
async def test_why_there_is_no_token_is_told_with_the_remedy(
    client: Client,
    upstream: Copilot,
    github: GitHub,
    refusal: tuple[JsonObject, int],
    words: tuple[str, ...],
) -> None:
    github.refusal = refusal

    answer = await client.ask(STREAMED)

    assert answer.status == 401
    assert answer.error["type"] == "authentication_error"
    for word in words:
        assert word in answer.error["message"]
    assert "gho_0" not in answer.raw.decode()
    assert upstream.calls == []


async def test_github_that_is_down_is_a_failure_that_passes(client: Client, github: GitHub) -> None:
    github.refusal = {"message": "Unicorn!"}, 503

    failed = await client.ask(QUESTION)
    github.refusal = None

    assert failed.status == 503
    assert (await client.ask(QUESTION)).status == 200


async def test_another_route_serves_where_the_account_has_no_copilot(
    connect: Connect, provider: Provider, upstream: Copilot, github: GitHub
) -> None:
    github.known = {"gho_1"}
    other = {**entry(provider.url, "gho_1"), "name": "other"}
    client = await connect(**routed(entry(provider.url), other))

    answer = await client.ask(QUESTION)

    assert answer.status == 200
    assert answer.headers["x-ccr-route"] == "other,claude-sonnet-5"


async def test_a_proxy_and_an_own_authority_lead_to_the_addresses_of_github(
    connect: Connect, tmp_path: Path
) -> None:
    authority, tls = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("api.github.com", "api.business.githubcopilot.com").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "company.pem")
    github = GitHub()
    github.known = {"gho_far"}
    github.more |= {"endpoints": {"api": "https://api.business.githubcopilot.com"}}
    upstream = Copilot(github)

    async def both(call: Call) -> web.StreamResponse:
        is_github = call.http.host == "api.github.com"
        return await (github.answer if is_github else upstream)(call)

    async with Provider(tls) as server, TunnelProxy(server.port) as proxy:
        server.script = both
        client = await connect(
            **routed(entry("https://api.githubcopilot.com", "gho_far")),
            PROXY_URL=f"http://127.0.0.1:{proxy.port}",
            CA_FILE=str(tmp_path / "company.pem"),
        )
        answer = await client.ask(STREAMED)

    assert answer.text == "Fine"
    assert proxy.asked == [("api.github.com", 443), ("api.business.githubcopilot.com", 443)]
    assert [call.target for call in server.calls] == [
        "/copilot_internal/v2/token",
        "/chat/completions",
    ]


async def test_models_are_listed_with_the_exchanged_token(
    provider: Provider, upstream: Copilot, github: GitHub
) -> None:
    config = read_config(routed(entry(provider.url)), None, {})

    models = await list_models(config, config.providers["copilot"])

    assert models == ["claude-sonnet-5", "gpt-5.5"]
    assert upstream.tokens == [FIRST]
    github.known = set()
    credentials.account.cache_clear()
    with pytest.raises(CredentialError, match="Bad credentials"):
        await list_models(config, config.providers["copilot"])
