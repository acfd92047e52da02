"""What profiles name where a value is not enough."""

import copy
from typing import Any
from uuid import UUID

import pytest

from ccr_desktop.core.providers.policies import complete_objects, copilot_headers, without_marks

NESTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "options": {"type": "object"},
        "list": {"type": "array", "items": {"type": "object"}},
        "properties": {"type": "object", "properties": {"a": {"type": "string"}}},
    },
    "$defs": {"object": {"type": "object"}},
    "default": {"type": "object"},
    "required": ["options"],
}


def test_every_object_inside_gets_its_properties() -> None:
    before = copy.deepcopy(NESTED)

    done = complete_objects(NESTED)

    properties = done["properties"]
    assert properties["options"] == {"type": "object", "properties": {}}
    assert properties["list"]["items"] == {"type": "object", "properties": {}}
    assert properties["properties"] == before["properties"]["properties"]
    assert done["$defs"]["object"] == {"type": "object", "properties": {}}
    assert done["default"] == {"type": "object"}
    assert before == NESTED


def test_marks_of_strictness_go_wherever_they_stand() -> None:
    schema = {
        "$schema": "s",
        "$id": "i",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "strict": {"type": "boolean", "$id": "j"},
            "map": {"type": "object", "additionalProperties": {"type": "string"}},
            "closed": {"type": "object", "additionalProperties": False},
        },
        "enum": [{"strict": True}],
    }

    strings = {"type": "string"}
    assert without_marks(schema) == {
        "type": "object",
        "properties": {
            "strict": {"type": "boolean"},
            "map": {"type": "object", "properties": {}, "additionalProperties": strings},
            "closed": {"type": "object", "properties": {}},
        },
        "enum": [{"strict": True}],
    }


def test_a_schema_that_is_whole_is_left_alone() -> None:
    schema = {"type": "object", "properties": {"type": {"type": "string"}}}

    assert complete_objects(schema) is schema


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([{"role": "user", "content": "hi"}], {"X-Initiator": "user"}),
        (
            [{"role": "user", "content": "hi"}, {"role": "tool", "content": "x"}],
            {"X-Initiator": "agent"},
        ),
        (
            [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}],
            {"X-Initiator": "user", "Copilot-Vision-Request": "true"},
        ),
        (
            [{"role": "user", "content": [{"type": "input_image", "image_url": "data:"}]}],
            {"X-Initiator": "user", "Copilot-Vision-Request": "true"},
        ),
        (
            [
                {
                    "role": "user",
                    "content": [{"content": [{"type": "image"}]}],
                }
            ],
            {"X-Initiator": "user", "Copilot-Vision-Request": "true"},
        ),
        (
            [{"type": "function_call_output", "call_id": "a", "output": "x"}],
            {"X-Initiator": "agent"},
        ),
    ],
    ids=["user", "agent", "image", "image of Responses", "image in a result", "result"],
)
def test_copilot_is_told_who_asks_and_whether_there_are_images(
    messages: list[dict[str, Any]], expected: dict[str, str]
) -> None:
    for member in ("messages", "input"):
        made = dict(copilot_headers({member: messages}))

        assert UUID(made.pop("X-Request-Id"))
        assert made == expected


def test_copilot_knows_another_try_by_its_id() -> None:
    first, again, other = (
        copilot_headers({"messages": [{"role": "user", "content": said}]})["X-Request-Id"]
        for said in ("a", "a", "b")
    )

    assert first == again != other
