import pytest

from ccr_desktop.core.protocol.arguments import (
    ArgumentScanner,
    closing_suffix,
    parse_object,
    unwrap_object,
)

WHOLE = '{"a":[1,{"b":"}\\"]\\\\"}],"c":{}}'


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_the_scanner_sees_the_end_of_an_object_and_no_earlier(size: int) -> None:
    scanner = ArgumentScanner()
    for at in range(0, len(WHOLE), size):
        assert not scanner.is_complete
        scanner.feed(WHOLE[at : at + size])

    assert scanner.is_complete


def test_the_scanner_tells_what_belongs_to_the_object() -> None:
    assert ArgumentScanner().feed('{"a":1} {"a":1}') == 7


@pytest.mark.parametrize("end", range(1, len(WHOLE)))
def test_an_object_cut_anywhere_can_be_closed(end: int) -> None:
    text, scanner = WHOLE[:end], ArgumentScanner()
    scanner.feed(text)

    suffix = closing_suffix(text, scanner)

    assert suffix is not None
    assert parse_object(text + suffix) is not None


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        pytest.param('{"a":"x', '"}', id="in a string"),
        pytest.param('{"a":"x\\', '\\"}', id="in an escape"),
        pytest.param('{"a":"\\u00', '00"}', id="in a code point"),
        pytest.param('{"a":tr', "ue}", id="in a literal"),
        pytest.param('{"a":-', "0}", id="in a number"),
        pytest.param('{"a":[1,', "null]}", id="after a comma"),
        pytest.param('{"a":', "null}", id="after a colon"),
        pytest.param('{"a"', ":null}", id="after a name"),
        pytest.param('{"a":1', "}", id="before the brace"),
        pytest.param('{"a":1}', "", id="complete"),
        pytest.param('{"a"::1', None, id="beyond repair"),
        pytest.param("{]", None, id="closed wrongly"),
    ],
)
def test_the_suffix_is_the_shortest_that_helps(text: str, suffix: str | None) -> None:
    scanner = ArgumentScanner()
    scanner.feed(text)

    assert closing_suffix(text, scanner) == suffix


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param(" \n", {}, id="blank"),
        pytest.param('{"a":"\\ud83d"}', {"a": "\ud83d"}, id="lone surrogate"),
        pytest.param("[1]", None, id="list"),
        pytest.param("{'a':1}", None, id="no JSON"),
    ],
)
def test_an_object_is_read_from_text(text: str, value: object) -> None:
    assert parse_object(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param('"{\\"a\\":1}"', {"a": 1}, id="encoded twice"),
        pytest.param("null", {}, id="null"),
        pytest.param('"x"', None, id="string"),
        pytest.param("[]", None, id="list"),
        pytest.param("x", None, id="no JSON"),
    ],
)
def test_arguments_that_are_no_object_are_unwrapped(text: str, value: object) -> None:
    assert unwrap_object(text) == value
