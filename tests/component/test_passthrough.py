"""Anthropic's own protocol on its way through: what changes, and that nothing else does."""

import asyncio
import json
from typing import Any

import pytest
from yarl import URL

from ccr_desktop.core import messages_attempt
from ccr_desktop.core.protocol.carrier import encode_carrier
from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import KEY, Connect, StartService, configuration
from tests.component.provider import Provider, event, held, message, message_events, stream, whole

SECRET = "the-client-secret"
MODEL = "claude,claude-upstream"
CLAUDE = {**QUESTION, "model": MODEL}

HELLO = b'"messages":[{"role":"user","content":"x"}]'
ODD_BODIES = {
    "spaces": b'{ "max_tokens" :5,\n\t"messages":[{"role" : "user"}] ,"model": "MODEL" }',
    "escapes": rb'{"messages":[{"content":"\u00fc\ud83d\ude00\/ \u0041"}],"model":"MODEL"}',
    "order": b'{"zebra":1,"messages":[{"content":"x","role":"user"}],"a":2,"model":"MODEL"}',
    "numbers": b'{"temperature":1.0,"x":1e3,"y":1E+2,%b,"model":"MODEL"}' % HELLO,
    "nested": b'{"a":{"model":"MODEL"},"b":["model","MODEL"],%b,"model":"MODEL"}' % HELLO,
    "quoted": rb'{"messages":[{"role":"user","content":"\"model\":\"MODEL\""}],"model":"MODEL"}',
    "trailing": b'  {%b,"model":"MODEL"}  \n' % HELLO,
    "first": b'{"model":"MODEL",%b}' % HELLO,
    "unknown": b'{"safeguards":[{"x":null}],"messages":[{"content":[{"type":"hologram"}]}],'
    b'"model":"MODEL"}',
}


@pytest.fixture
async def default_claude(connect: Connect, provider: Provider) -> Client:
    """A client whose requests go to the Anthropic endpoint by default."""
    provider.script = whole(message("Hello."))
    return await connect(Router={"default": MODEL})


@pytest.mark.parametrize("body", ODD_BODIES.values(), ids=ODD_BODIES.keys())
async def test_a_request_for_the_same_model_keeps_every_byte(
    default_claude: Client, provider: Provider, body: bytes
) -> None:
    sent = body.replace(b"MODEL", b"claude-upstream")

    answer = await default_claude.ask(sent)

    assert answer.status == 200
    assert provider.calls[0].raw == sent


@pytest.mark.parametrize("body", ODD_BODIES.values(), ids=ODD_BODIES.keys())
async def test_a_request_for_another_model_changes_only_its_name(
    default_claude: Client, provider: Provider, body: bytes
) -> None:
    sent = body.replace(b"MODEL", b"claude-sonnet-5")

    await default_claude.ask(sent)

    head, _, tail = sent.rpartition(b'"claude-sonnet-5"')  # in each of them it is the last one
    assert provider.calls[0].raw == head + b'"claude-upstream"' + tail


async def test_the_call_goes_to_the_address_with_query_and_headers_of_the_client(
    client: Client, provider: Provider
) -> None:
    provider.script = whole(message("Hello."))
    headers = {
        "anthropic-beta": "context-1m-2025-08-07,interleaved-thinking-2025-05-14",
        "anthropic-version": "2026-10-21",
        "anthropic-dangerous-direct-browser-access": "true",
        "user-agent": "claude-cli/2.1.330 (external, cli)",
        "x-app": "cli",
        "x-stainless-timeout": "600",
        "x-claude-code-session-id": "session-1",
    }

    await client.ask(CLAUDE, headers, path="/v1/messages?beta=true&x=a%20c")

    call = provider.calls[0]
    assert call.target == "/v1/messages?beta=true&x=a%20c"
    assert {name: call.header(name) for name in headers} == headers
    assert call.header("host") == f"127.0.0.1:{provider.port}"
    assert call.header("content-type") == "application/json"


async def test_a_client_without_a_version_gets_one(client: Client, provider: Provider) -> None:
    provider.script = whole(message("Hello."))

    await client.ask(CLAUDE)

    assert provider.calls[0].header("anthropic-version") == "2023-06-01"


@pytest.mark.parametrize("model", [MODEL, "mock,big"], ids=["passed", "translated"])
@pytest.mark.parametrize(
    "credential",
    [{"x-api-key": SECRET}, {"Authorization": f"Bearer {SECRET}"}, {"Authorization": SECRET}],
    ids=["x-api-key", "bearer", "plain"],
)
async def test_the_credential_of_the_client_stays_with_the_router(
    connect: Connect, provider: Provider, model: str, credential: dict[str, str]
) -> None:
    client = await connect(APIKEY=SECRET)
    provider.script = whole(message("Hello."))
    private = {"Cookie": f"session={SECRET}", "x-ccr-token": SECRET, "Proxy-Authorization": SECRET}

    await client.ask({**QUESTION, "model": model}, {**credential, **private})

    call = provider.calls[0]
    assert SECRET not in str(call.http.headers)
    assert SECRET not in call.target
    if model == MODEL:
        assert call.header("x-api-key") == KEY
        assert call.header("authorization") is None
    else:
        assert call.header("authorization") == f"Bearer {KEY}"
        assert call.header("x-api-key") is None


async def test_an_endpoint_that_wants_a_bearer_gets_one(
    connect: Connect, provider: Provider
) -> None:
    raw = configuration(provider.url)["Providers"]
    raw[1]["transformer"] = {"use": [["Anthropic", {"UseBearer": True}]]}
    client = await connect(Providers=raw)
    provider.script = whole(message("Hello."))

    await client.ask(CLAUDE)

    assert provider.calls[0].header("authorization") == f"Bearer {KEY}"
    assert provider.calls[0].header("x-api-key") is None


async def test_a_whole_answer_changes_only_the_name_of_its_model(
    client: Client, provider: Provider
) -> None:
    body = b'{ "id":"msg_1", "model" : "claude-upstream",\n'
    body += b'"content":[{"type":"text","text":"\\u00fc"}], "usage":{}}'
    provider.script = whole(body)

    answer = await client.ask(CLAUDE)

    assert answer.raw == body.replace(b'"claude-upstream"', f'"{MODEL}"'.encode())


async def test_a_whole_answer_of_the_same_model_keeps_every_byte(
    default_claude: Client, provider: Provider
) -> None:
    body = b'{ "model" : "claude-upstream","content":[ {"type":"text","text":"\\u00fc"} ] }\n'
    provider.script = whole(body)

    answer = await default_claude.ask({**QUESTION, "model": "claude-upstream"})

    assert answer.raw == body


async def test_a_stream_of_the_same_model_keeps_every_byte(
    default_claude: Client, provider: Provider
) -> None:
    pieces = message_events("Grüße")
    pieces.insert(
        3,
        b'event: content_block_delta\ndata: { "type":"content_block_delta", '
        b'"index":0, "delta":{"type":"text_delta","text":"\\u00fc"} }\n\n',
    )
    pieces.insert(4, event("unheard_of", index=0, surprise=True))
    provider.script = stream(pieces, done=False)

    answer = await default_claude.ask({**STREAMED, "model": "claude-upstream"})

    assert answer.raw == b"".join(pieces)


async def test_a_stream_of_another_model_changes_only_its_start(
    client: Client, provider: Provider
) -> None:
    pieces = message_events("Hello.")
    provider.script = stream(pieces, done=False)

    answer = await client.ask({**STREAMED, "model": MODEL})

    first, rest = answer.raw.split(b"\n\n", 1)
    assert rest == b"".join(pieces[1:])
    assert json.loads(first.split(b"data: ")[1])["message"]["model"] == MODEL


@pytest.mark.parametrize("is_stream", [False, True], ids=["json", "stream"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 429, 500, 529])
async def test_an_error_passes_with_its_bytes_status_and_retry_headers(
    client: Client, provider: Provider, status: int, is_stream: bool
) -> None:
    body = b'{ "type":"error","error":{"type":"odd_error","message":"thinking.signature: \\u00fc"},'
    body += b'"request_id":"req_upstream" }\n'
    headers = {"retry-after": "9", "x-should-retry": "false", "anthropic-ratelimit-x": "1"}
    provider.script = whole(body, status, headers)

    answer = await client.ask({**CLAUDE, "stream": is_stream})

    assert answer.status == status
    assert answer.raw == body
    assert {name: answer.headers[name] for name in headers} == headers
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-ccr-route"] == MODEL


def thought(signature: str) -> dict[str, str]:
    return {"type": "thinking", "thinking": "hm", "signature": signature}


async def test_thoughts_that_only_the_router_can_read_stay_behind(
    client: Client, provider: Provider
) -> None:
    own = encode_carrier("mock", {"reasoning_content": "hm"})
    said = {"type": "text", "text": "Yes."}
    messages: list[Any] = [
        {"role": "user", "content": "One?"},
        {"role": "assistant", "content": [thought(own), said]},
        {"role": "user", "content": "Two?"},
        {"role": "assistant", "content": [thought("anthropic-signature"), said]},
        {"role": "user", "content": "Three?"},
        {"role": "assistant", "content": [thought(own)]},
        {"role": "user", "content": "Four?"},
    ]
    provider.script = whole(message("Hello."))

    await client.ask({**CLAUDE, "messages": messages})

    sent = provider.calls[0].body["messages"]
    assert sent[1]["content"] == [said]
    assert sent[3]["content"] == [thought("anthropic-signature"), said]
    assert sent[5]["content"]
    assert own not in provider.calls[0].raw.decode()
    assert [m["role"] for m in sent] == [m["role"] for m in messages]


async def test_a_body_that_cannot_be_translated_can_still_be_passed(
    client: Client, provider: Provider
) -> None:
    provider.script = whole(message("Hello."))
    body = {**CLAUDE, "mcp_servers": [{"url": "x"}], "messages": [{"role": "tool", "content": 5}]}

    answer = await client.ask(body)

    assert answer.status == 200
    assert provider.calls[0].body["mcp_servers"] == [{"url": "x"}]


async def test_a_stream_for_a_request_of_a_whole_body_is_folded(
    client: Client, provider: Provider
) -> None:
    provider.script = stream(message_events("Folded."), done=False)

    answer = await client.ask(CLAUDE)

    assert answer.status == 200
    assert answer.json["content"] == [{"type": "text", "text": "Folded."}]
    assert answer.json["stop_reason"] == "end_turn"
    assert answer.json["model"] == MODEL
    assert answer.json["usage"]["output_tokens"] == 3


@pytest.mark.parametrize("is_stream", [True, False])
@pytest.mark.parametrize("content_type", ["application/json", "text/plain; charset=utf-8"])
async def test_a_stream_that_does_not_say_so_is_one(
    client: Client, provider: Provider, content_type: str, *, is_stream: bool
) -> None:
    pieces = [b": waiting\n\n", *message_events("Streamed.")]
    one_by_one = [bytes([byte]) for byte in b"".join(pieces)[:80]]
    rest = b"".join(pieces)[80:]
    headers = {"Content-Type": content_type}
    provider.script = stream([*one_by_one, rest], headers, done=False)

    answer = await client.ask({**(STREAMED if is_stream else QUESTION), "model": MODEL})

    assert answer.status == 200
    assert b"Streamed." in answer.raw
    assert b"api_error" not in answer.raw


async def test_an_answer_without_its_last_event_is_complete(
    client: Client, provider: Provider
) -> None:
    provider.script = stream(message_events("Hello.")[:-1], done=False)

    streamed = await client.ask({**STREAMED, "model": MODEL})
    whole_answer = await client.ask(CLAUDE)

    assert streamed.kinds[-2:] == ["message_delta", "message_stop"]
    assert whole_answer.status == 200
    assert whole_answer.json["content"] == [{"type": "text", "text": "Hello."}]


async def test_an_answer_whose_connection_stays_open_after_its_stop_reason_ends(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages_attempt, "_GRACE_S", 0.05)
    provider.script = held(asyncio.Event(), before=message_events("Hello.")[:-1])

    answer = await client.ask({**STREAMED, "model": MODEL})

    assert answer.kinds[-1] == "message_stop"


async def test_a_user_agent_of_odd_bytes_does_not_break_the_call(
    start_service: StartService, provider: Provider
) -> None:
    provider.script = whole(message("Hello."))
    service = await start_service(configuration(provider.url))
    data = json.dumps(CLAUDE).encode()
    head = b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    head += b"user-agent: odd \xff\r\nContent-Length: %d\r\n\r\n" % len(data)
    url = URL(service.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(head + data)
    raw = await reader.read()
    writer.close()
    await writer.wait_closed()

    assert raw.startswith(b"HTTP/1.1 200 ")
