"""Paths, methods and headers of the service, as clients see them."""

import json

import pytest

from tests.component.client import QUESTION, STREAMED, Client
from tests.component.provider import Provider, completion, whole


@pytest.mark.parametrize("query", ["", "?beta=true", "?a=b&c=%20d"])
async def test_messages_are_answered_whatever_the_query_says(
    client: Client, provider: Provider, query: str
) -> None:
    provider.script = whole(completion("Hello."))

    answer = await client.ask(path=f"/v1/messages{query}")

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.text == "Hello."


async def test_a_stream_is_an_event_stream_that_nobody_may_keep(client: Client) -> None:
    answer = await client.ask(STREAMED)

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-encoding" not in answer.headers
    assert answer.text == "Hello from the provider"
    assert answer.kinds[0] == "message_start"
    assert answer.kinds[-1] == "message_stop"


@pytest.mark.parametrize("body", [QUESTION, STREAMED], ids=["json", "stream"])
async def test_an_answer_names_its_route_scenario_and_request(client: Client, body: object) -> None:
    answer = await client.ask(body)

    assert answer.headers["x-ccr-route"] == "mock,big"
    assert answer.headers["x-ccr-scenario"] == "default"
    assert answer.headers["request-id"].startswith("req_")
    assert answer.headers["x-ccr-request-id"] == answer.headers["request-id"]


async def test_every_request_has_an_id_of_its_own(client: Client) -> None:
    ids = {(await client.ask(STREAMED)).headers["request-id"] for _ in range(3)}

    assert len(ids) == 3


async def test_a_route_with_odd_characters_is_still_a_valid_header(client: Client) -> None:
    answer = await client.ask({**STREAMED, "model": "mock,modèle 猫\r\nx-evil: 1"})

    assert answer.status == 200
    assert "x-evil" not in answer.headers
    assert answer.headers["x-ccr-route"].startswith("mock,mod\\xe8le")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/health"),
        ("HEAD", "/"),
        ("HEAD", "/health"),
        ("GET", "/v1/models"),
        ("GET", "/v1/models/mock,big"),
        ("POST", "/v1/messages/count_tokens"),
        ("GET", "/nothing"),
        ("GET", "/v1/messages"),
    ],
)
async def test_every_answer_carries_a_request_id(client: Client, method: str, path: str) -> None:
    data = json.dumps(QUESTION) if method == "POST" else None

    answer = await client.request(method, path, data)

    assert answer.headers["request-id"].startswith("req_")


async def test_health_and_the_root_tell_who_answers(client: Client) -> None:
    health = await client.get("/health")
    root = await client.get("/")

    assert health.json["status"] == "ok"
    assert health.json["version"]
    assert root.json["name"] == "CCR Desktop"


@pytest.mark.parametrize("path", ["/", "/health"])
async def test_a_head_request_probes_without_a_body(client: Client, path: str) -> None:
    answer = await client.request("HEAD", path)

    assert answer.status == 200
    assert answer.raw == b""


async def test_tokens_are_counted_with_system_tools_and_messages(client: Client) -> None:
    tool = {"name": "Read", "description": "Reads a file", "input_schema": {"type": "object"}}
    path = "/v1/messages/count_tokens?beta=true"

    bare = (await client.ask(path=path)).json["input_tokens"]
    full = (await client.ask({**QUESTION, "system": "Be kind", "tools": [tool]}, path=path)).json

    assert 0 < bare < full["input_tokens"]
    assert (await client.ask(path=path)).json["input_tokens"] == bare


async def test_counting_needs_neither_max_tokens_nor_a_known_model(client: Client) -> None:
    body = {"model": "nobody,nothing", "messages": QUESTION["messages"]}

    answer = await client.ask(body, path="/v1/messages/count_tokens")

    assert answer.status == 200


async def test_models_are_listed_by_route_name_and_by_a_name_claude_code_keeps(
    client: Client,
) -> None:
    listed = (await client.get("/v1/models?limit=1000")).json

    ids = [model["id"] for model in listed["data"]]
    assert ids[0] == "mock,big"
    assert {"mock,big", "mock,vendor/odd-model", "claude,claude-upstream"} <= set(ids)
    assert {"claude-ccr-mock-big", "claude-ccr-mock-vendor/odd-model"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert listed["has_more"] is False
    assert (listed["first_id"], listed["last_id"]) == (ids[0], ids[-1])
    assert {model["type"] for model in listed["data"]} == {"model"}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/models/mock,vendor/odd-model",
        "/v1/models/mock%2Cvendor%2Fodd-model",
        "/v1/models/claude-ccr-mock-vendor/odd-model",
        "/v1/models/claude-ccr-mock-vendor%2Fodd-model",
    ],
)
async def test_a_model_is_found_whatever_characters_its_id_holds(client: Client, path: str) -> None:
    answer = await client.request("GET", path)

    assert answer.status == 200
    assert answer.json["display_name"] == "vendor/odd-model (mock)"


async def test_a_listed_alias_can_be_asked(client: Client, provider: Provider) -> None:
    answer = await client.ask({**STREAMED, "model": "claude-ccr-mock-vendor/odd-model"})

    assert answer.status == 200
    assert provider.calls[0].body["model"] == "vendor/odd-model"


async def test_a_window_that_is_configured_is_told(client: Client) -> None:
    answer = await client.get("/v1/models/mock,big")

    assert "max_input_tokens" not in answer.json


async def test_an_unknown_model_is_not_found(client: Client) -> None:
    answer = await client.get("/v1/models/nothing,at/all")

    assert answer.status == 404
    assert answer.error["type"] == "not_found_error"
    assert "nothing,at/all" in answer.error["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("POST", "/v1/complete"),
        ("POST", "/api/event_logging/batch"),
        ("GET", "/v1/messages/batches"),
        ("POST", "/v1/v1/messages"),
        ("GET", "//v1/models"),
        ("GET", "/v1/models/"),
        ("OPTIONS", "/nothing"),
    ],
)
async def test_an_unknown_path_is_told_in_an_envelope(
    client: Client, method: str, path: str
) -> None:
    answer = await client.request(method, path)

    assert answer.status == 404
    assert answer.error["type"] == "not_found_error"
    assert answer.json["request_id"] == answer.headers["request-id"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/messages"), ("PUT", "/v1/messages"), ("DELETE", "/v1/models"), ("POST", "/")],
)
async def test_a_wrong_method_is_told_with_the_right_one(
    client: Client, method: str, path: str
) -> None:
    answer = await client.request(method, path)

    assert answer.status == 405
    assert answer.error["type"] == "invalid_request_error"
    assert ("POST" if method in {"GET", "PUT"} else "GET") in answer.error["message"]


async def test_an_error_tells_the_id_of_its_request(client: Client) -> None:
    answer = await client.ask(b"{")

    assert answer.status == 400
    assert answer.json["request_id"] == answer.headers["request-id"]
