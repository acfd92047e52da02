"""The settings file, its earlier versions, and reports."""

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


async def test_a_version_can_be_restored_and_that_undone(qloop: Loop) -> None:
    async with section("files") as shown:
        bridge = shown.desk.bridge
        await bridge.edit(lambda raw: {**raw, "LOG": False}, "Log off")
        versions = shown.find(RowList, "versions")
        await eventually(lambda: versions.rows.rows)

        versions.action_requested.emit(versions.rows.rows[0].key, "restore")

        await eventually(lambda: bridge.config.writes_log)
        assert bridge.editor.undo_words.startswith("Restored the settings of ")
        bridge.undo()
        await eventually(lambda: not bridge.config.writes_log)


async def test_the_file_and_the_folders_can_be_opened(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> None:
        opened.append(Path(url.toLocalFile()))

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    async with section("files") as shown:
        own = view(shown)
        file = paths.config_dir() / "config.json"
        await eventually(lambda: own.path.text() == str(file))

        for button in (own.open, own.reveal, own.logs):
            button.click()

        assert opened == [file, file.parent, paths.log_dir()]


async def test_a_report_can_be_copied(qloop: Loop) -> None:
    async with section("files") as shown:
        report = shown.desk.crash_reports.write(ValueError("a mistake"), "a test")
        assert report
        await shown.desk.bridge.reload()
        reports = shown.find(RowList, "reports")
        await eventually(lambda: reports.rows.rows)
        assert reports.rows.rows[0].title == "ValueError: a mistake"

        reports.opened.emit(reports.rows.rows[0].key)

        assert "a mistake" in QGuiApplication.clipboard().text()
