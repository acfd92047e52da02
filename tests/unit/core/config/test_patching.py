"""Values that change in a text whose comments stay."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config import patching
from ccr_desktop.core.config.patching import patched
from ccr_desktop.core.config.positions import tokens
from ccr_desktop.core.config.syntax import parse_value
from tests.support.examples import one_in

FILE = """// my notes
{
  PORT: 4000, // where it listens
  /* who answers */
  "Providers": [
    { "name": "a", "models": ["m", 'n'] }, // the cheap one
    // the good one
    {
      "name": "b", // its name
      "models": [],
    },
  ],
  "Router": {
    // main
    "default": "a,m"
  }
}
"""


def _patched(text: str, raw: Any) -> str:
    found = patched(text.encode(), raw)
    assert found is not None
    return found.decode()


def _raw() -> Any:
    return parse_value(FILE)


def test_a_value_changes_at_its_place() -> None:
    assert _patched(FILE, {**_raw(), "PORT": 4001}) == FILE.replace("4000", "4001")


def test_what_stays_is_left_as_it_is() -> None:
    assert _patched(FILE, _raw()) == FILE


def test_new_members_are_written_as_those_around_them() -> None:
    raw = _raw()
    raw["Router"]["think"] = ["b,m", "a,n"]
    raw["LOG"] = False
    raw["Providers"][0]["models"].append("o")

    expected = FILE.replace(
        '"a,m"\n  }', '"a,m",\n    "think": ["b,m", "a,n"]\n  },\n  "LOG": false'
    )
    assert _patched(FILE, raw) == expected.replace("'n'", "'n', \"o\"")


def test_what_is_written_is_laid_out_as_a_formatted_text() -> None:
    raw = _raw()
    raw["Providers"][0]["models"].pop()
    raw["Providers"].append({"name": "c", "models": ["x", "y"]})

    found = _patched(FILE, raw)

    assert '"models": ["m"] }, // the cheap one' in found
    assert '"models": ["x", "y"]' in found


LESS = """// my notes
{
  /* who answers */
  "Providers": [
    { "name": "a", "models": ["m", 'n'] }, // the cheap one
  ],
  "Router": {
    // main
    "default": "a,m"
  }
}
"""


def test_what_goes_takes_its_lines_and_its_own_comments() -> None:
    raw = _raw()
    del raw["PORT"], raw["Providers"][1]

    assert _patched(FILE, raw) == LESS


def test_a_list_in_another_order_takes_comments_along() -> None:
    raw = _raw()
    raw["Providers"].reverse()

    found = _patched(FILE, raw)

    assert found.index("// its name") < found.index('"name": "a"')


RULES = """{
  "rules": [
    // These are asked in order.

    // the first one
    /* twice */
    { "name": "a" }, // why a
    { "name": "b" },
    // before c
    {
      "name": "c",
    }  // why c /* really */
    // after all
  ]
}
"""
MOVED = """{
  "rules": [
    // These are asked in order.

    // before c
    {
      "name": "c",
    },  // why c /* really */
    // the first one
    /* twice */
    { "name": "a" }, // why a
    { "name": "b" }
    // after all
  ]
}
"""


def test_comments_above_and_behind_what_is_moved_go_along() -> None:
    a, b, c = parse_value(RULES)["rules"]

    assert _patched(RULES, {"rules": [c, a, b]}) == MOVED
    assert _patched(MOVED, {"rules": [a, b, c]}) == RULES


def test_comments_of_what_is_removed_go_and_those_of_others_stay() -> None:
    a, b, c = parse_value(RULES)["rules"]
    own_a = '    // the first one\n    /* twice */\n    { "name": "a" }, // why a\n'
    own_c = '    // before c\n    {\n      "name": "c",\n    }  // why c /* really */\n'

    assert _patched(RULES, {"rules": [b, c]}) == RULES.replace(own_a, "")
    assert _patched(RULES, {"rules": [a, b]}) == RULES.replace(own_c, "")
    assert _patched(RULES, {"rules": [b]}) == RULES.replace(own_a, "").replace(own_c, "")
    left = _patched(RULES, {"rules": []})
    assert ("// These are asked in order." in left, "// after all" in left) == (True, True)
    assert "why" not in left


def test_comments_of_what_is_removed_from_an_object_go_and_those_of_others_stay() -> None:
    own = '  // at work\n  "~/work": "fast", // cheap\n'
    text = f'{{ "projects": {{\n  // folders\n\n{own}  // at home\n  "~/home": "good"\n}} }}'

    assert _patched(text, {"projects": {"~/home": "good"}}) == text.replace(own, "")
    assert "// at work" in _patched(text, {"projects": {"~/home": "good", "~/job": "fast"}})


@pytest.mark.parametrize(
    "text",
    [
        '{ "rules": [ "a", "b" /* why */ ] }',
        '{ "rules": [\n "a", /* why\n */\n "b"\n] }',
        '{ "rules": [\n "b", // why\n\n // these\n\n "a"\n] }',
    ],
)
def test_comments_whose_owner_is_not_clear_stay_when_something_goes(text: str) -> None:
    found = _patched(text, {"rules": ["b"]})

    assert text.count("//") + text.count("/*") == found.count("//") + found.count("/*")


@pytest.mark.parametrize(
    "text",
    [
        '{ "rules": [ "a", "b" /* why */ ] }',
        '{ "rules": [\n "a", // why\n "b" ] }',
        '{ "rules": [\n "a" // why\n , "b"\n] }',
        '{ "rules": [\n "a", /* why\n */\n "b"\n] }',
    ],
)
def test_comments_whose_owner_is_not_clear_stay_where_they_are(text: str) -> None:
    moved = text.replace('"a"', "?").replace('"b"', '"a"').replace("?", '"b"')

    assert _patched(text, {"rules": ["b", "a"]}) == moved


def test_a_comment_of_what_is_replaced_stays() -> None:
    text = '{ "rules": [\n  "a", // why\n  "b",\n] }'

    assert "// why" in _patched(text, {"rules": ["b", "c"]})


def test_a_member_that_is_renamed_keeps_its_place() -> None:
    text = '{ "one": 1, // first\n  "two": 2 }'

    assert list(parse_value(_patched(text, {"uno": 1, "two": 2}))) == ["uno", "two"]


SETS = """{
  "routeSets": {
    // by day
    "Day": {
      "default": "a,m" // quick
    }, // dear
    // by night
    night: { "default": "b,n" } // cheap
  }
}
"""


@pytest.mark.parametrize(("old", "name"), [("Day", '"Day"'), ("night", "night")])
@pytest.mark.parametrize("comma", ["", ","])
def test_another_name_changes_nothing_else(old: str, name: str, comma: str) -> None:
    text = SETS.replace("} // cheap", f"}}{comma} // cheap")
    sets = parse_value(text)["routeSets"]
    renamed = {"New" if key == old else key: value for key, value in sets.items()}

    assert _patched(text, {"routeSets": renamed}) == text.replace(f"{name}:", '"New":')


def test_what_takes_the_place_of_the_last_has_a_comma_only_where_that_had_one() -> None:
    text = '{\n  "x": {\n    "a": 1, // one\n    "b": 2\n  }\n}\n'
    new = {"x": {"a": 1, "c": 3}}

    assert _patched(text, new) == text.replace('"b": 2', '"c": 3')
    assert _patched(text.replace("2", "2,"), new) == text.replace('"b": 2', '"c": 3,')


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_form_of_the_file_stays(line_end: str, encoding: str) -> None:
    data = FILE.replace("\n", line_end).encode(encoding)

    found = patched(data, {**_raw(), "PORT": 4001})

    assert found == FILE.replace("4000", "4001").replace("\n", line_end).encode(encoding)


@pytest.mark.parametrize("text", ["{ a: 1, a: 2 } // twice", "{ a: } // broken", "", "\xff"])
def test_a_text_whose_places_are_not_known_is_not_patched(text: str) -> None:
    data = text.encode("latin-1")

    assert patched(data, {"a": 3}) is None


@pytest.mark.parametrize("text", ['{"a": 1, "b": 1} // why', '{\n  "a": 1, // why\n  "b": 1\n}'])
def test_a_file_whose_order_is_another_takes_what_is_new(text: str) -> None:
    found = _patched(text, {"b": 2, "a": 1, "c": 3})

    assert parse_value(found) == {"a": 1, "b": 2, "c": 3}
    assert list(parse_value(found)) == ["a", "b", "c"]
    assert "// why" in found


KEYS = st.sampled_from(["a", "b", "c", "Providers", "x y"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "t", "// no", 'q"']),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=5)


@one_in(4)
@given(OBJECTS, OBJECTS, st.sampled_from([None, 1, 2]), st.booleans())
def test_any_content_can_become_any_other(
    old: dict[str, Any], new: dict[str, Any], indent: int | None, has_trailing: bool
) -> None:
    text = json.dumps(old, indent=indent)
    if indent:
        text = "".join(f"{line} // c{n}\n" for n, line in enumerate(text.splitlines()))
        if has_trailing:
            text = text.replace(" //", ", //").replace("{, ", "{ ").replace("[, ", "[ ")
            text = _without_last_comma(text.replace(",, //", ", //"))
    text = f"// begin\n{text}\n/* end */"

    found = _patched(text, new)

    assert parse_value(found) == new
    assert found.startswith("// begin\n")
    assert found.endswith("/* end */")


def _without_last_comma(text: str) -> str:
    head, comma, tail = text.rpartition(", //")
    return f"{head} //{tail}" if comma else text


class Counting(list[Any]):
    """Pieces of a text that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        self.looks += len(found) if isinstance(index, slice) else 1
        return found


def test_what_is_removed_is_looked_at_and_not_all_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pieces = Counting()
    monkeypatch.setattr(patching, "tokens", lambda text: pieces.extend(tokens(text)) or pieces)
    models = [f"m{number}" for number in range(1000)]
    file = f"// models\n{json.dumps({'models': models}, indent=2)}"

    assert parse_value(_patched(file, {"models": models[::2]})) == {"models": models[::2]}
    assert pieces.looks < 10 * len(pieces)
