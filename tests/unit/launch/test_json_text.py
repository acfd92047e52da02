"""Changes in the text of a JSON object: what is meant changes, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.launch.json_text import with_member, without_member

TEXT = """\
{
    "b" : [1,2,  3],
\t"env": {"A": "1",
       "B":"2"},
    "é": "\\u00e9"
}

"""


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("b",), "[1,2,  3]", '"x"'),
        (("env", "A"), '"A": "1"', '"A": "x"'),
        (("env", "B"), '"B":"2"', '"B":"x"'),
        (("env", "C"), '"B":"2"', '"B":"2",\n       "C":"x"'),
        (("new",), '"\\u00e9"', '"\\u00e9",\n    "new": "x"'),
        (("n", "m"), '"\\u00e9"', '"\\u00e9",\n    "n": {\n        "m": "x"\n    }'),
    ],
)
def test_a_value_is_set_where_it_stands(path: tuple[str, ...], old: str, new: str) -> None:
    assert with_member(TEXT, path, "x") == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("b",), '"b" : [1,2,  3],\n\t', ""),
        (("env", "A"), '"A": "1",\n       ', ""),
        (("env", "B"), ',\n       "B":"2"', ""),
        (("é",), ',\n    "é": "\\u00e9"', ""),
        (("no",), "", ""),
        (("no", "x"), "", ""),
    ],
)
def test_a_member_is_taken_away_with_its_comma(path: tuple[str, ...], old: str, new: str) -> None:
    expected = TEXT.replace(old, new) if old else TEXT

    assert without_member(TEXT, path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", '{\n  "env": {\n    "A": "x"\n  }\n}'),
        ("{ }\n", '{\n  "env": {\n    "A": "x"\n  }\n}\n'),
        ('{"a":1}', '{"a":1,"env":{"A":"x"}}'),
        ('{"a": 1}', '{"a": 1, "env": {"A": "x"}}'),
        ('{ "a":  1 }\n', '{ "a":  1, "env": { "A": "x" } }\n'),
        ('{"a": 1, "env": {}}', '{"a": 1, "env": {"A": "x"}}'),
        ('{\n  "env": {"B": "1"}\n}', '{\n  "env": {"B": "1", "A": "x"}\n}'),
        ('{\n  "env": { "B":"1" }\n}', '{\n  "env": { "B":"1","A":"x" }\n}'),
        ('{\n "a": 1,\n\n "b": 2\n}', '{\n "a": 1,\n\n "b": 2,\n\n "env": {\n  "A": "x"\n }\n}'),
        ('{\r\n "a": 1\r\n}', '{\r\n "a": 1,\r\n "env": {\r\n  "A": "x"\r\n }\r\n}'),
        ('{\n\t"env": {}\n}', '{\n\t"env": {\n\t\t"A": "x"\n\t}\n}'),
    ],
)
def test_new_members_are_set_in_as_the_others(text: str, expected: str) -> None:
    assert with_member(text, ("env", "A"), "x") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":1}', '{"a":1,"b":{"c":[1,{"d":2}],"e":"x"}}'),
        ('{"a": 1}', '{"a": 1, "b": {"c": [1, {"d": 2}], "e": "x"}}'),
        (
            '{\n    "a": 1\n}',
            '{\n    "a": 1,\n    "b": {\n        "c": [1, {"d": 2}],\n        "e": "x"\n    }\n}',
        ),
    ],
)
def test_a_new_object_is_written_as_the_others(text: str, expected: str) -> None:
    assert with_member(text, ("b",), {"c": [1, {"d": 2}], "e": "x"}) == expected


@pytest.mark.parametrize("text", ["", "[]", "5", "{", "{} x", '{"env": 5}', "// x\n{}"])
def test_what_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        with_member(text, ("env", "A"), "x")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=5)


@given(OBJECTS, st.sampled_from([None, 0, 2, 4, "\t"]), st.text(max_size=5), VALUES)
def test_setting_a_member_means_what_it_means_in_a_dictionary(
    raw: dict[str, Any], indent: int | str | None, key: str, value: Any
) -> None:
    text = json.dumps(raw, indent=indent)

    changed = with_member(text, (key,), value)

    assert json.loads(changed) == {**raw, key: value}
    assert list(json.loads(changed)) == list({**raw, key: value})


@given(OBJECTS, st.sampled_from([None, 0, 2, 4, "\t"]), st.text(min_size=6, max_size=9), VALUES)
def test_what_was_added_last_is_taken_away_without_a_trace(
    raw: dict[str, Any], indent: int | str | None, key: str, value: Any
) -> None:
    text = json.dumps({"first": 1, **raw}, indent=indent)

    assert without_member(with_member(text, (key,), value), (key,)) == text
    for name in raw:
        rest = json.loads(without_member(text, (name,)))
        assert rest == {k: v for k, v in {"first": 1, **raw}.items() if k != name}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "b": 2, "a": 3}', '{"b": 2}'),
        ('{"a": 1, "\\u0061": 3}', "{}"),
        ('{"b": 2, "a": 1, "a": 3, "c": 4}', '{"b": 2, "c": 4}'),
    ],
)
def test_a_member_that_is_there_more_than_once_is_taken_away_each_time(
    text: str, expected: str
) -> None:
    assert without_member(text, ("a",)) == expected
