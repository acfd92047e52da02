"""Files that the system opens, and a system that has nothing to open them with."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import opening
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.loop import Loop
from tests.unit.desktop.answering import answer
from tests.unit.desktop.attended import listening
from tests.unit.desktop.waiting import eventually

FILE = Path("/somewhere/config.json")


@pytest.mark.parametrize("code", [0, 3])
def test_what_becomes_of_the_opener_is_what_counts(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_FAILS_WITHIN_S", 60.0)
    command = [sys.executable, "-c", f"import sys; sys.exit({code})"]

    assert opening.run_opener(command) is (code == 0)


def test_an_opener_that_can_not_be_started_opens_nothing(tmp_path: Path) -> None:
    assert not opening.run_opener([str(tmp_path / "none")])


async def test_the_opener_of_the_desktop_is_asked_where_qt_would_not(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(opening, "run_opener", lambda command: bool(asked.append(command)))
    monkeypatch.setattr(opening.shutil, "which", lambda _: "/usr/bin/xdg-open")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland-egl")

    assert not await opening.is_opened(FILE)

    assert asked == [["/usr/bin/xdg-open", str(FILE)]]


async def test_without_a_program_the_path_can_be_copied(
    qloop: Loop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    async with listening() as (desk, _):
        opening.open_path(desk.bridge, parent, FILE)
        await answer(parent, "copy")

        await eventually(lambda: QGuiApplication.clipboard().text() == str(FILE))
        (question,) = parent.findChildren(Question)
        button = question.findChild(QPushButton, "answer-copy")
        assert isinstance(button, QPushButton)
        assert button.text() == "Copied"
        assert question.isVisible()
        await answer(parent, "")
