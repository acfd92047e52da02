"""Limits, sampling and the form of the answer."""

from dataclasses import replace

import pytest

from ccr_desktop.core.dialects.gemini import Gemini
from ccr_desktop.core.providers.catalog import GEMINI_NATIVE
from tests.unit.core.dialects.gemini.bodies import NEW, OLD, OLDEST, encoded, sent, target_for
from tests.unit.core.dialects.openai_chat.bodies import JsonObject, request, tool, user

SCHEMA = {"$schema": "s", "type": "object", "properties": {"a": {"type": "string"}}}
FORMAT = {"type": "json_schema", "schema": SCHEMA}


def config(model: str = NEW, **members: object) -> JsonObject:
    found: JsonObject = sent({**request(user("hi")), **members}, model)["generationConfig"]
    return found


@pytest.mark.parametrize(
    ("model", "wanted", "expected"),
    [
        pytest.param(NEW, 128_000, 65_536, id="what the model can"),
        pytest.param(OLDEST, 32_000, 8_192, id="an old model"),
        pytest.param("tuned", 128_000, 65_536, id="a model that nobody knows"),
        pytest.param(NEW, 500, 500, id="less"),
    ],
)
def test_the_length_is_limited(model: str, wanted: int, expected: int) -> None:
    assert config(model, max_tokens=wanted)["maxOutputTokens"] == expected


def test_sampling_and_stop_sequences_are_passed_on() -> None:
    found = config(
        temperature=0, top_p=0.5, top_k=3, stop_sequences=["a", "", "b", "c", "d", "e", "f"]
    )

    assert found == {
        "maxOutputTokens": 100,
        "temperature": 0,
        "topP": 0.5,
        "topK": 3,
        "stopSequences": ["a", "b", "c", "d", "e"],
    }


@pytest.mark.parametrize(
    "members",
    [{"output_config": {"format": FORMAT}}, {"output_format": FORMAT}],
    ids=["new", "old"],
)
def test_an_answer_by_a_schema_is_asked_for(members: JsonObject) -> None:
    found = config(**members)

    assert found["responseMimeType"] == "application/json"
    assert found["responseJsonSchema"] == {k: v for k, v in SCHEMA.items() if k != "$schema"}


@pytest.mark.parametrize(("model", "expected"), [(NEW, True), (OLD, False)])
def test_a_schema_beside_functions_is_for_models_that_take_both(model: str, expected: bool) -> None:
    found = config(model, tools=[tool()], output_format=FORMAT)

    assert ("responseJsonSchema" in found) is expected


@pytest.mark.parametrize(("stream", "expected"), [(True, True), (False, False), (None, False)])
def test_streaming_is_no_part_of_the_body(stream: object, expected: bool) -> None:
    made = encoded(request(user("hi"), stream=stream))

    assert made.is_stream is expected
    assert not {"stream", "model"} & made.body.keys()


def test_the_limit_that_the_user_sets_goes_before_that_of_the_model() -> None:
    profile = replace(GEMINI_NATIVE, max_tokens_limit=100_000)
    body = {**request(user("hi")), "max_tokens": 80_000}

    made = Gemini().encode(body, target_for(OLDEST, profile=profile), "")

    assert made.body["generationConfig"]["maxOutputTokens"] == 80_000
