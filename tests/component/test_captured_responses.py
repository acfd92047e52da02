"""What real clients sent, for a Responses server: nothing illegal, private or lost."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from openai.types.responses.response_create_params import ResponseCreateParams
from pydantic import ConfigDict, TypeAdapter

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.openai_responses import OpenAIResponses
from ccr_desktop.core.protocol.checks import check_request, check_translatable
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.messages import blocks, texts
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.routing.turn import session_id
from tests.component.test_captured_requests import captured, images, materialised, names
from tests.support.programs import leave_out

JsonObject = dict[str, Any]

STRICT: TypeAdapter[Any] = TypeAdapter(
    ResponseCreateParams, config=ConfigDict(extra="forbid", arbitrary_types_allowed=True)
)
TARGETS = {
    "reasoning": Target(
        provider="openai", model="gpt-5.1", url="https://h", api_key="k", profile=catalog.OPENAI
    ),
    "plain": Target(
        provider="openai", model="gpt-4.1", url="https://h", api_key="k", profile=catalog.OPENAI
    ),
    "other": Target(
        provider="other", model="m", url="https://h", api_key="k", profile=catalog.COMPATIBLE
    ),
}


@pytest.fixture(params=names())
def body(request: pytest.FixtureRequest) -> JsonObject:
    if not captured():
        leave_out("there are no captured requests")
    found: JsonObject = captured()[request.param]["body"]
    return found


@pytest.fixture(params=TARGETS)
def target(request: pytest.FixtureRequest) -> Target:
    return TARGETS[request.param]


@pytest.fixture
def sent(body: JsonObject, target: Target) -> JsonObject:
    return translated(body, target)


def translated(body: JsonObject, target: Target) -> JsonObject:
    check_request(body)
    check_translatable(body)
    return OpenAIResponses().encode(body, target, session_id(body, {})).body


def words(items: list[JsonObject]) -> str:
    return "\n".join(_words(items))


def _words(items: list[JsonObject]) -> Iterator[str]:
    for item in items:
        content = item.get("content") or item.get("output") or ""
        parts = [{"text": content}] if isinstance(content, str) else content
        yield from (part["text"] for part in parts if "text" in part)


def test_what_is_sent_fits_openais_types(sent: JsonObject) -> None:
    assert materialised(STRICT.validate_python(sent)) == sent


def test_nothing_private_leaves_the_machine(sent: JsonObject) -> None:
    told = dumps(sent).decode()

    for private in ("x-anthropic-billing-header", "safeguards", "user_id", "device_id"):
        assert private not in told
    assert not {"metadata", "safeguards", "context_management", "system", "stop"} & sent.keys()
    assert "account_uuid" not in told


def test_no_word_of_the_system_is_lost(body: JsonObject, sent: JsonObject) -> None:
    told = sent.get("instructions", "") + words(sent["input"])

    notes = [m["content"] for m in body["messages"] if m["role"] == "system"]
    for text in (text for content in [body.get("system"), *notes] for text in texts(content)):
        assert text in told or text.startswith("x-anthropic-billing-header:")


def test_calls_and_results_are_paired(sent: JsonObject) -> None:
    waiting: list[str] = []
    for item in sent["input"]:
        if item["type"] == "function_call":
            waiting.append(item["call_id"])
        elif item["type"] == "function_call_output":
            waiting.remove(item["call_id"])
        else:
            assert item["content"]
            assert not waiting or item.get("role") == "assistant"
    assert not waiting


def test_images_are_sent_where_they_stand(body: JsonObject, sent: JsonObject) -> None:
    contents = [item.get("content") or item.get("output") for item in sent["input"]]
    urls = [
        part["image_url"]
        for content in contents
        if isinstance(content, list)
        for part in content
        if part["type"] == "input_image"
    ]

    wanted = [data for message in body["messages"] for data in images(message["content"])]
    assert urls == [f"data:image/png;base64,{data}" for data in wanted]


def test_only_tools_that_can_be_called_are_offered(body: JsonObject, sent: JsonObject) -> None:
    functions = [tool for tool in sent.get("tools", ()) if tool["type"] == "function"]
    loaded = {
        part["tool_name"]
        for message in body["messages"]
        for block in blocks(message["content"])
        for part in blocks(block.get("content"))
        if part.get("type") == "tool_reference"
    }
    inline = {t["name"] for t in body.get("tools", ()) if "input_schema" in t}
    deferred = {t["name"] for t in body.get("tools", ()) if t.get("defer_loading")}
    has_search = any(tool["type"] == "web_search" for tool in sent.get("tools", ()))

    assert {tool["name"] for tool in functions} == (inline - deferred) | (loaded & inline)
    assert has_search is any("web_search" in t.get("type", "") for t in body.get("tools", ()))
    assert "$schema" not in json.dumps([tool["parameters"] for tool in functions])


def test_a_later_request_begins_with_the_bytes_of_the_earlier(
    body: JsonObject, target: Target
) -> None:
    whole = translated(body, target)["input"]

    answers = [i for i, m in enumerate(body["messages"]) if i and m["role"] == "assistant"]
    for length in answers:
        prefix = translated({**body, "messages": body["messages"][:length]}, target)["input"]
        assert dumps(whole[: len(prefix)]) == dumps(prefix)


def test_models_get_only_the_members_that_they_take(body: JsonObject) -> None:
    reasoning, plain = (translated(body, TARGETS[name]) for name in ("reasoning", "plain"))

    assert not {"temperature", "top_p"} & reasoning.keys()
    assert not {"reasoning"} & plain.keys()
    assert "reasoning.encrypted_content" not in plain.get("include", ())


def test_translating_changes_nothing_and_repeats_itself(body: JsonObject, target: Target) -> None:
    before = dumps(body)

    first, second = translated(body, target), translated(body, replace(target))

    assert dumps(body) == before
    assert dumps(first) == dumps(second)
