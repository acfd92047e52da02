"""The scripted API refuses what it is there to refuse."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.gemini_rules import refusal

JsonObject = dict[str, Any]
NEW, OLD = "gemini-3-flash", "gemini-2.5-pro"
CALL = {"functionCall": {"name": "f", "args": {}}, "thoughtSignature": "c2ln"}
ANSWER = {"functionResponse": {"name": "f", "response": {"result": "x"}}}
PARAMETERS = {"type": "OBJECT", "properties": {"a": {"type": "STRING"}}, "required": ["a"]}
GOOD: JsonObject = {
    "contents": [
        {"role": "user", "parts": [{"text": "hi"}]},
        {"role": "model", "parts": [CALL]},
        {"role": "user", "parts": [ANSWER, {"text": "on"}]},
    ],
    "tools": [{"functionDeclarations": [{"name": "f", "parameters": PARAMETERS}]}],
    "generationConfig": {"maxOutputTokens": 9},
}


def changed(change: Callable[[JsonObject], Any]) -> JsonObject:
    body = copy.deepcopy(GOOD)
    change(body)
    return body


def parameters(body: JsonObject) -> JsonObject:
    found: JsonObject = body["tools"][0]["functionDeclarations"][0]["parameters"]
    return found


def parts(body: JsonObject, at: int) -> list[JsonObject]:
    found: list[JsonObject] = body["contents"][at]["parts"]
    return found


def test_a_good_request_is_taken() -> None:
    assert refusal(GOOD, NEW) is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda b: b.update(model="m"), 'Unknown name "model"', id="member"),
        pytest.param(lambda b: parameters(b).update({"$schema": "s"}), "schema", id="$schema"),
        pytest.param(lambda b: parameters(b).update(const=1), "const", id="const"),
        pytest.param(
            lambda b: parameters(b).update(additionalProperties=False),
            "additional",
            id="additional",
        ),
        pytest.param(lambda b: parameters(b)["required"].append("z"), "required", id="required"),
        pytest.param(
            lambda b: parameters(b)["properties"].update(a={"type": "ARRAY"}), "items", id="items"
        ),
        pytest.param(
            lambda b: parameters(b)["properties"].update(a={"type": "INTEGER", "enum": ["1"]}),
            "enum",
            id="enum",
        ),
        pytest.param(lambda b: b["contents"].pop(), "alternate", id="ends with the model"),
        pytest.param(lambda b: b["contents"].pop(1), "alternate", id="two of a role"),
        pytest.param(lambda b: parts(b, 1)[0].pop("thoughtSignature"), "signature", id="unsigned"),
        pytest.param(lambda b: parts(b, 2).pop(0), "function response parts", id="no response"),
        pytest.param(lambda b: parts(b, 2).reverse(), "function response parts", id="text first"),
        pytest.param(lambda b: parts(b, 1).clear(), "must not be empty", id="no parts"),
        pytest.param(lambda b: parts(b, 0).append({"text": " "}), "text parameter", id="blank"),
        pytest.param(
            lambda b: parts(b, 0).append({"inlineData": {"mimeType": "image/gif", "data": "QQ=="}}),
            "MIME",
            id="gif",
        ),
        pytest.param(
            lambda b: b["tools"].append({"googleSearch": {}}), "unsupported", id="search beside"
        ),
        pytest.param(
            lambda b: b["generationConfig"].update(
                thinkingConfig={"thinkingBudget": 1, "thinkingLevel": "LOW"}
            ),
            "only one",
            id="level and budget",
        ),
        pytest.param(
            lambda b: b["generationConfig"].update(maxOutputTokens=99_999),
            "max_output",
            id="length",
        ),
    ],
)
def test_a_bad_request_is_refused(change: Callable[[JsonObject], Any], expected: str) -> None:
    assert expected in str(refusal(changed(change), NEW))


def test_models_differ_in_what_they_refuse() -> None:
    level = {"thinkingConfig": {"thinkingLevel": "LOW"}}
    body = {**GOOD, "generationConfig": level}

    assert refusal(body, NEW) is None
    assert "not supported for this model" in str(refusal(body, OLD))
