"""What real clients sent, encoded for Gemini: the API takes it, and nothing private is in it."""

import json
from collections.abc import Iterator

import pytest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.messages import blocks, texts
from ccr_desktop.core.providers.catalog import GEMINI_NATIVE
from tests.component.test_captured_requests import JsonObject, captured, images, names
from tests.support.gemini_rules import refusal
from tests.support.programs import leave_out

MODELS = ["gemini-3-flash", "gemini-3.1-pro-preview", "gemini-2.5-pro", "gemini-2.0-flash", "own"]


@pytest.fixture(params=names())
def body(request: pytest.FixtureRequest) -> JsonObject:
    if not captured():
        leave_out("there are no captured requests")
    found: JsonObject = captured()[request.param]["body"]
    return found


def encoded(body: JsonObject, model: str) -> JsonObject:
    target = Target(provider="g", model=model, url="https://h", api_key="k", profile=GEMINI_NATIVE)
    return Gemini().encode(body, target, "session").body


def words(made: JsonObject) -> Iterator[str]:
    """All that the model reads in words."""
    for content in [made.get("systemInstruction", {"parts": []}), *made["contents"]]:
        for part in content["parts"]:
            yield part.get("text", "")
            yield from part.get("functionResponse", {}).get("response", {}).values()


@pytest.mark.parametrize("model", MODELS)
def test_the_api_takes_it(body: JsonObject, model: str) -> None:
    assert refusal(encoded(body, model), model) is None


def test_nothing_private_is_sent(body: JsonObject) -> None:
    sent = json.dumps(encoded(body, MODELS[0]))

    private = ("x-anthropic-billing-header", "safeguards", "user_id", "device_id", "cache_control")
    assert not [word for word in private if word in sent]


def test_no_word_of_the_system_and_of_loaded_tools_is_lost(body: JsonObject) -> None:
    read = "\n".join(words(encoded(body, MODELS[0])))

    notes = [m["content"] for m in body["messages"] if m["role"] == "system"]
    for text in (text for content in [body.get("system"), *notes] for text in texts(content)):
        assert text in read or text.startswith("x-anthropic-billing-header:")
    for message in body["messages"]:
        for block in blocks(message["content"]):
            for part in blocks(block.get("content")):
                if part.get("type") == "tool_reference":
                    assert f"The tool {part['tool_name']} is loaded" in read


@pytest.mark.parametrize("model", MODELS)
def test_images_are_sent_as_data(body: JsonObject, model: str) -> None:
    parts = [part for content in encoded(body, model)["contents"] for part in content["parts"]]

    inside = [p for part in parts for p in part.get("functionResponse", {}).get("parts", ())]
    found = [p["inlineData"] for p in (*parts, *inside) if "inlineData" in p]
    sent = [media["data"] for media in found if media["mimeType"].startswith("image/")]
    wanted = [data for message in body["messages"] for data in images(message["content"])]
    assert sorted(sent) == sorted(wanted)


@pytest.mark.parametrize("model", MODELS)
def test_a_later_request_begins_with_the_bytes_of_the_earlier(body: JsonObject, model: str) -> None:
    whole = encoded(body, model)["contents"]

    for length in (i for i, m in enumerate(body["messages"]) if i and m["role"] == "assistant"):
        prefix = encoded({**body, "messages": body["messages"][:length]}, model)["contents"]
        assert dumps(whole[: len(prefix)]) == dumps(prefix)


def test_encoding_changes_nothing_and_repeats_itself(body: JsonObject) -> None:
    before = dumps(body)

    first, second = encoded(body, MODELS[0]), encoded(body, MODELS[0])

    assert dumps(body) == before
    assert dumps(first) == dumps(second)
