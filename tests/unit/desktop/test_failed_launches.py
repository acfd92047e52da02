"""A launch that came to nothing is told until it is over."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.desktop.shell import _come_back
from ccr_desktop.errors import CcrError, ClaudeMissing, FolderMissing, TerminalMissing
from tests.unit.desktop.attended import listening
from tests.unit.desktop.waiting import eventually


async def test_a_launch_that_failed_unseen_is_told_until_one_works(
    qloop: Loop, tmp_path: Path
) -> None:
    async with listening() as (desk, screen):
        desk.attention.follow(desk.launching)
        with pytest.raises(CcrError):
            await desk.launching.launch(tmp_path / "gone")

        await eventually(lambda: screen.shown)
        assert [notice.kind for notice in screen.shown] == [Kind.LAUNCH_FAILED]
        assert str(tmp_path / "gone") in screen.shown[0].body
        assert desk.concerns.count() == 1

        desk.launching.opened.emit(None)
        assert desk.concerns.count() == 0


async def test_a_failed_launch_is_over_once_its_folder_is_no_matter_any_more(
    qloop: Loop, tmp_path: Path
) -> None:
    async with listening() as (desk, screen):
        desk.attention.follow(desk.launching)
        with pytest.raises(CcrError):
            await desk.launching.launch(tmp_path / "gone")
        await eventually(lambda: screen.shown)

        desk.launching.settle(lambda failure: failure.folder == tmp_path / "other")
        assert desk.concerns.count() == 1
        desk.launching.settle(lambda failure: failure.folder == tmp_path / "gone")

        assert desk.launching.failure is None
        assert desk.concerns.count() == 0


@pytest.mark.parametrize("missing", ["folder", "claude", "xterm"])
async def test_a_failed_launch_is_over_once_what_was_missing_is_there(
    missing: str, qloop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, programs = tmp_path / "folder", tmp_path / "programs"
    places = {"folder": folder, "claude": programs / "claude", "xterm": programs / "xterm"}
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("SHELL", "")
    monkeypatch.setenv("DISPLAY", ":76")  # nothing is opened there
    for name in places.keys() - {missing}:
        _make(places[name])
    async with listening() as (desk, screen):
        desk.attention.follow(desk.launching)
        with pytest.raises((ClaudeMissing, FolderMissing, TerminalMissing)):
            await desk.launching.launch(folder)
        await eventually(lambda: screen.shown)

        await desk.launching.look_again()
        assert desk.concerns.count() == 1, "it is still missing"
        _make(places[missing])
        _come_back(desk, Qt.ApplicationState.ApplicationActive)

        await eventually(lambda: desk.concerns.count() == 0)


def _make(place: Path) -> None:
    if place.name == "folder":
        place.mkdir()
    else:
        place.write_text("#!/bin/sh\n")
        place.chmod(0o755)
