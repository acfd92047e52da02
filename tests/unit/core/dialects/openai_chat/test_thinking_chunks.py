"""Reasoning that stands in the content of an answer, as Mistral sends it."""

import pytest
from mistralai.client.models import ChatCompletionRequest

from ccr_desktop.core.dialects.openai_chat.decoder import ChatDecoder
from ccr_desktop.core.protocol.carrier import decode_carrier, encode_carrier
from ccr_desktop.core.protocol.deltas import CarrierDelta, ThinkingDelta
from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    assistant,
    call,
    request,
    result,
    sent,
    target_for,
    user,
)

MODEL = "mistral-medium-3-5"


def thought(words: str, provider: str = "mistral", **chunk: str) -> JsonObject:
    signature = encode_carrier(provider, {"chunk": chunk})
    return {"type": "thinking", "thinking": words, "signature": signature}


def chunk(words: str, **members: object) -> JsonObject:
    inner = [{"type": "text", "text": words}]
    return {"type": "thinking", "thinking": inner, "closed": True, **members}


def answers(*content: JsonObject | str, model: str = MODEL) -> JsonObject:
    body = request(user("go"), assistant(*content), user(result("a")))
    encoded = sent(body, "mistral", model=model)
    ChatCompletionRequest.model_validate(encoded)
    found: JsonObject = encoded["messages"][1]
    return found


def test_it_goes_back_to_its_place_in_closed_chunks() -> None:
    message = answers(thought("hm"), "I look.", call("a"))

    assert message["content"] == [chunk("hm"), {"type": "text", "text": "I look."}]
    assert "reasoning_content" not in message


def test_it_may_be_all_that_an_answer_says_beside_its_calls() -> None:
    assert answers(thought("hm", signature="s"), call("a"))["content"] == [
        chunk("hm", signature="s")
    ]


@pytest.mark.parametrize(
    ("block", "model"),
    [
        pytest.param(thought("hm", "another"), MODEL, id="from another provider"),
        pytest.param(thought("hm"), "mistral-large-3", id="to a model that does not reason"),
    ],
)
def test_what_is_not_its_own_is_left_out(block: JsonObject, model: str) -> None:
    assert answers(block, "I look.", call("a"), model=model)["content"] == "I look."


def test_an_unknown_gateway_gets_it_back_with_calls() -> None:
    said = thought("hm", "openai-compatible")
    body = request(user("go"), assistant(said, call("a")), user(result("a")), assistant(said, "x"))

    messages = sent(body)["messages"]

    assert messages[1]["content"] == [chunk("hm")]
    assert messages[3]["content"] == "x"


@pytest.mark.parametrize(("signature", "state"), [("s", {"signature": "s"}), (None, {})])
def test_its_signature_is_kept(signature: str | None, state: JsonObject) -> None:
    decoder = ChatDecoder(target_for("mistral", MODEL))
    inner = {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}
    inner |= {"signature": signature} if signature else {}
    content = [inner, {"type": "text", "text": "ok"}]

    first, carrier, *_ = decoder.decode({"choices": [{"message": {"content": content}}]})

    assert first == ThinkingDelta("hm")
    assert isinstance(carrier, CarrierDelta)
    found = decode_carrier("mistral", carrier.signature)
    assert found is not None
    assert found["chunk"] == state
