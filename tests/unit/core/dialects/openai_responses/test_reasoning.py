from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_responses.reasoning import (
    encode_include,
    encode_reasoning,
    reasoning_carrier,
    reasoning_item,
)
from ccr_desktop.core.protocol.carrier import encode_carrier
from ccr_desktop.core.providers.makers import XAI
from tests.unit.core.dialects.openai_responses.bodies import TARGET, JsonObject, reasoning

ADAPTIVE = {"type": "adaptive"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({}, None, id="no wish"),
        pytest.param({"thinking": ADAPTIVE}, {"summary": "auto"}, id="adaptive"),
        pytest.param(
            {"thinking": ADAPTIVE, "output_config": {"effort": "low"}},
            {"effort": "low", "summary": "auto"},
            id="with an effort",
        ),
        pytest.param(
            {"thinking": {**ADAPTIVE, "display": "omitted"}, "output_config": {"effort": "max"}},
            {"effort": "high"},
            id="nobody looks at it",
        ),
        pytest.param(
            {"thinking": {"type": "enabled", "budget_tokens": 2000}},
            {"effort": "medium", "summary": "auto"},
            id="a budget",
        ),
        pytest.param({"thinking": {"type": "disabled"}}, {"effort": "minimal"}, id="switched off"),
    ],
)
def test_the_wish_to_think_is_passed_on(body: JsonObject, expected: JsonObject | None) -> None:
    assert encode_reasoning(body, TARGET).get("reasoning") == expected


@pytest.mark.parametrize("model", ["gpt-4.1", "gpt-4o-mini", "openai/gpt-4o", "gpt-5-chat-latest"])
def test_models_that_do_not_reason_are_not_asked_to(model: str) -> None:
    target = replace(TARGET, model=model)

    assert encode_reasoning({"thinking": ADAPTIVE}, target) == {}
    assert encode_include(target) == []


@pytest.mark.parametrize(
    ("model", "effort"),
    [
        ("grok-4-fast-reasoning", None),
        ("grok-4.20-0309-reasoning", None),
        ("grok-code-fast-1", None),
        ("grok-3-mini", "high"),
        ("grok-4.3", "high"),
        ("grok-4.20-multi-agent", "xhigh"),
    ],
)
def test_an_effort_goes_only_where_it_is_not_refused(model: str, effort: str | None) -> None:
    target = replace(TARGET, model=model, profile=XAI.for_model(model))
    body = {"thinking": ADAPTIVE, "output_config": {"effort": "xhigh"}}

    reasoning = encode_reasoning(body, target)["reasoning"]

    assert reasoning == {"summary": "auto"} | ({"effort": effort} if effort else {})


@pytest.mark.parametrize("model", ["gpt-5.1", "o4-mini", "grok-4", "some-deployment"])
def test_all_others_are(model: str) -> None:
    target = replace(TARGET, model=model)

    assert encode_reasoning({"thinking": ADAPTIVE}, target)
    assert encode_include(target) == ["reasoning.encrypted_content"]


# -- the way back ------------------------------------------------------------------------------


def carried(item: JsonObject, words: str) -> JsonObject:
    signature = reasoning_carrier(item, item.get("encrypted_content"), TARGET)
    return {"type": "thinking", "thinking": words, "signature": signature}


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        pytest.param((), "", id="no words"),
        pytest.param(("one",), "one", id="one part"),
        pytest.param(("one", "two\n\nthree", "é😀"), "one\n\ntwo\n\nthree\n\né😀", id="parts"),
    ],
)
def test_an_item_goes_back_as_it_came(summary: tuple[str, ...], words: str) -> None:
    item = reasoning("rs_1", "enc==", *summary)

    assert reasoning_item(carried(item, words), TARGET) == item


def test_words_that_a_client_has_changed_are_not_called_the_summary() -> None:
    item = reasoning("rs_1", "enc==", "one", "two")

    back = reasoning_item(carried(item, "something else"), TARGET)

    assert back == reasoning("rs_1", "enc==")


@pytest.mark.parametrize(
    "change",
    [{"provider": "other"}, {"model": "gpt-5.2"}, {"model": "gpt-4.1"}, {"api_key": "other"}],
    ids=["another provider", "another model", "one that does not reason", "another key"],
)
def test_reasoning_goes_only_to_the_model_and_account_that_made_it(change: dict[str, str]) -> None:
    block = carried(reasoning(), "")

    assert reasoning_item(block, replace(TARGET, **change)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "c2lnbmF0dXJl",
        "ccr1.broken",
        encode_carrier("maker", {"field": "reasoning"}),
        encode_carrier("maker", {"model": "gpt-5.1", "id": 1, "encrypted": "x"}),
    ],
)
def test_foreign_signatures_are_dropped(signature: Any) -> None:
    block = {"type": "thinking", "thinking": "words", "signature": signature}

    assert reasoning_item(block, TARGET) is None


@pytest.mark.parametrize("item", [{}, {"id": "rs_1"}, {"id": 3, "encrypted_content": "x"}])
def test_an_item_that_can_not_go_back_leaves_no_signature(item: JsonObject) -> None:
    assert reasoning_carrier(item, item.get("encrypted_content"), TARGET) == ""
