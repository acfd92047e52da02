"""Gemini by way of Code Assist, whose part a server plays that refuses what Google's refuses."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiohttp import web

from ccr_desktop.core.transformers import gemini_cli
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect
from tests.component.provider import Call, JsonObject, Provider, stream, whole
from tests.component.token_server import TokenServer, write_sign_in

PLACE = ".gemini/oauth_creds.json"
PATH = re.compile(r"/v1internal:(loadCodeAssist|generateContent|streamGenerateContent\?alt=sse)")


@dataclass
class CodeAssist:
    """Knows one token and one project."""

    url: str
    token: str = "token-0"
    account: JsonObject = field(
        default_factory=lambda: {
            "cloudaicompanionProject": "managed-project",
            "currentTier": {"id": "free-tier"},
        }
    )
    status: int = 200
    calls: list[Call] = field(default_factory=list)

    async def __call__(self, call: Call) -> web.StreamResponse:
        self.calls.append(call)
        path = PATH.fullmatch(call.target)
        if path is None:
            return await whole({"error": {"code": 404, "message": "Not found."}}, 404)(call)
        if call.header("authorization") != f"Bearer {self.token}" or call.header("x-goog-api-key"):
            return await whole({"error": {"code": 401, "message": "Who is that?"}}, 401)(call)
        if path[1] == "loadCodeAssist":
            return await whole(self.account, self.status)(call)
        return await self._answer(call, is_stream=path[1].startswith("stream"))

    async def _answer(self, call: Call, *, is_stream: bool) -> web.StreamResponse:
        body = call.body
        unknown = body["request"].keys() - {
            "contents",
            "systemInstruction",
            "tools",
            "toolConfig",
            "generationConfig",
            "safetySettings",
            "session_id",
        }
        if unknown or body.keys() != {"model", "project", "user_prompt_id", "request"}:
            return await whole({"error": {"code": 400, "message": f"{unknown}"}}, 400)(call)
        said = {"content": {"role": "model", "parts": [{"text": "Hi."}]}, "finishReason": "STOP"}
        usage = {"promptTokenCount": 3, "candidatesTokenCount": 1}
        answer = {"response": {"candidates": [said], "usageMetadata": usage}, "traceId": "t"}
        if not is_stream:
            return await whole(answer)(call)
        return await stream([b"data: " + json.dumps(answer).encode() + b"\n\n"], done=False)(call)

    @property
    def asked(self) -> list[str]:
        return [call.target for call in self.calls]


@pytest.fixture(autouse=True)
def _no_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)


@pytest.fixture
def assist(provider: Provider) -> CodeAssist:
    provider.script = assist = CodeAssist(provider.url)
    return assist


@pytest.fixture
async def tokens(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TokenServer]:
    async with TokenServer() as server:
        monkeypatch.setattr(
            gemini_cli, "PROGRAM", replace(gemini_cli.PROGRAM, token_url=server.url)
        )
        yield server


def code_assist(url: str, **options: str) -> JsonObject:
    entry = {
        "name": "g",
        "api_base_url": f"{url}/v1internal",
        "api_key": "not-required",
        "models": ["gemini-2.5-pro"],
        "transformer": {"use": [["gemini-cli", options]]},
    }
    return {"Providers": [entry], "Router": {"default": "g,gemini-2.5-pro"}}


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_requests_and_answers_come_in_envelopes(
    connect: Connect, provider: Provider, assist: CodeAssist, home: Path, asked: JsonObject
) -> None:
    write_sign_in(home / PLACE, "token-0", 3600)
    client = await connect(**code_assist(provider.url, project="mine"))

    answer = await client.ask(asked)

    (call,) = assist.calls
    assert answer.text == "Hi."
    assert call.body["model"] == "gemini-2.5-pro"
    assert call.body["project"] == "mine"
    assert call.body["request"]["contents"][0]["role"] == "user"


async def test_the_project_of_the_account_is_asked_for_once(
    connect: Connect, provider: Provider, assist: CodeAssist, home: Path
) -> None:
    write_sign_in(home / PLACE, "token-0", 3600)
    client = await connect(**code_assist(provider.url))

    for _ in range(2):
        assert (await client.ask(QUESTION)).status == 200

    assert assist.asked == [
        "/v1internal:loadCodeAssist",
        "/v1internal:generateContent",
        "/v1internal:generateContent",
    ]
    assert assist.calls[1].body["project"] == "managed-project"


async def test_a_token_is_renewed_as_google_wants_it(
    connect: Connect, provider: Provider, assist: CodeAssist, tokens: TokenServer, home: Path
) -> None:
    assist.token = "token-1"
    write_sign_in(home / PLACE, "token-0", 30, id_token="theirs")
    tokens.more = {"refresh_token": None, "id_token": "newer"}
    client = await connect(**code_assist(provider.url, project="mine"))

    answer = await client.ask(QUESTION)

    held = json.loads((home / PLACE).read_text(encoding="utf-8"))
    assert answer.status == 200
    assert tokens.forms[0]["client_secret"]
    assert (held["access_token"], held["refresh_token"]) == ("token-1", "refresh-0")
    assert held["id_token"] == "newer"


@pytest.mark.parametrize("options", [{}, {"project": "mine"}], ids=["asked", "said"])
async def test_a_token_that_google_has_forgotten_is_renewed_at_once(
    *,
    connect: Connect,
    provider: Provider,
    assist: CodeAssist,
    tokens: TokenServer,
    home: Path,
    options: JsonObject,
) -> None:
    assist.token = "token-1"
    write_sign_in(home / PLACE, "token-0", 3600)
    client = await connect(**code_assist(provider.url, **options))

    answer = await client.ask(QUESTION)

    assert answer.status == 200
    assert len(tokens.forms) == 1


@pytest.mark.parametrize(
    ("account", "remedy"),
    [
        ({}, "Run `gemini` once"),
        ({"currentTier": {"id": "standard-tier"}}, "GOOGLE_CLOUD_PROJECT"),
    ],
    ids=["not set up", "needs a project of its own"],
)
async def test_an_account_without_a_project_is_told_what_to_do(
    connect: Connect, assist: CodeAssist, home: Path, account: JsonObject, remedy: str
) -> None:
    assist.account = account
    write_sign_in(home / PLACE, "token-0", 3600)
    client = await connect(**code_assist(assist.url))

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert remedy in answer.error["message"]


async def test_what_google_says_against_the_account_is_told(
    connect: Connect, provider: Provider, assist: CodeAssist, home: Path
) -> None:
    assist.status = 403
    assist.account = {"error": {"code": 403, "message": "Not in your country."}}
    write_sign_in(home / PLACE, "token-0", 3600)
    client = await connect(**code_assist(provider.url))

    answer = await client.ask(QUESTION)

    assert answer.status == 403
    assert "Not in your country" in answer.error["message"]


async def test_a_missing_sign_in_is_told(connect: Connect, provider: Provider) -> None:
    client = await connect(**code_assist(provider.url))

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert "Run `gemini` and sign in" in answer.error["message"]
