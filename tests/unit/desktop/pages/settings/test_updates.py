"""What the settings say of new versions, and the button that looks now."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtWidgets import QPushButton

from ccr_desktop import __version__
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.updates import LastCheckRow
from tests.support.release_site import ReleaseSite
from tests.unit.desktop.attended import RAW
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually


@asynccontextmanager
async def general(site: ReleaseSite) -> AsyncIterator[tuple[Shown, LastCheckRow]]:
    async with section("general", {**RAW, "Desktop": {"updateSource": site.source}}) as shown:
        yield shown, shown.find(LastCheckRow, "setting-last-check")


async def test_before_the_first_look_that_is_said(qloop: Loop) -> None:
    with ReleaseSite() as site:
        async with general(site) as (shown, row):
            assert row.help_text() == f"Version {__version__} is in use. Not looked yet."
            assert not shown.find(QPushButton, "see-update").isVisible()


async def test_what_is_there_is_told_and_can_be_seen(qloop: Loop) -> None:
    with ReleaseSite() as site:
        site.publish("9.0.0", {})
        async with general(site) as (shown, row):
            wants: list[str] = []
            shown.desk.bridge.update_wanted.connect(lambda: wants.append("see"))

            shown.find(QPushButton, "check-updates").click()

            expected = f"Version 9.0.0 is there; {__version__} is in use. Looked just now."
            await eventually(lambda: row.help_text() == expected)
            shown.find(QPushButton, "see-update").click()
            assert wants == ["see"]
            shown.desk.updates.skip()
            await eventually(lambda: "which you skipped" in row.help_text())


@pytest.mark.parametrize("version", ["0.0.1", __version__])
async def test_the_newest_is_called_so(qloop: Loop, version: str) -> None:
    with ReleaseSite() as site:
        site.publish(version, {})
        async with general(site) as (shown, row):
            shown.find(QPushButton, "check-updates").click()

            await eventually(lambda: "the newest. Looked just now." in row.help_text())


async def test_offline_is_said_here_alone(qloop: Loop) -> None:
    with ReleaseSite() as site:
        async with general(site) as (shown, row):
            failed: list[object] = []
            shown.desk.bridge.failed.connect(failed.append)

            shown.find(QPushButton, "check-updates").click()

            await eventually(lambda: "It answered 404" in row.said())
            assert "Tried just now." in row.help_text()
            assert failed == []
            site.publish("9.0.0", {})
            shown.find(QPushButton, "check-updates").click()
            await eventually(lambda: "Version 9.0.0 is there" in row.help_text())
            assert row.said() == ""
