from typing import Any

import pytest

from ccr_desktop.core.transformers.printed_values import read_value


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        ("null", {"type": ["string", "null"]}, None),
        ('{"a": 1}', {"type": ["string", "null"]}, '{"a": 1}'),
        ("true", {"anyOf": [{"type": "boolean"}, {"type": "integer"}]}, True),
        ("1", {"type": "boolean"}, 1),
        ("true", {"type": "integer"}, True),
        ("1.5", {"type": "number"}, 1.5),
        ("[1]", {"enum": [1]}, [1]),
        ("a", {"type": "unheard"}, "a"),
        ("5", "no schema", 5),
    ],
)
def test_the_schema_decides_where_it_can(text: str, schema: Any, expected: Any) -> None:
    assert read_value(text, schema) == expected
