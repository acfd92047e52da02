"""What a service keeps on the disk, and how it does without."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop import paths, runfile
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.observe.bus import EventBus
from ccr_desktop.core.observe.logging import LOG_FILE, LogWriter
from ccr_desktop.core.own_files import OwnFiles
from ccr_desktop.runfile import RunInfo
from tests.desktop.waiting import until

CONFIG = read_config({}, None, {})
SILENT = read_config({"LOG": False}, None, {})
INFO = RunInfo(os.getpid(), "http://127.0.0.1:1", "token")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    return tmp_path / "desk"


@pytest.fixture
def files(desk: Path) -> Iterator[OwnFiles]:
    made = OwnFiles(EventBus())
    yield made
    made.end_log()


def has_writer() -> bool:
    return any(isinstance(each, LogWriter) for each in logging.getLogger("ccr_desktop").handlers)


def test_the_log_is_written_until_it_ends(files: OwnFiles) -> None:
    files.begin_log(CONFIG, ["planted-secret"])
    logging.getLogger("ccr_desktop.test").warning("with a planted-secret")
    files.end_log()

    assert "with a ***" in (paths.log_dir() / LOG_FILE).read_text("utf-8")
    assert not files.issues
    assert not has_writer()


def test_a_log_that_cannot_be_written_is_told_with_a_way_out(files: OwnFiles, desk: Path) -> None:
    desk.write_text("a file, not a folder", "utf-8")

    files.begin_log(CONFIG, [])
    files.hide(["nothing to hide it from"])

    (issue,) = files.issues
    assert (issue.where, issue.severity) == ("LOG", "warning")
    assert issue.problem.startswith(f"no log is kept, since {desk}")
    assert issue.hint
    assert not has_writer()


def test_a_log_that_breaks_off_half_way_leaves_no_file_open(
    files: OwnFiles, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> Path:
        raise OSError(28, "No space left on device", str(desk))

    monkeypatch.setattr("ccr_desktop.core.observe.logging._new_name", full)

    files.begin_log(CONFIG, [])

    assert "The disk is full. Make room on that disk." in str(files.issues[0])


def test_a_disk_that_fills_up_meanwhile_is_told_and_nothing_else_fails(
    files: OwnFiles,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    files.begin_log(CONFIG, [])
    assert not files.issues
    with monkeypatch.context() as disk:
        disk.setattr("logging.handlers.RotatingFileHandler.flush", full)

        logging.getLogger("ccr_desktop.test").warning("lost")
        until(lambda: files.issues, "it is told")

        assert f"{desk}" in files.issues[0].problem
        assert "The disk is full. Make room on that disk." in str(files.issues[0])
    logging.getLogger("ccr_desktop.test").warning("kept")
    until(lambda: not files.issues, "there is room again")
    with monkeypatch.context() as disk:
        disk.setattr("logging.handlers.RotatingFileHandler.flush", full)
        files.end_log()
    assert capsys.readouterr().err == ""


def test_the_next_try_tells_nothing_of_the_last(files: OwnFiles, desk: Path) -> None:
    desk.write_text("a file, not a folder", "utf-8")
    files.begin_log(CONFIG, [])
    assert files.issues

    files.begin_log(SILENT, [])
    assert not files.issues

    desk.unlink()
    files.begin_log(CONFIG, [])
    assert not files.issues
    assert has_writer()


def test_other_programs_find_the_service_until_it_withdraws(files: OwnFiles) -> None:
    assert files.make_known(4321, INFO)
    assert runfile.read(4321) == INFO

    files.withdraw()
    files.withdraw()

    assert runfile.read(4321) is None


def test_a_service_that_cannot_be_found_says_so_in_the_log(
    files: OwnFiles, desk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk.write_text("a file, not a folder", "utf-8")

    assert not files.make_known(4321, INFO)
    files.withdraw()

    assert "other commands can't find the router" in caplog.text
