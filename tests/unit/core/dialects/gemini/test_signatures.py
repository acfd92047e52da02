"""Thought signatures: to the client, and back to the parts they came on."""

import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.gemini.signatures import SENTINEL
from ccr_desktop.core.protocol.carrier import encode_carrier
from tests.support.grammar import fold
from tests.support.replay import GEMINI, stream
from tests.unit.core.dialects.gemini.bodies import NEW, OLD, sent
from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    assistant,
    call,
    request,
    result,
    user,
)

READ = {"functionCall": {"name": "Read", "args": {"path": "a"}}}
NOW = {"functionCall": {"name": "now", "args": {}}}


def answer(*chunks: list[JsonObject]) -> list[JsonObject]:
    """The content of a message whose parts came in these chunks."""
    payloads: list[Any] = [{"candidates": [{"content": {"parts": parts}}]} for parts in chunks]
    payloads.append({"candidates": [{"finishReason": "STOP"}]})
    raw = "".join(f"data: {json.dumps(payload)}\n\n" for payload in payloads)
    found: list[JsonObject] = fold(stream(raw.encode(), GEMINI).events)["content"]
    return found


def replayed(
    content: list[JsonObject], model: str = NEW, provider: str = "mock", key: str = ""
) -> Any:
    """The parts by which the next request carries *content*."""
    results = [result(block["id"]) for block in content if block["type"] == "tool_use"]
    body = request(user("go"), assistant(*content), user(*results, "go on"))
    return sent(body, model, provider=provider, api_key=key)["contents"][1]["parts"]


def signed(part: JsonObject, signature: str) -> JsonObject:
    return {**part, "thoughtSignature": signature}


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        pytest.param([[signed(READ, "c2ln")]], [signed(READ, "c2ln")], id="a call"),
        pytest.param(
            [[signed(READ, "c2ln"), NOW], [READ]],
            [signed(READ, "c2ln"), NOW, READ],
            id="parallel calls",
        ),
        pytest.param(
            [[{"text": "hm", "thought": True}], [{"text": "I look."}], [signed(READ, "c2ln")]],
            [{"text": "I look."}, signed(READ, "c2ln")],
            id="thought, text and call",
        ),
        pytest.param(
            [[{"text": "I "}], [{"text": "look"}], [signed({"text": ""}, "dGFpbA==")], [NOW]],
            [{"text": "I look"}, signed({"text": ""}, "dGFpbA=="), signed(NOW, SENTINEL)],
            id="a text that is signed at its end",
        ),
        pytest.param(
            [[signed({"text": "I look"}, "dGV4dA=="), signed(NOW, "c2ln")]],
            [signed({"text": "I look"}, "dGV4dA=="), signed(NOW, "c2ln")],
            id="a text that is signed itself",
        ),
        pytest.param(
            [[signed({"text": "hm", "thought": True}, "dGg="), {"text": "Yes."}]],
            [signed({"text": "hm", "thought": True}, "dGg="), {"text": "Yes."}],
            id="a thought that is signed itself",
        ),
        pytest.param(
            [[signed(READ, "YQ==")], [{"text": "and"}], [signed(NOW, "Yg==")]],
            [signed(READ, "YQ=="), {"text": "and"}, signed(NOW, "Yg==")],
            id="calls that are signed each",
        ),
        pytest.param([[READ, NOW]], [signed(READ, SENTINEL), NOW], id="calls without signature"),
    ],
)
def test_signatures_come_back_on_their_parts(
    chunks: list[list[JsonObject]], expected: list[JsonObject]
) -> None:
    assert replayed(answer(*chunks)) == expected


def test_ids_come_back_where_the_model_gave_them() -> None:
    content = answer([signed({"functionCall": {**NOW["functionCall"], "id": "x1"}}, "c2ln")])
    body = request(user("go"), assistant(*content), user(result("x1")))

    _, model, responses = sent(body, NEW, provider="mock", api_key="")["contents"]

    assert model["parts"][0]["functionCall"] == {"id": "x1", "name": "now", "args": {}}
    assert responses["parts"][0]["functionResponse"]["id"] == "x1"


@pytest.mark.parametrize(
    ("model", "provider", "key"),
    [("gemini-3.1-pro-preview", "mock", ""), (NEW, "another", ""), (NEW, "mock", "another")],
    ids=["another model", "another provider", "another key"],
)
def test_a_foreign_signature_becomes_the_sentinel(model: str, provider: str, key: str) -> None:
    content = answer([signed(READ, "c2ln")])

    assert replayed(content, model, provider, key) == [signed(READ, SENTINEL)]


def test_models_that_want_no_signature_get_none_but_their_own() -> None:
    foreign = answer([signed(READ, "c2ln")])

    assert replayed(foreign, OLD) == [READ]


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "c2lnbmF0dXJl",
        "ccr1.broken",
        encode_carrier("mock", {"field": "reasoning"}),
        encode_carrier("mock", {"m": NEW, "call": 5, "text": [], "thought": {}, "ids": "yes"}),
    ],
    ids=["none", "Anthropic's", "broken", "of another dialect", "of odd members"],
)
def test_other_thinking_is_dropped(signature: str) -> None:
    thinking = {"type": "thinking", "thinking": "hm", "signature": signature}

    found = replayed([thinking, call("a", "Read", path="a")])

    assert found == [signed(READ, SENTINEL)]


def test_a_conversation_that_goes_on_keeps_its_beginning() -> None:
    first = answer([{"text": "hm", "thought": True}], [signed(READ, "c2ln"), NOW])
    calls = [block for block in first if block["type"] == "tool_use"]
    told = user(*(result(block["id"]) for block in calls))
    start = [user("go"), assistant(*first), told]
    second = assistant(*answer([{"text": "Done."}]))

    before = sent(request(*start), NEW, provider="mock", api_key="")["contents"]
    after = sent(request(*start, second, user("more")), NEW, provider="mock", api_key="")[
        "contents"
    ]

    assert json.dumps(after[:3]) == json.dumps(before)


def test_a_last_text_needs_no_signature_and_ends_the_message() -> None:
    content = answer([{"text": "Done."}], [signed({"text": ""}, "dGFpbA==")])

    assert content == [{"type": "text", "text": "Done."}]
