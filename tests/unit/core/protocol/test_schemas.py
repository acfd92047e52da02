from typing import Any

import pytest

from ccr_desktop.core.protocol.schemas import object_schema

STRING = {"type": "string"}
A = {"a": STRING}
AB = {"type": "object", "properties": {"a": STRING, "b": STRING}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        pytest.param(None, {"type": "object", "properties": {}}, id="none"),
        pytest.param({}, {"type": "object", "properties": {}}, id="empty"),
        pytest.param(
            {"$schema": "x", "properties": {"a": STRING}},
            {"properties": {"a": STRING}, "type": "object"},
            id="no type",
        ),
        pytest.param(
            {"type": ["object", "null"], "properties": {}},
            {"type": "object", "properties": {}},
            id="several types",
        ),
        pytest.param(
            {**AB, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {**AB, "description": "(Needed: a; or b)"},
            id="one of two members",
        ),
        pytest.param(
            {
                "description": "D",
                "oneOf": [
                    {"type": "object", "properties": {"k": {"const": 1}}, "required": ["k"]},
                    {"$ref": "#/$defs/B"},
                    {"type": "null"},
                ],
                "$defs": {"B": {"properties": {"k": {"const": 2}, **A}, "required": ["a", "k"]}},
            },
            {
                "description": "D",
                "$defs": {"B": {"properties": {"k": {"const": 2}, **A}, "required": ["a", "k"]}},
                "type": "object",
                "properties": {"k": {"anyOf": [{"const": 1}, {"const": 2}]}, **A},
                "required": ["k"],
            },
            id="one of two objects",
        ),
        pytest.param(
            {
                "type": ["object", "null"],
                "properties": {"a": {"description": "D", "type": "string"}},
                "required": ["a"],
                "allOf": [
                    {"properties": {"b": STRING}, "required": ["b"]},
                    {"oneOf": [{"properties": {"a": {"maxLength": 2}}}]},
                ],
            },
            {
                "type": "object",
                "properties": {"a": {"description": "D", **STRING, "maxLength": 2}, "b": STRING},
                "required": ["a", "b"],
            },
            id="all of several",
        ),
        pytest.param(
            {"$ref": "#/$defs/A", "$defs": {"A": AB}},
            {"$defs": {"A": AB}, **AB},
            id="a reference",
        ),
        pytest.param(
            {**AB, "enum": [{"a": "x"}], "not": {"required": ["a"]}}, AB, id="what is no shape"
        ),
        pytest.param({"anyOf": [5, STRING]}, {"type": "object", "properties": {}}, id="no object"),
        pytest.param({"$ref": "#"}, {"type": "object", "properties": {}}, id="itself"),
    ],
)
def test_a_schema_is_one_of_an_object(schema: Any, expected: Any) -> None:
    assert object_schema(schema, None) == expected


def test_a_provider_may_have_a_policy_of_its_own() -> None:
    assert object_schema({}, lambda schema: {"seen": schema["type"]}) == {"seen": "object"}
