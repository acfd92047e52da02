"""The terminal goes from its card into the file and comes back from it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.launch.presenter import build
from ccr_desktop.desktop.setting_places import PLACES
from tests.unit.desktop.desks import open_desk, read_config_file, write_config
from tests.unit.desktop.waiting import eventually

OWN = "/bin/sh {script}"
HERE = [key for key, place in PLACES.items() if place.page == "launch"]

pytestmark = pytest.mark.usefixtures("look")


def boxes(page: QWidget) -> tuple[QComboBox, QLineEdit]:
    box = page.findChild(QComboBox, "terminal")
    command = page.findChild(QLineEdit, "terminal-command")
    assert box
    assert command
    return box, command


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_it_is_the_only_setting_of_that_page() -> None:
    assert HERE == ["Desktop.terminal"]


async def test_a_terminal_and_a_command_of_ones_own_are_kept(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = home / "programs"
    programs.mkdir()
    (programs / "xterm").write_text("#!/bin/sh\n", "utf-8")
    (programs / "xterm").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("DISPLAY", ":1")
    write_config({"Desktop": {"mine": 1}, "unknown": [1]})

    async with open_desk() as desk:
        page = build(desk)
        page.show()
        box, command = boxes(page)
        await eventually(lambda: box.findData("xterm") > 0)
        choose(box, "xterm")
        await eventually(lambda: read_config_file()["Desktop"] == {"mine": 1, "terminal": "xterm"})
        choose(box, "own")
        command.setText(OWN)
        command.editingFinished.emit()
        await eventually(lambda: read_config_file()["Desktop"] == {"mine": 1, "terminal": OWN})
        await desk.bridge.tasks.end()
        page.close()
        page.deleteLater()
    assert read_config_file()["unknown"] == [1]

    async with open_desk() as desk:
        page = build(desk)
        page.show()
        box, command = boxes(page)
        await eventually(lambda: (box.currentData(), command.text()) == ("own", OWN))
        choose(box, "")
        await eventually(lambda: read_config_file()["Desktop"] == {"mine": 1, "terminal": ""})
        await desk.bridge.tasks.end()
        page.close()
        page.deleteLater()
