"""The text of a file: encodings, JSON5, and where it is wrong."""

import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.syntax import has_more_than_values, parse
from ccr_desktop.errors import ConfigError

PATH = Path("config.json")


def problem(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ConfigError) as caught:
        parse(data, PATH, [])
    (issue,) = caught.value.issues
    return issue.problem.removeprefix("the file is not valid JSON5: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{\n  "a": 1\n  "b": 2}', 'a comma is missing before "b" (line 3, column 3).'),
        ('["a" "b"]', "a comma is missing (line 1, column 6)."),
        ('{"a" 1}', "a colon is missing behind the key 'a' (line 1, column 6)."),
        ('{"a": }', "a value must stand here instead of } (line 1, column 7)."),
        ('{"a": , "b": 1}', "a value must stand here instead of , (line 1, column 7)."),
        ('{, "a": 1}', "a key in quotation marks must stand here (line 1, column 2)."),
        ("{5: 1}", "a key in quotation marks must stand here (line 1, column 2)."),
        ('{"a": sk-secret}', "this value needs quotation marks (line 1, column 7)."),
        ('{"a":\n -1e400}', "this number is too large (line 2, column 2)."),
        (f'{{"a": {"1" * 6000}}}', "this number is too large (line 1, column 7)."),
        (f'{{"a": 0x{"e" * 6000}}}', "this number is too large (line 1, column 7)."),
        ('{"a":\n "\\x"}', "this can't be read (line 2, column 5)."),
        ('{"a": tru}', "this value needs quotation marks (line 1, column 7)."),
        ('{"a": [1, 2}', "a comma or ] must stand here instead of } (line 1, column 12)."),
        ('{\n"a": [\n1', "the ] that belongs to this [ is missing (line 2, column 6)."),
        (
            '{"a": "sk-secret\n}',
            "this text has no closing quotation mark on its line (line 1, column 7).",
        ),
        ('{"a": 1} x', "the file goes on behind its end (line 1, column 10)."),
        ('{"a": 1 /* x', "this comment has no end (line 1, column 9)."),
        ("", "the file is empty (line 1, column 1)."),
        ("// nothing", "the file is empty (line 1, column 11)."),
    ],
)
def test_a_mistake_has_its_place_and_no_secret_is_shown(text: str, said: str) -> None:
    assert problem(text) == said


@pytest.mark.parametrize("text", [r'{"a": "\x1"}', '{"a": 1, b: "\\u12"}'])
def test_a_bad_escape_is_a_mistake_too(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid JSON5"):
        parse(text.encode(), PATH, [])


@pytest.mark.parametrize("depth", [101, 5000])
def test_nesting_without_end_is_a_mistake(depth: int) -> None:
    assert problem('{"a":' * depth + "1" + "}" * depth).startswith("this is nested too deeply")


@pytest.mark.parametrize("comment", ["", "//\n"])
def test_deep_nesting_is_read(comment: str) -> None:
    parse((comment + '{"a":' * 100 + "1" + "}" * 100).encode(), PATH, [])


@pytest.mark.parametrize("text", ["[1]", "null", '"a"', "5", "'a'"])
def test_the_file_holds_an_object(text: str) -> None:
    assert problem(text) == "the file must hold an object."


def test_bytes_that_are_no_text_have_a_line() -> None:
    assert problem(b'{\n"a": "\xe4"}') == "the file is not text in UTF-8 (line 2)."


def test_half_of_a_surrogate_pair_is_read() -> None:
    assert parse(b'{"a": "\\ud800"}', PATH, []) == {"a": "\ud800"}


def test_all_of_json5_is_read() -> None:
    text = """
    // a line, with "quotes" and {brackets}
    {/* a block */ plain: 'single \\'x\\'', "double": "a//b", $d: .5, n: +1, h: 0x1F, i: -Infinity,
     line: "one\\
two", list: [1, 2,], empty: {}, $: null, ünder_score: true,}
    """

    assert parse(text.encode(), PATH, []) == {
        "plain": "single 'x'",
        "double": "a//b",
        "$d": 0.5,
        "n": 1,
        "h": 31,
        "i": float("-inf"),
        "line": "onetwo",
        "list": [1, 2],
        "empty": {},
        "$": None,
        "ünder_score": True,
    }


@pytest.mark.parametrize("comment", ["", "// JSON5\n"])
def test_a_key_that_is_there_twice_is_a_warning_and_the_last_counts(comment: str) -> None:
    text = comment + '{"a": 1, "b": [{}, {"c": {"d": 1, "d": 2}}],\n"a": 3, "x": {"a": 1}}'
    issues: list[Issue] = []

    assert parse(text.encode(), PATH, issues)["a"] == 3
    assert [issue.where for issue in issues] == ["b[1].c.d", "a"]
    assert issues[1].problem.startswith("is there twice (line ")
    assert {issue.severity for issue in issues} == {"warning"}


def test_a_large_file_with_comments_is_read_at_once() -> None:
    entries = ",".join(f"{{name: 'p{i}', models: ['a', 'b', 'c'],}} // {i}\n" for i in range(2000))
    text = "{Providers: [" + entries + "]}"
    assert len(text) > 90_000

    started_s = time.process_time()  # whatever else the machine does
    parse(text.encode(), PATH, [])

    assert time.process_time() - started_s < 1.0


_NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False)
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100)
@given(st.dictionaries(st.text(), _VALUES, max_size=4))
def test_whatever_json_can_say_is_read_with_and_without_comments(value: dict[str, object]) -> None:
    text = json.dumps(value)

    plain = parse(text.encode(), PATH, [])
    assert plain == value
    assert list(plain) == list(value)
    assert parse(f"// mine\n{text}".encode(), PATH, []) == value


@given(st.text(alphabet="{}[]:,\"' \n/*\\abc01.-+tfn$"))
def test_no_text_breaks_the_reading(text: str) -> None:
    _is_read_or_refused(text.encode())


@given(st.binary())
def test_no_bytes_break_the_reading(data: bytes) -> None:
    has_more_than_values(data)
    _is_read_or_refused(data)


def _is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(ConfigError):
        assert isinstance(parse(data, PATH, []), dict)
