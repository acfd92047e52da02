"""Folders that can't be written, full disks, and files that others can read."""

import asyncio
import errno
import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ccr_desktop import paths
from ccr_desktop.doctor.check import Verdict
from ccr_desktop.errors import CcrError
from tests.unit.doctor.conftest import Look


def test_folders_that_are_not_there_yet_are_not_made(look: Look, home: Path) -> None:
    assert look("folders").verdict is Verdict.OK
    assert not (home / "desk").exists()


def test_a_file_in_the_place_of_a_folder_is_a_problem(look: Look, home: Path) -> None:
    (home / "desk").mkdir()
    (home / "desk" / "logs").write_text("", "utf-8")

    finding = look("folders")

    assert finding.verdict is Verdict.PROBLEM
    assert str(home / "desk" / "logs") in str(finding.text)
    assert finding.details == (), "it would be told twice"


def test_a_full_disk_is_a_problem(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 * 2**20))

    finding = look("disk")

    assert finding.verdict is Verdict.PROBLEM
    assert "5 MB" in str(finding.text)


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [({"APIKEY": "sk-planted-0123456789"}, Verdict.PROBLEM), ({"LOG": False}, Verdict.WARNING)],
    ids=["keys", "no keys"],
)
def test_files_that_others_can_read_are_made_private(
    look: Look, raw: dict[str, object], verdict: Verdict
) -> None:
    look("permissions", raw)
    path = paths.config_dir() / "config.json"
    path.chmod(0o644)

    finding = look("permissions")

    assert finding.verdict is verdict
    assert finding.repair
    asyncio.run(finding.repair.apply())
    assert path.stat().st_mode & 0o777 == 0o600
    assert look("permissions").verdict is Verdict.OK


def test_settings_of_claude_code_that_have_the_key_are_made_private(look: Look, home: Path) -> None:
    key = "sk-planted-0123456789"
    path = home / ".claude" / "settings.json"
    path.parent.mkdir()
    path.write_text(f'{{"env": {{"ANTHROPIC_AUTH_TOKEN": "{key}"}}}}', "utf-8")
    path.chmod(0o644)

    assert look("permissions", {"APIKEY": "sk-another-0123456789"}).verdict is Verdict.OK
    finding = look("permissions", {"APIKEY": key})

    assert finding.verdict is Verdict.PROBLEM
    assert str(path) in str(finding.text)
    assert finding.repair
    asyncio.run(finding.repair.apply())
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_gone_keeps_no_other_from_being_made_private(look: Look) -> None:
    look("permissions", {"LOG": False})
    path = paths.config_dir() / "config.json"
    runs = [paths.data_dir() / "run" / f"{port}.json" for port in (3001, 3002)]
    runs[0].parent.mkdir(parents=True)
    for each in (path, *runs):
        each.touch()
        each.chmod(0o644)
    repair = look("permissions").repair
    assert repair
    path.unlink()
    runs[0].unlink()

    assert "Only you" in str(asyncio.run(repair.apply()))

    assert runs[1].stat().st_mode & 0o777 == 0o600


def test_a_file_that_refuses_keeps_no_other_from_being_made_private(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [paths.data_dir() / "run" / f"{port}.json" for port in (3001, 3002)]
    runs[0].parent.mkdir(parents=True)
    for each in runs:
        each.touch()
        each.chmod(0o644)
    repair = look("permissions").repair
    assert repair
    change = Path.chmod

    def refusing(path: Path, mode: int) -> None:
        if path == runs[0]:
            raise PermissionError(1, "Operation not permitted", str(path))
        change(path, mode)

    monkeypatch.setattr(Path, "chmod", refusing)
    with pytest.raises(CcrError, match=r"3001\.json stays as it is"):
        asyncio.run(repair.apply())

    assert runs[1].stat().st_mode & 0o777 == 0o600


def refusing_with(monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> None:
    """Files can't be made in *folder*; the owner's own right is missing where it is EACCES."""
    make = tempfile.TemporaryFile

    def made(*, dir: Path) -> Any:  # noqa: A002  # its name
        may = folder.stat().st_mode & 0o700 == 0o700 and number == errno.EACCES
        if dir == folder and not may:
            raise OSError(number, os.strerror(number), str(folder))
        return make(dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", made)


def test_a_folder_of_ours_without_our_right_can_be_written_again(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = paths.log_dir()
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    refusing_with(monkeypatch, folder, errno.EACCES)

    repair = look("folders").repair
    assert repair
    assert str(repair.label) == "Allow it"
    assert str(asyncio.run(repair.apply())) == "You can write there again."

    assert look("folders").verdict is Verdict.OK


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_what_no_right_mends_is_not_offered_to_be_mended(
    look: Look, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    folder = paths.log_dir()
    folder.mkdir(parents=True)
    refusing_with(monkeypatch, folder, number)

    finding = look("folders")

    assert finding.verdict is Verdict.PROBLEM
    assert finding.repair is None
    assert str(finding.remedy)
