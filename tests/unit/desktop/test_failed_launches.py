"""A launch that came to nothing is told until it is over."""

from pathlib import Path

import pytest

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Kind
from ccr_desktop.errors import CcrError
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
        assert desk.attention.open_count() == 1

        desk.launching.opened.emit(None)
        assert desk.attention.open_count() == 0


async def test_a_failed_launch_is_over_once_its_folder_is_no_matter_any_more(
    qloop: Loop, tmp_path: Path
) -> None:
    async with listening() as (desk, screen):
        desk.attention.follow(desk.launching)
        with pytest.raises(CcrError):
            await desk.launching.launch(tmp_path / "gone")
        await eventually(lambda: screen.shown)

        desk.launching.settle(lambda failure: failure.folder == tmp_path / "other")
        assert desk.attention.open_count() == 1
        desk.launching.settle(lambda failure: failure.folder == tmp_path / "gone")

        assert desk.launching.failure is None
        assert desk.attention.open_count() == 0
