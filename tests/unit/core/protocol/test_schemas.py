from typing import Any

import pytest

from ccr_desktop.core.protocol.schemas import object_schema

STRING = {"type": "string"}


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
    ],
)
def test_a_schema_is_one_of_an_object(schema: Any, expected: Any) -> None:
    assert object_schema(schema, None) == expected


def test_a_provider_may_have_a_policy_of_its_own() -> None:
    assert object_schema({}, lambda schema: {"seen": schema["type"]}) == {"seen": "object"}
