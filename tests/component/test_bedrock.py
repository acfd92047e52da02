"""Claude at Amazon Bedrock: requests as it takes them, answers in frames."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from ccr_desktop.core.credentials.aws import AwsKeys
from ccr_desktop.core.credentials.aws_signature import signature_headers
from tests.component.client import QUESTION, STREAMED
from tests.component.conftest import Connect
from tests.component.provider import Call, JsonObject, Provider, Script, message_events, soon
from tests.support.aws_frames import CONTENT_TYPE, chunk, exception, frame
from tests.support.bedrock_upstream import KEY, problem_of

MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
ARN = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3"
BETAS = "claude-code-20250219,context-1m-2025-08-07,prompt-caching-scope-2026-01-05"
EVENTS = [event.split(b"data: ")[1].rstrip() for event in message_events("Hello from Bedrock")]
FRAMES = list(map(chunk, EVENTS))


def framed(*pieces: bytes) -> Script:
    """Answer with these bytes, one write each."""

    async def script(call: Call) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in call.http.headers.items()}
        if problem := problem_of(call.target, headers, call.body):
            return web.json_response({"message": problem[1]}, status=problem[0])
        if call.target.endswith("/invoke"):
            whole = json.loads(EVENTS[0])["message"]
            content = [{"type": "text", "text": "Hello from Bedrock"}]
            return web.json_response({**whole, "content": content, "stop_reason": "end_turn"})
        response = await call.start(headers={"Content-Type": CONTENT_TYPE})
        for piece in pieces:
            await response.write(piece)
        return response

    return script


def bedrock(url: str, model: str = MODEL, **options: Any) -> JsonObject:
    entry = {
        "name": "bedrock",
        "api_base_url": url,
        "api_key": KEY,
        "models": [model],
        "transformer": {"use": [["bedrock-claude", options]]},
    }
    return {"Providers": [entry], "Router": {"default": f"bedrock,{model}"}}


@pytest.mark.parametrize("asked", [QUESTION, STREAMED], ids=["whole", "streamed"])
@pytest.mark.parametrize(
    ("model", "path"),
    [(MODEL, MODEL), (ARN, ARN.replace("/", "%2F"))],
    ids=["inference profile", "ARN"],
)
async def test_a_model_is_invoked_at_its_address(
    connect: Connect, provider: Provider, asked: JsonObject, model: str, path: str
) -> None:
    provider.script = framed(*FRAMES)
    client = await connect(**bedrock(provider.url, model))
    told = {**asked, "thinking": {"type": "disabled"}, "safeguards": {}, "metadata": {"a": "b"}}

    answer = await client.ask(told, headers={"anthropic-beta": BETAS})

    assert answer.status == 200
    assert answer.text == "Hello from Bedrock"
    (call,) = provider.calls
    method = "invoke-with-response-stream" if asked.get("stream") else "invoke"
    assert call.target == f"/model/{path}/{method}"
    assert call.header("anthropic-beta") is None
    assert call.body == {
        "anthropic_version": "bedrock-2023-05-31",
        "anthropic_beta": ["context-1m-2025-08-07"],
        "max_tokens": 100,
        "thinking": {"type": "disabled"},
        "messages": QUESTION["messages"],
    }


@pytest.mark.parametrize("size", [1, 7, 10_000])
async def test_events_pass_through_as_they_came_wherever_frames_are_cut(
    connect: Connect, provider: Provider, size: int
) -> None:
    raw = b"".join(FRAMES)
    provider.script = framed(*(raw[at : at + size] for at in range(0, len(raw), size)))
    client = await connect(**bedrock(provider.url))

    answer = await client.ask(STREAMED)

    sent = [json.loads(event) for event in EVENTS]
    assert answer.events[1:] == sent[1:]
    assert answer.events[0]["message"] == {**sent[0]["message"], "model": STREAMED["model"]}
    assert EVENTS[2] in answer.raw


@pytest.mark.parametrize("kind", ["application/octet-stream", "", f"{CONTENT_TYPE}; a=b"])
async def test_frames_are_known_though_a_gateway_tells_another_type(
    connect: Connect, provider: Provider, kind: str
) -> None:
    async def script(call: Call) -> web.StreamResponse:
        response = await call.start(headers={"Content-Type": kind})
        await response.write(b"".join(FRAMES))
        return response

    provider.script = script
    client = await connect(**bedrock(provider.url))

    answer = await client.ask(STREAMED)

    assert answer.text == "Hello from Bedrock"


async def test_filters_see_the_answer_as_any_other(connect: Connect, provider: Provider) -> None:
    thought = message_events("<think>Hm.</think>Hello")
    provider.script = framed(*(chunk(frame.split(b"data: ")[1].rstrip()) for frame in thought))
    config = bedrock(provider.url)
    config["Providers"][0]["transformer"]["use"].append("extrathinktag")
    client = await connect(**config)

    answer = await client.ask(STREAMED)

    kinds = [e["content_block"]["type"] for e in answer.events if "content_block" in e]
    assert kinds == ["thinking", "text"]


@pytest.mark.parametrize(
    ("name", "status", "kind"),
    [
        ("throttlingException", 429, "rate_limit_error"),
        ("modelStreamErrorException", 500, "api_error"),
        ("internalServerException", 500, "api_error"),
        ("serviceUnavailableException", 529, "overloaded_error"),
        ("modelTimeoutException", 504, "timeout_error"),
        ("validationException", 400, "invalid_request_error"),
    ],
)
async def test_an_exception_before_the_answer_has_its_status(
    connect: Connect, provider: Provider, name: str, status: int, kind: str
) -> None:
    provider.script = framed(exception(name, "No luck."))
    client = await connect(**bedrock(provider.url), Failover={"tries": 1})

    answer = await client.ask(STREAMED)

    assert answer.status == status
    assert answer.error["type"] == kind
    assert "No luck." in answer.error["message"]


@pytest.mark.parametrize(
    ("payload", "words"),
    [(b"", "throttlingException"), (b"?", "throttlingException"), (b'{"Message": "Slow"}', "Slow")],
)
async def test_an_exception_is_told_whatever_it_holds(
    connect: Connect, provider: Provider, payload: bytes, words: str
) -> None:
    kinds = {":message-type": "exception", ":exception-type": "throttlingException"}
    provider.script = framed(frame(kinds, payload))
    client = await connect(**bedrock(provider.url), Failover={"tries": 1})

    answer = await client.ask(STREAMED)

    assert answer.status == 429
    assert f"(429): {words}." in answer.error["message"]


async def test_an_exception_in_the_answer_is_an_error_event(
    connect: Connect, provider: Provider
) -> None:
    has_come = asyncio.Event()

    async def script(call: Call) -> web.StreamResponse:
        response = await call.start(headers={"Content-Type": CONTENT_TYPE})
        await response.write(b"".join(FRAMES[:4]))
        await soon(has_come)
        await response.write(exception("throttlingException", "Too many tokens"))
        return response

    provider.script = script
    client = await connect(**bedrock(provider.url))

    async with client.streaming(STREAMED) as stream:
        await stream.until(b"content_block_delta")
        has_come.set()
        answer = await stream.rest()

    assert answer.kinds[-1] == "error"
    error = answer.events[-1]["error"]
    assert error == {"type": "rate_limit_error", "message": "Too many tokens"}


@pytest.mark.parametrize(
    "pieces",
    [FRAMES[:3], [*FRAMES[:3], FRAMES[3][:-5]]],
    ids=["between frames", "in a frame"],
)
async def test_a_stream_that_is_cut_short_fails_as_others_do(
    connect: Connect, provider: Provider, pieces: list[bytes]
) -> None:
    provider.script = framed(*pieces)
    client = await connect(**bedrock(provider.url))

    answer = await client.ask(STREAMED)

    assert answer.kinds[-1] == "error"
    assert (
        "closed the stream before the answer was finished"
        in (answer.events[-1]["error"]["message"])
    )


async def test_a_wrong_checksum_is_said_after_what_came_before_it(
    connect: Connect, provider: Provider
) -> None:
    broken = FRAMES[3][:-1] + bytes([FRAMES[3][-1] ^ 1])
    provider.script = framed(b"".join([*FRAMES[:3], broken, *FRAMES[4:]]))
    client = await connect(**bedrock(provider.url))

    answer = await client.ask(STREAMED)

    assert answer.kinds == [*(json.loads(event)["type"] for event in EVENTS[:3]), "error"]
    message = answer.events[-1]["error"]["message"]
    assert f"bedrock,{MODEL} sent an answer that can't be read: the checksum" in message


async def test_a_refusal_is_told_in_bedrocks_words(connect: Connect, provider: Provider) -> None:
    provider.script = framed()
    config = bedrock(provider.url)
    config["Providers"][0]["api_key"] = "another-key"
    client = await connect(**config)

    answer = await client.ask(QUESTION)

    assert answer.status == 403
    assert "Authentication failed" in answer.error["message"]


async def test_bedrocks_own_messages_endpoint_is_asked_as_anthropics(
    connect: Connect, provider: Provider
) -> None:
    async def script(call: Call) -> web.StreamResponse:
        response = await call.start()
        await response.write(b"".join(message_events("Hello")))
        return response

    provider.script = script
    client = await connect(**bedrock(f"{provider.url}/anthropic", "anthropic.claude-sonnet-5"))

    answer = await client.ask({**STREAMED, "safeguards": {}}, headers={"anthropic-beta": BETAS})

    (call,) = provider.calls
    assert answer.text == "Hello"
    assert call.target == "/anthropic/v1/messages"
    assert call.header("authorization") == f"Bearer {KEY}"
    assert call.header("x-api-key") is None
    assert call.header("anthropic-version") == "2023-06-01"
    assert call.header("anthropic-beta") == "claude-code-20250219,context-1m-2025-08-07"
    assert call.body == {**STREAMED, "model": "anthropic.claude-sonnet-5"}


async def test_an_arn_that_tells_no_model_stands_for_the_one_that_is_said(
    connect: Connect, provider: Provider
) -> None:
    provider.script = framed(*FRAMES)
    client = await connect(**bedrock(provider.url, ARN, base_model="claude-sonnet-4-5"))

    await client.ask({**STREAMED, "max_tokens": 9000, "thinking": {"type": "adaptive"}})

    assert provider.calls[0].body["thinking"] == {"type": "enabled", "budget_tokens": 8192}


async def test_without_any_credentials_the_remedy_is_told(
    connect: Connect, provider: Provider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "PROFILE"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(home / "none"))
    config = bedrock(provider.url)
    del config["Providers"][0]["api_key"]
    client = await connect(**config)

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert "Give the provider a Bedrock API key" in answer.error["message"]
    assert provider.calls == []


async def test_a_signed_request_is_what_was_signed(
    connect: Connect, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    config = bedrock(provider.url, ARN, region="eu-west-1")
    del config["Providers"][0]["api_key"]
    client = await connect(**config)

    await client.ask(QUESTION)

    call = provider.calls[0]
    said, url = call.header("x-amz-date") or "", f"http://{call.header('host')}{call.target}"
    now = datetime.strptime(said, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    place, keys = ("eu-west-1", "bedrock"), AwsKeys("AKIDEXAMPLE", "secret")
    signed = signature_headers(keys, url, call.raw, place=place, now=now)
    assert call.header("authorization") == signed["Authorization"]
    assert call.header("x-api-key") is None
