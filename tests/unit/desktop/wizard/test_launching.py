"""The assistant's last step, with a terminal and a Claude Code of the test's own."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.wizard.draft import LAUNCH
from ccr_desktop.launch.projects import Projects
from tests.support.upstream import Upstream
from tests.unit.desktop.pages.providers.answers import serve
from tests.unit.desktop.waiting import eventually
from tests.unit.desktop.wizard.opened import open_assistant
from tests.unit.desktop.wizard.test_wizard import to_models

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its stand-ins are shell scripts")


@pytest.fixture(autouse=True)
def programs(home: Path, monkeypatch: pytest.MonkeyPatch, look: theme.Theme) -> None:
    folder = home / "bin"
    folder.mkdir()
    said = f'printf "%s\\n" "$PWD" "$ANTHROPIC_BASE_URL" > "{home}/launched"'
    for name, does in (("claude", said), ("xdg-terminal-exec", 'exec "$1"')):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("CLAUDE_PATH", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))


def launched(home: Path) -> list[str]:
    path = home / "launched"
    return path.read_text("utf-8").splitlines() if path.exists() else []


async def test_the_last_step_opens_claude_code_in_the_folder(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    project = home / "it's a project"
    project.mkdir()
    async with open_assistant(home) as own:
        await to_models(own, upstream)
        own.press(Qt.Key.Key_Return)
        await own.at_step(LAUNCH)
        await own.can_go_on("Launch Claude Code")
        folder = own.part("wizard-folder")
        assert isinstance(folder, QLineEdit)
        folder.setText(str(project))
        own.press(Qt.Key.Key_Return)

        url = own.desk.bridge.overview.service.url
        await eventually(lambda: launched(home) == [str(project), url])
        outcome = own.part("wizard-outcome")
        assert isinstance(outcome, Banner)
        await eventually(lambda: "is open in" in outcome.text())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Choose the folder of a project"),
        ("shop", "Enter the whole path of a folder"),
        ("~nobody-has-this-name/shop", "Enter the whole path of a folder"),
        ("/nowhere/shop", "/nowhere/shop is not there"),
    ],
)
async def test_a_folder_that_is_none_is_refused_where_it_stands(
    qloop: Loop, home: Path, upstream: Upstream, typed: str, told: str
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_models(own, upstream)
        own.press(Qt.Key.Key_Return)
        await own.at_step(LAUNCH)
        await own.can_go_on("Launch Claude Code")
        folder = own.part("wizard-folder")
        assert isinstance(folder, QLineEdit)
        assert folder.text() == ""
        assert folder.hasFocus()
        own.type(typed)
        own.press(Qt.Key.Key_Return)

        said = [row for row in own.page.findChildren(FormRow) if row.field.focusProxy() is folder]
        await eventually(lambda: told in said[0].error())
        await own.can_go_on("Launch Claude Code")
        assert folder.hasFocus()
        own.type("x")
        assert said[0].error() == ""

    assert not any(launched(home)[1:])  # it was asked for its version alone


async def test_a_claude_code_that_went_is_told_of_here_and_not_on_another_page(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    async with open_assistant(home) as own:
        await to_models(own, upstream)
        own.press(Qt.Key.Key_Return)
        await own.at_step(LAUNCH)
        await own.can_go_on("Launch Claude Code")
        (home / "bin" / "claude").unlink()
        own.desk.launching.forget_program()
        folder = own.part("wizard-folder")
        assert isinstance(folder, QLineEdit)
        folder.setText(str(home))
        own.press(Qt.Key.Key_Return)

        outcome = own.part("wizard-outcome")
        assert isinstance(outcome, Banner)
        await eventually(lambda: "was not found" in outcome.text())
        assert "The page Launch" not in outcome.text()
        await eventually(own.part("wizard-guide").isVisible)


async def test_the_folder_of_the_last_project_is_proposed(
    qloop: Loop, home: Path, upstream: Upstream
) -> None:
    serve(upstream)
    for folder in (home / "shop", Path.home()):
        folder.mkdir(exist_ok=True)
        Projects().used(folder)
    async with open_assistant(home) as own:
        await to_models(own, upstream)
        own.press(Qt.Key.Key_Return)
        await own.at_step(LAUNCH)

        folder = own.part("wizard-folder")
        assert isinstance(folder, QLineEdit)
        assert folder.text() == str(home / "shop")
