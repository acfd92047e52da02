"""Reading logs: the last lines of a file of the folder, and nothing else."""

import os
from pathlib import Path

import pytest

from ccr_desktop.core.server.log_files import list_logs, read_log
from ccr_desktop.errors import ClientError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "logs"
    (place / "inner.log").mkdir(parents=True)
    (place / "a.log").write_text("one\ntwo\nthree\n", "utf-8")
    (place / "a.log.1").write_bytes(b"odd \xff bytes\n")
    (place / "notes.txt").write_text("private")
    (place / "link.log").symlink_to(tmp_path / "outside.log")
    (tmp_path / "outside.log").write_text("private")
    os.utime(place / "a.log.1", (1, 1))
    return place


def test_the_logs_are_listed_newest_first(folder: Path) -> None:
    listed = list_logs(folder)

    assert [log["name"] for log in listed] == ["a.log", "a.log.1"]
    assert (listed[1]["changed_s"], listed[1]["size"]) == (1.0, 12)
    assert list_logs(folder / "nowhere") == []


def test_the_last_lines_are_read(folder: Path) -> None:
    assert read_log(folder, "a.log", 2) == ["two", "three"]
    assert read_log(folder, "a.log", 0) == []
    assert read_log(folder, "a.log.1", 9) == ["odd � bytes"]


@pytest.mark.parametrize(
    "name",
    [
        *("../outside.log", "..\\outside.log", "link.log", "inner.log", "notes.txt", "none.log"),
        *("", ".", "..", "a.log/", "./a.log", "/etc/passwd", "a.log\0", "a" * 3000 + ".log"),
    ],
)
def test_nothing_else_is_read(folder: Path, name: str) -> None:
    with pytest.raises(ClientError) as caught:
        read_log(folder, name, 9)

    assert caught.value.status == 404
