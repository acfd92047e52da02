"""The settings file, and reports."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ccr_desktop import paths
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.settings.files import FilesView
from ccr_desktop.desktop.widgets.row_list import RowList
from tests.unit.desktop.pages.settings.shown import Shown, section
from tests.unit.desktop.waiting import eventually


def view(shown: Shown) -> FilesView:
    found = shown.page.findChild(FilesView)
    assert isinstance(found, FilesView)
    return found


async def test_the_history_is_one_click_away(qloop: Loop) -> None:
    async with section("files") as shown:
        wanted: list[str] = []
        shown.desk.bridge.page_wanted.connect(wanted.append)

        view(shown).history.click()

        assert wanted == ["settings/history"]


async def test_the_file_and_the_folders_can_be_opened(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    async with section("files") as shown:
        own = view(shown)
        file = paths.config_dir() / "config.json"
        await eventually(lambda: own.path.text() == str(file))

        for button in (own.open, own.reveal, own.logs):
            button.click()

        await eventually(lambda: len(opened) == 3)
        assert opened == [file, file.parent, paths.log_dir()]


async def test_a_report_can_be_copied(qloop: Loop) -> None:
    async with section("files") as shown:
        report = shown.desk.crash_reports.write(ValueError("a mistake"), "a test")
        assert report
        await shown.desk.bridge.reload()
        reports = shown.find(RowList, "reports")
        await eventually(lambda: reports.rows.rows)
        assert reports.rows.rows[0].title == "ValueError: a mistake"

        row = reports.rows.rows[0]
        assert [act.text for act in reports.paints.actions_for(row)] == ["Copy report"]
        reports.opened.emit(row.key)
        assert [act.text for act in reports.paints.actions_for(row)] == ["Copied"]

        assert "a mistake" in QGuiApplication.clipboard().text()
