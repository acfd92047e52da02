"""Files for projects and sessions: what can't be used must not set anything free."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccr_desktop.core.routing.overrides import OverrideFiles
from ccr_desktop.errors import ClientError
from tests.unit.core.routing.facts import described

GOOD = json.dumps({"Router": {"default": "a,m", "rules": [{"name": "stay", "only": ["a"]}]}})


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def _pipe(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("there are no such files")
    os.mkfifo(path)


BROKEN: dict[str, Callable[[Path], object]] = {
    "half-written": lambda path: path.write_text(GOOD[:-3]),
    "empty": lambda path: path.write_text(""),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\xfa{"),
    "a list": lambda path: path.write_text("[]"),
    "no routes": lambda path: path.write_text('{"Router": []}'),
    "a typo": lambda path: path.write_text(GOOD.replace('["a"]', '["aa"]')),
    "a folder": lambda path: path.mkdir(),
    "a pipe": _pipe,
    "a loop": _loop,
    "a link to nowhere": _dangling,
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_a_file_that_can_not_be_used_is_refused_or_counts_as_it_was(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path, files = tmp_path / "config.json", OverrideFiles()
    spoil(path)
    with pytest.raises(ClientError, match="can't be read") as caught:
        files.router(path, described())
    assert str(path) in caught.value.message
    path.rmdir() if path.is_dir() else path.unlink()

    path.write_text(GOOD)
    good = files.router(path, described())
    path.unlink()
    spoil(path)
    last = files.router(path, described())

    assert good
    assert last
    assert last[0] == good[0]
    assert "What it said before holds" in last[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_the_file_is_text_in_any_encoding_that_the_configuration_may_have(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(GOOD.encode(encoding))

    found = OverrideFiles().router(path, described())

    assert found
    assert found[0].rules[0].only == ("a",)


@pytest.mark.parametrize("name", ["gone.json", "x" * 4000, "a\0b", "gone/config.json"])
def test_where_there_is_no_file_nothing_is_said(tmp_path: Path, name: str) -> None:
    assert OverrideFiles().router(tmp_path / name, described()) is None


def test_a_file_without_routes_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text("{}")

    assert OverrideFiles().router(path, described()) is None
