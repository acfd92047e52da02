"""What the window says of failures, and the report that can be copied."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.banners import Banners
from ccr_desktop.desktop.crash import CrashReports
from ccr_desktop.desktop.crash_news import CrashNews
from ccr_desktop.desktop.window import Window


class Bare(QWidget):
    """The part of the window that is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.banners = Banners(self)


@pytest.fixture
def window(qtbot: QtBot, look: theme.Theme) -> Bare:
    bare = Bare()
    qtbot.addWidget(bare)
    return bare


def copied(window: Bare, qtbot: QtBot) -> str:
    (button,) = (each for each in window.findChildren(QPushButton) if each.text() == "Copy report")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return QGuiApplication.clipboard().text()


def test_a_fault_of_the_life_before_is_told_and_can_be_copied(
    tmp_path: Path, window: Bare, qtbot: QtBot
) -> None:
    (tmp_path / "crash.native").write_text("Fatal Python error: Segmentation fault\n")

    with CrashReports(tmp_path) as reports:
        CrashNews(reports, cast(Window, window))

    assert "crashed when it ran last" in window.banners.text("crash")
    assert "Segmentation fault" in copied(window, qtbot)


def test_after_an_orderly_end_nothing_is_told(tmp_path: Path, window: Bare) -> None:
    with CrashReports(tmp_path):
        pass

    with CrashReports(tmp_path) as reports:
        CrashNews(reports, cast(Window, window))

    assert window.banners.text("crash") == ""


def test_a_failure_is_told_in_the_window(tmp_path: Path, window: Bare, qtbot: QtBot) -> None:
    with CrashReports(tmp_path) as reports:
        CrashNews(reports, cast(Window, window))
        report = reports.write(ValueError("wrong"), "a test")
        assert report is not None
        reports.tell(report)
        qtbot.waitUntil(lambda: bool(window.banners.text("crash")))

    assert "ValueError: wrong" in window.banners.text("crash")
    assert "ValueError: wrong" in copied(window, qtbot)
    words = [each.text() for each in window.findChildren(QPushButton) if each.text()]
    assert words == ["Copied"], "the button says that it was done"
