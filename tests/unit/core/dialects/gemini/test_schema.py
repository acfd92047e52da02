"""Schemas of tools and answers in the subset that the API takes."""

from typing import Any

import pytest
from google.genai import types
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.gemini.schema import clean_json_schema, clean_schema
from ccr_desktop.core.protocol.json import dumps_text
from tests.support.gemini_rules import schema_complaints

JsonObject = dict[str, Any]
ANY = {"anyOf": [{"type": t} for t in ("STRING", "NUMBER", "BOOLEAN", "OBJECT")]}
TREE = {"$ref": "#/$defs/Tree"}
DEFS = {
    "Tree": {
        "type": "object",
        "properties": {"left": TREE, "value": {"$ref": "#/definitions/a~1b"}},
    }
}


def cleaned(schema: Any, **root: Any) -> Any:
    """What becomes of a property's schema."""
    made = clean_schema({"type": "object", "properties": {"p": schema}, **root})
    assert not list(schema_complaints(made))
    types.Schema.model_validate_json(dumps_text(made))
    return made["properties"].get("p")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        pytest.param({"type": "string"}, {"type": "STRING"}, id="type"),
        pytest.param(
            {"type": "string", "description": "D", "title": "T", "$comment": "c", "default": "x"},
            {"type": "STRING", "description": "D"},
            id="only what the model needs",
        ),
        pytest.param(
            {"type": ["string", "null"], "minLength": 1},
            {"type": "STRING", "minLength": 1, "nullable": True},
            id="null beside a type",
        ),
        pytest.param(
            {"type": ["string", "number"], "description": "D"},
            {
                "anyOf": [
                    {"type": "STRING", "description": "D"},
                    {"type": "NUMBER", "description": "D"},
                ]
            },
            id="several types",
        ),
        pytest.param(
            {"anyOf": [{"type": "integer"}, {"type": "null"}], "description": "D"},
            {"type": "INTEGER", "description": "D", "nullable": True},
            id="null as an alternative",
        ),
        pytest.param(
            {"oneOf": [{"const": "a"}, {"const": 1}]},
            {
                "anyOf": [
                    {"type": "STRING", "enum": ["a"]},
                    {"type": "INTEGER", "description": "(const: 1)"},
                ]
            },
            id="one of constants",
        ),
        pytest.param(
            {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {}}]},
            {
                "anyOf": [
                    {"type": "STRING", "nullable": True},
                    {"type": "ARRAY", "items": ANY},
                ]
            },
            id="alternatives within alternatives",
        ),
        pytest.param({"anyOf": [True, False, 5]}, ANY, id="alternatives that say nothing"),
        pytest.param({"anyOf": []}, ANY, id="no alternative"),
        pytest.param(
            {"enum": ["a", "b", None]},
            {"type": "STRING", "enum": ["a", "b"], "nullable": True},
            id="enum with null",
        ),
        pytest.param(
            {"enum": [1, 2]}, {"type": "INTEGER", "description": "(enum: [1,2])"}, id="numbers"
        ),
        pytest.param(
            {"enum": [1, 2.5]}, {"type": "NUMBER", "description": "(enum: [1,2.5])"}, id="fractions"
        ),
        pytest.param(
            {"enum": ["", "a"], "description": "D"},
            {"type": "STRING", "description": 'D (enum: ["","a"])'},
            id="an empty value",
        ),
        pytest.param({"const": True}, {"type": "BOOLEAN", "description": "(const: true)"}, id="no"),
        pytest.param(
            {"enum": ["a", 1]},
            {"anyOf": [{"type": "STRING", "description": '(enum: ["a",1])'}, *ANY["anyOf"][1:]]},
            id="an enum of all kinds",
        ),
        pytest.param(
            {"type": "string", "format": "uri", "pattern": "^h"},
            {"type": "STRING", "pattern": "^h", "description": "(format: uri)"},
            id="a format that is refused",
        ),
        pytest.param(
            {"type": "string", "format": "date-time"},
            {"type": "STRING", "format": "date-time"},
            id="a format that is known",
        ),
        pytest.param(
            {"type": "integer", "exclusiveMinimum": 0, "maximum": 9},
            {"type": "INTEGER", "maximum": 9, "description": "(exclusiveMinimum: 0)"},
            id="limits",
        ),
        pytest.param({"type": "array"}, {"type": "ARRAY", "items": ANY}, id="an array of anything"),
        pytest.param(
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}]},
            {"type": "ARRAY", "items": {"anyOf": [{"type": "STRING"}, {"type": "NUMBER"}]}},
            id="a tuple",
        ),
        pytest.param(
            {"type": "array", "items": [{"type": "string"}]},
            {"type": "ARRAY", "items": {"type": "STRING"}},
            id="an old tuple",
        ),
        pytest.param(
            {"type": "array", "prefixItems": [5]}, {"type": "ARRAY", "items": ANY}, id="odd tuple"
        ),
        pytest.param(
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "OBJECT"},
            id="a map",
        ),
        pytest.param(
            {"properties": {"title": {"type": "string"}, "format": {}, "no": False}},
            {"type": "OBJECT", "properties": {"title": {"type": "STRING"}, "format": ANY}},
            id="properties that are called like keywords",
        ),
        pytest.param(
            {"type": "object", "properties": {"a": {}}, "required": ["a", "b", "a", 5]},
            {"type": "OBJECT", "properties": {"a": ANY}, "required": ["a"]},
            id="required names that nobody knows",
        ),
        pytest.param(
            {
                "allOf": [
                    {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                    {"properties": {"b": {"type": "string"}}, "required": ["b"]},
                    5,
                ],
                "description": "D",
            },
            {
                "type": "OBJECT",
                "properties": {"b": {"type": "STRING"}, "a": {"type": "STRING"}},
                "required": ["a", "b"],
                "description": "D",
            },
            id="all of",
        ),
        pytest.param(
            TREE,
            {
                "type": "OBJECT",
                "properties": {"left": {"type": "OBJECT"}, "value": {"type": "INTEGER"}},
            },
            id="a reference that leads to itself",
        ),
        pytest.param({"$ref": "#/$defs/nobody"}, ANY, id="a reference to nobody"),
        pytest.param({"$ref": "https://elsewhere"}, ANY, id="a reference elsewhere"),
        pytest.param({"allOf": [{"$ref": "#/$defs/Tree/properties/left"}]}, None, id="both"),
        pytest.param(True, ANY, id="anything"),
        pytest.param(False, None, id="nothing"),
        pytest.param({"minLength": 2}, {"type": "STRING", "minLength": 2}, id="a text by its size"),
        pytest.param({"maximum": 2}, {"type": "NUMBER", "maximum": 2}, id="a number by its limit"),
        pytest.param({"items": {}}, {"type": "ARRAY", "items": ANY}, id="an array by its items"),
        pytest.param(
            {"type": "null"},
            {"anyOf": [{**branch, "nullable": True} for branch in ANY["anyOf"]]},
            id="null alone",
        ),
        pytest.param(
            {"type": "string", "minLength": "2", "maxLength": True, "pattern": 5},
            {"type": "STRING"},
            id="limits that are none",
        ),
    ],
)
def test_a_schema_becomes_one_that_the_api_takes(schema: Any, expected: Any) -> None:
    definitions = {"a/b": {"type": "integer"}}

    found = cleaned(schema, **{"$defs": DEFS, "definitions": definitions})

    assert expected is None or found == expected


def test_a_tool_without_parameters_has_an_object() -> None:
    assert clean_schema({}) == {"type": "OBJECT"}
    assert clean_schema({"type": "string"}) == {"type": "OBJECT"}


def test_a_tool_whose_input_is_one_of_several_objects_keeps_all_its_parameters() -> None:
    named = {"properties": {"name": {"type": "string"}}, "required": ["name"]}
    numbered = {"properties": {"number": {"type": "integer"}}, "required": ["number"]}

    made = clean_schema({"type": "object", "oneOf": [named, numbered]})

    types.Schema.model_validate_json(dumps_text(made))
    assert made == {
        "type": "OBJECT",
        "properties": {"name": {"type": "STRING"}, "number": {"type": "INTEGER"}},
        "description": "(Needed: name; or number)",
    }


def test_alternatives_keep_what_is_said_beside_them() -> None:
    made = cleaned(
        {
            "type": "object",
            "properties": {"id": {"type": "string", "description": "D"}},
            "required": ["id"],
            "anyOf": [
                {"properties": {"id": {"const": "x"}}},
                {"properties": {"a": {"type": "boolean"}}, "required": ["a"]},
            ],
        }
    )

    one, other = made["anyOf"]
    assert one["properties"] == {"id": {"type": "STRING", "description": "D", "enum": ["x"]}}
    assert set(other["properties"]) == {"id", "a"}
    assert sorted(other["required"]) == ["a", "id"]


def test_references_that_multiply_come_to_an_end() -> None:
    levels = {
        f"l{n}": {"properties": {k: {"$ref": f"#/$defs/l{n + 1}"} for k in "abcdef"}}
        for n in range(20)
    }

    assert cleaned({"$ref": "#/$defs/l0"}, **{"$defs": levels})["type"] == "OBJECT"


def test_cleaning_leaves_its_input_alone() -> None:
    schema = {"type": "object", "properties": {"a": {"enum": ["x"], "$comment": "c"}}}
    before = dumps_text(schema)

    clean_schema(schema)

    assert dumps_text(schema) == before


_NAMES = (
    "type properties required items anyOf oneOf allOf enum const format description nullable $ref"
    " string object array null integer number boolean minLength maximum pattern prefixItems #"
    " additionalProperties not if $defs"
)
_WORDS = _NAMES.split()
_ANYTHING = st.recursive(
    st.sampled_from([*_WORDS, "", 0, 1.5, True, False, None]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS), inner),
    max_leaves=14,
)


@given(st.dictionaries(st.sampled_from(_WORDS), _ANYTHING, max_size=5))
def test_schemas_of_any_shape_become_ones_that_the_api_takes(schema: JsonObject) -> None:
    made = clean_schema({"properties": {"p": schema}, "$defs": {"$defs": schema}})

    assert not list(schema_complaints(made))


def test_the_schema_of_an_answer_keeps_what_is_read() -> None:
    schema = {
        "$schema": "s",
        "type": "object",
        "properties": {
            "a": {"type": ["string", "null"], "pattern": "x", "format": "date-time"},
            "$schema": {"const": "v"},
            "l": {"type": "array", "items": {"$ref": "#/$defs/d"}, "uniqueItems": True},
            "o": {"anyOf": [{"type": "string"}, True]},
        },
        "$defs": {"d": {"type": "integer", "exclusiveMinimum": 0}},
        "additionalProperties": False,
        "required": ["a"],
    }

    assert clean_json_schema(schema) == {
        "type": "object",
        "properties": {
            "a": {"type": ["string", "null"], "format": "date-time"},
            "$schema": {"enum": ["v"]},
            "l": {"type": "array", "items": {"$ref": "#/$defs/d"}},
            "o": {"anyOf": [{"type": "string"}, True]},
        },
        "$defs": {"d": {"type": "integer"}},
        "additionalProperties": False,
        "required": ["a"],
    }
