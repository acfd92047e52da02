"""A provider that is used with the sign-in of its own program, renewed by a real token server."""

import asyncio
import json
import stat
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.web import StreamResponse

from ccr_desktop.core.transformers import qwen_cli
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect
from tests.component.provider import Call, JsonObject, Provider, Script, answering, whole
from tests.component.test_transformers import chained
from tests.component.token_server import TokenServer, write_sign_in
from tests.component.two_providers import MODES

PLACE = ".qwen/oauth_creds.json"


@pytest.fixture
async def tokens(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TokenServer]:
    async with TokenServer() as server:
        program = replace(qwen_cli.PROGRAM, token_url=server.url)
        monkeypatch.setattr(qwen_cli, "PROGRAM", program)
        yield server


@pytest.fixture
async def qwen(connect: Connect, provider: Provider) -> Client:
    return await connect(**chained(provider, {"use": ["qwen-cli"]}))


def authorizations(provider: Provider) -> list[str | None]:
    return [call.header("authorization") for call in provider.calls]


async def test_a_token_that_is_good_is_used_as_it_is(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    held = write_sign_in(home / PLACE, "token-0", 3600, resource_url=f"{provider.url}/v1")

    answer = await qwen.ask(STREAMED)

    (call,) = provider.calls
    assert answer.text == "Hello from the provider"
    assert (call.target, call.header("authorization")) == (
        "/v1/chat/completions",
        "Bearer token-0",
    )
    assert call.header("x-dashscope-authtype") == "qwen-oauth"
    assert call.body["messages"][0]["role"] == "system"
    assert tokens.forms == []
    assert json.loads((home / PLACE).read_text(encoding="utf-8")) == held


async def test_a_token_that_ends_soon_is_renewed_once_for_all_requests(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    tokens.release = asyncio.Event()
    path = home / PLACE
    write_sign_in(path, "token-0", 200, of_theirs={"a": 1})
    path.chmod(0o640)

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(qwen.ask(QUESTION)) for _ in range(5)]
        await tokens.called()
        tokens.release.set()
    answers = [await task for task in asked]
    await qwen.ask(QUESTION)

    assert [answer.status for answer in answers] == [200] * 5
    assert authorizations(provider) == ["Bearer token-1"] * 6
    assert tokens.forms == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "refresh-0",
            "client_id": qwen_cli.PROGRAM.client_id,
        }
    ]
    held = json.loads(path.read_text(encoding="utf-8"))
    assert (held["access_token"], held["refresh_token"]) == ("token-1", "refresh-1")
    assert held["of_theirs"] == {"a": 1}
    assert held["expiry_date"] > (time.time() + 3000) * 1000
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def refusing(*tokens: str) -> Script:
    """A provider that has forgotten these tokens before their time."""

    async def script(call: Call) -> StreamResponse:
        if (call.header("authorization") or "").removeprefix("Bearer ") in tokens:
            return await whole({"error": {"message": "invalid access token"}}, 401)(call)
        return await answering("Fine")(call)

    return script


@MODES
async def test_a_token_that_is_refused_before_its_time_is_renewed(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path, question: JsonObject
) -> None:
    write_sign_in(home / PLACE, "token-0", 3600)
    provider.script = refusing("token-0")

    answers = [await qwen.ask(question) for _ in range(2)]

    assert [answer.text for answer in answers] == ["Fine", "Fine"]
    assert "x-ccr-failed" not in answers[0].headers
    assert authorizations(provider) == ["Bearer token-0", "Bearer token-1", "Bearer token-1"]
    assert len(tokens.forms) == 1


async def test_a_new_token_that_is_refused_too_is_told(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    write_sign_in(home / PLACE, "token-0", 3600)
    provider.script = refusing("token-0", "token-1")

    answer = await qwen.ask(QUESTION)

    assert answer.status == 401
    assert "invalid access token" in answer.error["message"]
    assert len(provider.calls) == 2


async def test_a_refused_refresh_token_is_told_and_not_tried_again(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    tokens.known = set()
    held = write_sign_in(home / PLACE, "token-0", -1)

    answers = [await qwen.ask(QUESTION) for _ in range(3)]

    assert [answer.status for answer in answers] == [401] * 3
    assert answers[0].error["type"] == "authentication_error"
    assert "Token has been revoked" in answers[0].error["message"]
    assert all("Run `qwen`" in answer.error["message"] for answer in answers)
    assert "refresh-0" not in str([answer.raw for answer in answers])
    assert len(tokens.forms) == 1
    assert provider.calls == []
    assert json.loads((home / PLACE).read_text(encoding="utf-8")) == held


async def test_signing_in_again_helps_at_once(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    tokens.known = set()
    write_sign_in(home / PLACE, "token-0", -1)
    await qwen.ask(QUESTION)

    write_sign_in(home / PLACE, "token-new", 3600, refresh_token="refresh-new")
    answer = await qwen.ask(QUESTION)

    assert answer.status == 200
    assert authorizations(provider) == ["Bearer token-new"]


async def test_what_the_program_wrote_meanwhile_counts(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    path = home / PLACE
    write_sign_in(path, "token-0", -1)
    tokens.before_answer = lambda: write_sign_in(path, "theirs", 3600, refresh_token="theirs")

    await qwen.ask(QUESTION)

    assert authorizations(provider) == ["Bearer theirs"]
    assert json.loads(path.read_text(encoding="utf-8"))["refresh_token"] == "theirs"


async def test_a_refusal_is_no_matter_when_the_program_was_faster(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    path = home / PLACE
    write_sign_in(path, "token-0", -1)
    tokens.known = set()
    tokens.before_answer = lambda: write_sign_in(path, "theirs", 3600, refresh_token="theirs")

    assert (await qwen.ask(QUESTION)).status == 200


async def test_a_client_that_goes_away_does_not_take_the_new_token_with_it(
    qwen: Client, provider: Provider, tokens: TokenServer, home: Path
) -> None:
    tokens.release = asyncio.Event()
    write_sign_in(home / PLACE, "token-0", -1)
    gone = asyncio.ensure_future(qwen.ask(QUESTION))
    await tokens.called()
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    tokens.release.set()

    answer = await qwen.ask(QUESTION)

    assert answer.status == 200
    assert authorizations(provider) == ["Bearer token-1"]
    assert len(tokens.forms) == 1


async def test_a_token_server_that_is_down_is_a_failure_that_passes(
    qwen: Client, tokens: TokenServer, home: Path
) -> None:
    write_sign_in(home / PLACE, "token-0", -1)
    tokens.status = 503

    failed = await qwen.ask(QUESTION)
    tokens.status = 0
    answer = await qwen.ask(QUESTION)

    assert failed.status == 503
    assert answer.status == 200


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no such file"),
        ("", "no JSON object"),
        ("[1]", "no JSON object"),
        ("{}", "no refresh_token"),
        ('{"access_token": "a", "expiry_date": 5}', "no refresh_token"),
    ],
)
async def test_a_file_that_is_of_no_use_is_told_with_the_remedy(
    qwen: Client, provider: Provider, home: Path, content: str | None, reason: str
) -> None:
    path = home / PLACE
    if content is not None:
        path.parent.mkdir()
        path.write_text(content, encoding="utf-8")

    answer = await qwen.ask(STREAMED)

    assert answer.status == 401
    assert reason in answer.error["message"]
    assert "Run `qwen` and sign in" in answer.error["message"]
    assert str(path) in answer.error["message"]
    assert path.exists() == (content is not None)
    assert provider.calls == []


async def test_a_file_that_is_being_written_is_looked_at_again(
    qwen: Client, tokens: TokenServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / PLACE
    path.parent.mkdir()
    path.write_text('{"access_', encoding="utf-8")
    monkeypatch.setattr(
        "ccr_desktop.core.credentials.sign_in.time.sleep",
        lambda _s: write_sign_in(path, "token-0", 3600),
    )

    assert (await qwen.ask(QUESTION)).status == 200


async def test_an_answer_without_a_token_is_told(
    qwen: Client, tokens: TokenServer, home: Path
) -> None:
    write_sign_in(home / PLACE, "token-0", -1)
    tokens.more = {"access_token": None}

    answer = await qwen.ask(QUESTION)

    assert answer.status == 401
    assert "holds no access_token" in answer.error["message"]


async def test_tokens_are_renewed_through_the_proxy(
    connect: Connect,
    provider: Provider,
    tokens: TokenServer,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far = replace(qwen_cli.PROGRAM, token_url="http://tokens.invalid/token")
    monkeypatch.setattr(qwen_cli, "PROGRAM", far)
    write_sign_in(home / PLACE, "token-0", -1)
    raw = chained(provider, {"use": ["qwen-cli"]})
    client = await connect(**raw, PROXY_URL=tokens.url.removesuffix("/token"))

    answer = await client.ask(QUESTION)

    assert answer.status == 200
    assert (await tokens.called()).target == "http://tokens.invalid/token"


async def test_another_file_may_be_named(connect: Connect, provider: Provider, home: Path) -> None:
    write_sign_in(home / "second.json", "token-second", 3600)
    chain = {"use": [["qwen-cli", {"file": "~/second.json"}]]}
    client = await connect(**chained(provider, chain))

    await client.ask(QUESTION)

    assert authorizations(provider) == ["Bearer token-second"]


async def test_another_route_serves_where_nobody_is_signed_in(
    connect: Connect, provider: Provider
) -> None:
    raw = chained(provider, {"use": ["qwen-cli"]})
    other = {**raw["Providers"][0], "name": "other", "transformer": {}}
    raw["Providers"].append(other)
    client = await connect(**{**raw, "Router": {"default": ["mock,big", "other,big"]}})

    answer = await client.ask(QUESTION)

    assert answer.status == 200
    assert answer.headers["x-ccr-route"] == "other,big"


async def test_a_token_server_that_is_away_is_no_fault_of_the_settings(
    qwen: Client, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = replace(qwen_cli.PROGRAM, token_url="http://127.0.0.1:1/token")  # nobody listens
    monkeypatch.setattr(qwen_cli, "PROGRAM", program)
    write_sign_in(home / PLACE, "token-0", -1, resource_url=f"{provider.url}/v1")

    answer = await qwen.ask(QUESTION)

    assert answer.status == 502
    assert "nothing answers at 127.0.0.1:1" in answer.raw.decode()
    assert "api_base_url" not in answer.raw.decode()
