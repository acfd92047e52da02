"""The run file: private, one a port, and no more than a hint."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from ccr_desktop import runfile
from ccr_desktop.runfile import RunInfo

INFO = RunInfo(os.getpid(), "http://127.0.0.1:1", "secret-token")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path))
    return tmp_path / "data" / "run"


def test_what_was_written_is_read() -> None:
    runfile.write(1, INFO)

    assert runfile.read(1) == INFO
    assert runfile.read(2) is None


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_only_the_user_can_read_it(folder: Path) -> None:
    runfile.write(1, INFO)

    assert stat.S_IMODE((folder / "1.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_an_open_file_left_behind_is_replaced_by_a_private_one(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "1.json").write_text("{}")
    (folder / "1.json").chmod(0o644)

    runfile.write(1, INFO)

    assert stat.S_IMODE((folder / "1.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "5", "{}", '{"pid": 1}', '{"odd": 1}', "[" * 100_000], ids=range(8)
)
def test_a_broken_file_is_none(folder: Path, content: str) -> None:
    folder.mkdir(parents=True)
    (folder / "1.json").write_text(content)

    assert runfile.read(1) is None
    runfile.remove(1)


def test_only_the_process_that_wrote_it_removes_it(folder: Path) -> None:
    other = {"pid": os.getpid() + 1, "url": "http://127.0.0.1:1", "token": "x"}
    folder.mkdir(parents=True)
    (folder / "1.json").write_text(json.dumps(other))

    runfile.remove(1)
    assert (folder / "1.json").exists()

    runfile.write(1, INFO)
    runfile.remove(1)
    runfile.remove(1)
    assert not (folder / "1.json").exists()


def test_the_token_does_not_show_in_its_representation() -> None:
    assert "secret-token" not in repr(INFO)
