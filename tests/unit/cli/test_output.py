"""How commands print."""

import io
import json

import pytest

from ccr_desktop.cli.output import print_json, print_table, shows_color


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
