import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.json import (
    JSONDecodeError,
    dumps_each,
    dumps_safe,
    dumps_text,
    loads_lenient,
)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        pytest.param(b'"\\ud83d"', "\ud83d", id="lone surrogate"),
        pytest.param(b'"\xff"', "\ufffd", id="invalid UTF-8"),
        pytest.param(b"\xef\xbb\xbf{}", {}, id="byte order mark"),
        pytest.param('{"a": 1}', {"a": 1}, id="text"),
        pytest.param(b"9" * 30, 1e30, id="huge number"),
    ],
)
def test_sloppy_json_is_read(data: bytes | str, value: object) -> None:
    assert loads_lenient(data) == value


@pytest.mark.parametrize(
    "data", [b"", b"{", b"NaN", b"-Infinity", b"1e999", b"9" * 400, b"[" * 2000, b'"\n"'], ids=repr
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(JSONDecodeError):
        loads_lenient(data)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("a\ud83d", '"a\ufffd"', id="lone surrogate"),
        pytest.param("\ud83d\ude00", '"😀"', id="pair in halves"),
        pytest.param({"\ud83d": ("x",)}, '{"\ufffd":["x"]}', id="in a key"),
        pytest.param([2**70, "\ud83d"], '[1.1805916207174113e+21,"\ufffd"]', id="huge number"),
    ],
)
def test_what_utf8_cannot_hold_is_written_as_near_as_possible(value: object, text: str) -> None:
    assert dumps_text(value) == text


def test_the_innermost_of_absurd_nesting_is_left_out() -> None:
    value: object = "x"
    for _ in range(900):
        value = [value]

    assert dumps_safe(value).startswith(b"[[[[")


@given(st.lists(st.text(st.sampled_from('a,"\\\n []{}\ud83d\u2028é')), min_size=1))
def test_texts_written_together_are_those_written_alone(texts: list[str]) -> None:
    assert dumps_each(texts, b"|") == b"|".join(map(dumps_safe, texts))
