"""Values are found in a text, also in one that is being written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.positions import Positions, path_text, walk
from tests.support.examples import one_in

TEXT = """\
// a remark
{
  "Providers": [
    { name: 'p', "models": ["m", "n"], /* two */ },
  ],
  "Router": { "default": "p,m", "a.b": { c: 1 } },
}
"""
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def at(where: str, text: str = TEXT) -> str:
    place = Positions(text).find(where)
    return text[slice(*place.value)] if place else ""


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("Providers[0].name", "'p'"),
        ("Providers[0].models[1]", '"n"'),
        ("Router.default", '"p,m"'),
        ("Router.a.b.c", "1"),
        ("Router.missing", '{ "default": "p,m", "a.b": { c: 1 } }'),
        ("Providers[7].name", '[\n    { name: \'p\', "models": ["m", "n"], /* two */ },\n  ]'),
        ("Nowhere", TEXT[TEXT.index("{") : -1]),
    ],
)
def test_a_value_or_the_nearest_around_it_is_found(where: str, value: str) -> None:
    assert at(where) == value


def test_the_key_is_found_too() -> None:
    place = Positions(TEXT).find("Router.default")

    assert place
    assert place.key
    assert TEXT[slice(*place.key)] == '"default"'
    assert place.start == place.key[0]


def test_of_a_key_that_is_there_twice_the_last_counts() -> None:
    assert at("PORT", "{ PORT: 1, PORT: 2 }") == "2"


@pytest.mark.parametrize(
    "text", ['{ "a": "no end\n, "b": 2', '{ "a": 1 "b": 2 ', "{ a: 1, /* b", "}]{ 'a", "[,,,"]
)
def test_a_text_that_is_not_right_is_read_as_far_as_it_goes(text: str) -> None:
    for place in walk(text)[0]:
        assert 0 <= place.value[0] <= place.value[1] <= len(text)


@one_in(4)
@given(values)
def test_every_value_is_where_it_says(value: object) -> None:
    text = json.dumps(value, indent=1)

    for path, place in Positions(text).by_path.items():
        found = value
        for part in path:
            found = found[part]  # type: ignore[index]  # the path says what it is
        assert json.loads(text[slice(*place.value)]) == found
        assert isinstance(path_text(path), str)
