"""Folders in which Claude Code is used come to the list of known ones while the app runs."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.desktop import folder_news
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.folder_news import FolderNews
from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.desks import open_desk
from tests.unit.desktop.test_overview import Decided
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.limit(60)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_news, "SETTLE_MS", 0)


def asked_in(folder: str, *, is_aside: bool = False) -> RouteChosen:
    return RouteChosen(
        request_id="r",
        session_id="",
        model="claude",
        decision=Decided(),
        folder=folder,
        is_aside=is_aside,
    )


def follow(desk: Desk) -> FolderNews:
    return FolderNews(desk.bridge, desk.launching, desk.bridge)


async def test_a_folder_of_a_request_is_known_at_once(qloop: Loop, tmp_path: Path) -> None:
    async with open_desk(is_started=False) as desk:
        follow(desk)
        desk.launching.store.used(tmp_path)  # as `ccr code` does

        desk.bridge.happened.emit(asked_in(str(tmp_path)))

        await eventually(lambda: desk.launching.recent_folders() == (tmp_path,))
        assert desk.bridge.overview.recent_folders == (tmp_path,)


@pytest.mark.parametrize("is_aside", [True, False])
async def test_what_tells_nothing_new_is_not_looked_after(
    qloop: Loop, tmp_path: Path, is_aside: bool
) -> None:
    async with open_desk(is_started=False) as desk:
        news: QObject = follow(desk)
        if not is_aside:
            desk.launching.store.used(tmp_path)
            await desk.launching.look()

        desk.bridge.happened.emit(asked_in(str(tmp_path), is_aside=is_aside))

        assert isinstance(news, FolderNews)
        assert not news._settle.isActive()
