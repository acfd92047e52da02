"""Line ends: each line of a file keeps its own, whatever is changed beside it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.config.text_form import read_form

PATH = Path("config.json")
MIXED = b'{\r\n  "PORT": 1,\n  "LOG": true,\r  "x": 1 // one\r\n}'


@pytest.mark.parametrize(
    ("before", "after", "data"),
    [
        ("", "", MIXED),
        ("one", "two", MIXED.replace(b"one", b"two")),
        ("true", "false", MIXED.replace(b"true,\r", b"false,\r\n")),
        ("PORT", "HOST", MIXED.replace(b'"PORT": 1,\n', b'"HOST": 1,\r\n')),
        ('  "LOG": true,\n', "", MIXED.replace(b'  "LOG": true,\r', b"")),
        ("  // one", "", MIXED),
        ("}", "}\n", MIXED + b"\r\n"),
        ("{\n", "{\n\n", MIXED.replace(b"{\r\n", b"{\r\n\r\n")),
    ],
    ids=["nothing", "last", "middle", "first", "gone", "nowhere", "end", "new"],
)
def test_a_line_that_was_not_changed_keeps_its_end(before: str, after: str, data: bytes) -> None:
    text, form = read_form(MIXED, PATH)

    assert "\r" not in text
    assert form.encode(text.replace(before, after, 1) if before else text) == data


def test_changes_at_two_places_leave_what_is_between() -> None:
    lines = [f'"k{number}": 1,{chr(13) if number % 3 else ""}\n' for number in range(400)]
    text, form = read_form("".join(lines).encode(), PATH)

    changed = text.replace('"k2"', '"a"').replace('"k398"', '"b"')

    wanted = "".join(lines).replace('"k2"', '"a"').replace('"k398"', '"b"')
    assert form.encode(changed).decode() == wanted


def test_a_file_of_carriage_returns_alone_stays_one() -> None:
    text, form = read_form(b'{\r "PORT": 1\r}', PATH)

    assert form.encode(f"{text}\n") == b'{\r "PORT": 1\r}\r'


def test_what_is_in_the_file_is_not_shown_with_its_form() -> None:
    _, form = read_form(b'"api_key": "sk-secret"\r\n\n', PATH)

    assert "sk-secret" not in repr(form)


@given(st.text(st.sampled_from("a{\r\n\ufeff "), max_size=30), st.sampled_from(["", "\ufeff"]))
def test_what_was_not_changed_is_written_as_it_was(text: str, mark: str) -> None:
    data = f"{mark}{text}".encode()
    shown, form = read_form(data, PATH)

    assert form.encode(shown) == data
