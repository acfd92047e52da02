"""How commands print."""

import io
import json
import sys

import pytest

from ccr_desktop.cli.output import print_json, print_table, shows_color, take_every_letter


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_columns_are_as_wide_as_their_widest_cell(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([("a", "long cell", "x"), ("bcd", "y", "")], ("name", "b", "c"))

    assert capsys.readouterr().out.splitlines() == [
        "name  b          c",
        "a     long cell  x",
        "bcd   y",
    ]


def test_json_keeps_every_character(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"ü": ["–"]})

    said = capsys.readouterr().out
    assert json.loads(said) == {"ü": ["–"]}
    assert "ü" in said


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp437", "cp936"])
def test_letters_that_a_stream_has_not_are_no_failure(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)

    take_every_letter(stream)
    print("家 … 🙂")
    print_json({"said": "家 … 🙂"})
    stream.flush()

    text, _, told = written.getvalue().decode(encoding).partition("\n")
    assert "?" in text
    assert json.loads(told) == {"said": "家 … 🙂"}


def test_names_of_files_that_are_no_utf8_keep_their_bytes_where_they_can() -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8", errors="surrogateescape")

    take_every_letter(stream)
    stream.write("\udcffé\n")
    stream.flush()

    assert written.getvalue() == b"\xff\xc3\xa9\n"


def test_half_a_letter_is_a_mark_in_the_locale_of_containers() -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8", errors="surrogateescape")

    take_every_letter(stream)
    stream.write("half: \ud83d\ud83d\udcff.\n")
    stream.flush()

    assert written.getvalue() == b"half: ??\xff.\n"


def test_only_terminals_show_colours_and_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert shows_color(Terminal())
    assert not shows_color(io.StringIO())

    monkeypatch.setenv("NO_COLOR", "1")
    assert not shows_color(Terminal())
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("TERM", "dumb")
    assert not shows_color(Terminal())
