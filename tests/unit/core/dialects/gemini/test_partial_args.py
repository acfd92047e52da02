from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.gemini.partial_args import PartialArgs


def put_together(*pieces: dict[str, Any]) -> dict[str, Any]:
    args = PartialArgs()
    for piece in pieces:
        args.add([piece])
    return args.values


def text(path: str, value: str, *, more: bool = False) -> dict[str, Any]:
    return {"jsonPath": path, "stringValue": value, **({"willContinue": True} if more else {})}


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param([text("$.a", "x")], {"a": "x"}, id="a text"),
        pytest.param(
            [text("$.a", "Bos", more=True), text("$.a", "ton", more=True), text("$.a", "")],
            {"a": "Boston"},
            id="a text that grows",
        ),
        pytest.param([text("$.a", "x"), text("$.a", "y")], {"a": "y"}, id="a text put anew"),
        pytest.param(
            [text("$.a", "x", more=True), text("$.b", "y"), text("$.a", "z")],
            {"a": "z", "b": "y"},
            id="another value ends a text",
        ),
        pytest.param(
            [
                {"jsonPath": "$.i", "numberValue": 3.0},
                {"jsonPath": "$.f", "numberValue": 0.5},
                {"jsonPath": "$.b", "boolValue": False},
                {"jsonPath": "$.n", "nullValue": "NULL_VALUE"},
            ],
            {"i": 3, "f": 0.5, "b": False, "n": None},
            id="other values",
        ),
        pytest.param(
            [text("$.o.list[1].name", "x"), text("$.o.list[0]", "y"), text("$.o.list[2][1]", "z")],
            {"o": {"list": ["y", {"name": "x"}, [None, "z"]]}},
            id="nested",
        ),
        pytest.param(
            [text("$['a.b']", "x"), text('$["c d"].e', "y"), text("$['it\\'s']", "z")],
            {"a.b": "x", "c d": {"e": "y"}, "it's": "z"},
            id="names in brackets",
        ),
        pytest.param([text("$", "x"), text("$[0]", "y"), {"stringValue": "z"}], {}, id="nowhere"),
        pytest.param([text("$.a[999999999]", "x")], {"a": []}, id="too far away"),
        pytest.param([text("$.a", "x"), text("$.a.b", "y")], {"a": {"b": "y"}}, id="grows deeper"),
    ],
)
def test_values_are_put_at_their_paths(
    pieces: list[dict[str, Any]], expected: dict[str, Any]
) -> None:
    assert put_together(*pieces) == expected


@given(st.lists(st.text("$.[]'\"a0\\", max_size=12)), st.sampled_from(["x", 5, None, [], {}]))
def test_paths_of_any_kind_never_break_it(paths: list[str], value: Any) -> None:
    put_together(*({"jsonPath": path, "stringValue": value} for path in paths))
    PartialArgs().add(value)
