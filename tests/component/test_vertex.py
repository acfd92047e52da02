"""Models on Vertex AI: real signatures, and a server that refuses what Google's refuses."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from google.auth.compute_engine import _metadata

from ccr_desktop.core.credentials import google
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect
from tests.component.google_cloud import EMAIL, REFRESH, GoogleCloud, metadata_before
from tests.component.provider import JsonObject, Provider

VARIABLES = (
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CLOUD_PROJECT",
    "GOOGLE_CLOUD_LOCATION",
    "GCLOUD_PROJECT",
    "CLOUDSDK_CONFIG",
)


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(_metadata, "_NO_GCE_CHECK", True)
    monkeypatch.setenv("PATH", str(home))  # no gcloud


@pytest.fixture
def cloud(provider: Provider) -> GoogleCloud:
    provider.script = cloud = GoogleCloud()
    return cloud


@pytest.fixture
def key_file(
    cloud: GoogleCloud, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    path = cloud.key_file(home / "key.json", f"{provider.url}/token")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", path)
    return path


def vertex(url: str, name: str, model: str, **options: Any) -> JsonObject:
    entry = {
        "name": "vertex",
        "api_base_url": url,
        "api_key": "not-required",
        "models": [model],
        "transformer": {"use": [[name, options] if options else name]},
    }
    return {"Providers": [entry], "Router": {"default": f"vertex,{model}"}}


@pytest.mark.usefixtures("key_file")
@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_claude_gets_the_clients_body_without_its_model(
    connect: Connect, provider: Provider, cloud: GoogleCloud, asked: JsonObject
) -> None:
    client = await connect(**vertex(provider.url, "vertex-claude", "claude-sonnet-5@20260201"))
    told = {**asked, "thinking": {"type": "adaptive"}, "safeguards": {"a": 1}}
    betas = "claude-code-20250219,advanced-tool-use-2025-11-20,new-2030-01-01"

    answer = await client.ask(told, headers={"anthropic-beta": betas})

    (call,) = cloud.served
    assert call.header("anthropic-beta") == "claude-code-20250219,tool-search-tool-2025-10-19"
    method = "streamRawPredict" if asked.get("stream") else "rawPredict"
    expected = {name: told[name] for name in told if name not in {"model", "safeguards"}}
    assert answer.text == "Hi."
    assert call.target == (
        "/v1/projects/my-project/locations/us-east5/publishers/anthropic"
        f"/models/claude-sonnet-5@20260201:{method}"
    )
    assert call.body == {"anthropic_version": "vertex-2023-10-16", **expected}


@pytest.mark.usefixtures("key_file")
@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
async def test_gemini_is_asked_at_the_address_of_the_project(
    connect: Connect, provider: Provider, cloud: GoogleCloud, asked: JsonObject
) -> None:
    client = await connect(**vertex(provider.url, "vertex-gemini", "gemini-2.5-pro"))

    answer = await client.ask(asked)

    (call,) = cloud.served
    method = "streamGenerateContent?alt=sse" if asked.get("stream") else "generateContent"
    assert answer.text == "Hi."
    assert call.target == (
        "/v1beta1/projects/my-project/locations/us-central1/publishers/google"
        f"/models/gemini-2.5-pro:{method}"
    )


@pytest.mark.usefixtures("key_file")
async def test_one_token_serves_many_requests(
    connect: Connect, provider: Provider, cloud: GoogleCloud
) -> None:
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(client.ask(QUESTION)) for _ in range(4)]
    await client.ask(STREAMED)

    assert [task.result().status for task in asked] == [200] * 4
    assert cloud.tokens == ["ya29.token-1"]


@pytest.mark.usefixtures("key_file")
async def test_a_token_that_google_has_forgotten_is_renewed_at_once(
    connect: Connect, provider: Provider, cloud: GoogleCloud
) -> None:
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))
    await client.ask(QUESTION)
    cloud.forgotten = set(cloud.tokens)

    answers = [await client.ask(question) for question in (QUESTION, STREAMED)]

    assert [answer.status for answer in answers] == [200, 200]
    assert cloud.tokens == ["ya29.token-1", "ya29.token-2"]


@pytest.mark.usefixtures("key_file")
async def test_a_token_that_ends_soon_is_not_kept(
    connect: Connect, provider: Provider, cloud: GoogleCloud
) -> None:
    cloud.life_s = 60
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))

    for _ in range(2):
        await client.ask(QUESTION)

    assert cloud.tokens == ["ya29.token-1", "ya29.token-2"]


async def test_a_service_account_may_stand_in_the_configuration(
    connect: Connect, provider: Provider, cloud: GoogleCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google, "TOKEN_URL", f"{provider.url}/token")
    options = {"client_email": EMAIL, "private_key": cloud.private_key.replace("\n", "\\n")}
    client = await connect(**vertex(provider.url, "vertex-openai", "meta/llama-maas", **options))

    answer = await client.ask(QUESTION)

    (call,) = cloud.served
    assert answer.text == "Hi."
    assert call.target == (
        "/v1/projects/my-project/locations/us-central1/endpoints/openapi/chat/completions"
    )
    assert call.body["model"] == "meta/llama-maas"


async def test_the_sign_in_of_gcloud_serves(
    connect: Connect,
    provider: Provider,
    cloud: GoogleCloud,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = {
        "type": "authorized_user",
        "client_id": "id",
        "client_secret": "public",
        "refresh_token": REFRESH,
        "quota_project_id": "my-project",
        "token_uri": f"{provider.url}/token",
    }
    (home / "user.json").write_text(json.dumps(held), encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(home / "user.json"))
    monkeypatch.setattr(
        "google.oauth2.credentials._GOOGLE_OAUTH2_TOKEN_ENDPOINT", held["token_uri"]
    )
    options = {"project": "my-project", "location": "global"}
    client = await connect(**vertex(provider.url, "vertex-claude", "claude", **options))

    answer = await client.ask(QUESTION)

    (call,) = cloud.served
    assert answer.status == 200
    assert "/locations/global/" in call.target
    assert call.header("x-goog-user-project") == "my-project"


@pytest.mark.usefixtures("cloud")
async def test_missing_credentials_are_told_with_the_remedy(
    connect: Connect, provider: Provider
) -> None:
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert "gcloud auth application-default login" in answer.error["message"]


@pytest.mark.usefixtures("key_file")
async def test_a_refused_account_is_told_and_asked_again_for_the_next_request(
    connect: Connect, provider: Provider, cloud: GoogleCloud
) -> None:
    cloud.is_signed_out = True
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))
    refused = await client.ask(QUESTION)
    cloud.is_signed_out = False

    answer = await client.ask(QUESTION)

    assert refused.status == 401
    assert "Invalid JWT Signature" in refused.error["message"]
    assert "assertion" not in refused.error["message"]
    assert answer.status == 200


@pytest.mark.usefixtures("cloud")
async def test_a_key_that_is_none_is_told_without_being_shown(
    connect: Connect, provider: Provider
) -> None:
    options = {"client_email": EMAIL, "private_key": "not a key at all"}
    client = await connect(**vertex(provider.url, "vertex-claude", "claude", **options))

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert EMAIL in answer.error["message"]
    assert "not a key" not in answer.error["message"]


async def test_a_project_that_is_nowhere_is_told(
    connect: Connect, provider: Provider, cloud: GoogleCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google, "TOKEN_URL", f"{provider.url}/token")
    monkeypatch.setattr(google.ServiceAccount, "project", "")
    options = {"client_email": EMAIL, "private_key": cloud.private_key}
    client = await connect(**vertex(provider.url, "vertex-claude", "claude", **options))

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert "GOOGLE_CLOUD_PROJECT" in answer.error["message"]


async def test_a_token_server_that_is_away_is_a_failure_of_the_way(
    connect: Connect,
    provider: Provider,
    cloud: GoogleCloud,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = cloud.key_file(home / "key.json", "http://127.0.0.1:9/token")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", path)
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))

    answer = await client.ask(QUESTION)

    assert answer.status == 502
    assert "127.0.0.1:9" in answer.error["message"]


@pytest.mark.usefixtures("key_file")
async def test_half_an_account_is_not_made_up_for_by_another(
    connect: Connect, provider: Provider, cloud: GoogleCloud
) -> None:
    client = await connect(**vertex(provider.url, "vertex-claude", "claude", client_email=EMAIL))

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert "belong together" in answer.error["message"]
    assert cloud.served == []


async def test_a_machine_of_googles_has_credentials_of_its_own(
    connect: Connect, provider: Provider, cloud: GoogleCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = provider.url.removeprefix("http://")
    monkeypatch.setattr(_metadata, "_NO_GCE_CHECK", False)
    monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", host)
    monkeypatch.setenv("GCE_METADATA_IP", host)
    cloud.tokens.append("ya29.of-the-machine")
    provider.script = metadata_before(cloud)
    client = await connect(**vertex(provider.url, "vertex-claude", "claude"))

    answer = await client.ask(QUESTION)

    assert answer.status == 200
    assert cloud.served[0].header("authorization") == "Bearer ya29.of-the-machine"
