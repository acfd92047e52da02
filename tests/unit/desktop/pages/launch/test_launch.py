"""The page Launch: its dialogs, folders that are dropped on it, and the normal `claude`.

A script stands in for the terminal, and one that notes its arguments for Claude Code.
"""

import json
import shutil
import sys
import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.switch import Switch
from ccr_desktop.launch.sessions import encoded
from ccr_desktop.launch.terminals import known_terminals
from tests.unit.desktop.answering import answer, is_open
from tests.unit.desktop.desks import read_config_file, write_config
from tests.unit.desktop.pages.launch.opened import Part, opened
from tests.unit.desktop.views import drawn
from tests.unit.desktop.waiting import eventually

SETTINGS = '{ "cleanupPeriodDays":  9 }'
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its stand-ins are shell scripts")


@pytest.fixture
def project(home: Path) -> Path:
    folder = home / "it's a project"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def settings(home: Path, look: theme.Theme, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Claude Code's own file; the router's settings name a terminal and a Claude Code."""
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
    monkeypatch.delenv("CLAUDE_PATH", raising=False)
    program = home / "claude"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$PWD" "$@" > "{home}/launched"\n', "utf-8")
    program.chmod(0o755)
    write_config(
        {
            "Providers": [{"name": "a", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}],
            "Router": {"default": "a,m"},
            "routeSets": {"Night": {"default": "a,m"}},
            "CLAUDE_PATH": str(program),
            "Desktop": {"terminal": "/bin/sh {script}"},
        }
    )
    own = home / ".claude" / "settings.json"
    own.parent.mkdir()
    own.write_text(SETTINGS, "utf-8")
    return own


def text(path: Path) -> str:
    return path.read_text("utf-8")


def inside(dialog: QDialog, kind: type[Part], name: str) -> Part:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


async def test_folders_that_are_dropped_are_listed_and_files_are_not(
    qloop: Loop, project: Path, settings: Path
) -> None:
    async with opened() as own:
        own.drop(settings)
        own.drop(settings, project)

        await eventually(lambda: own.folders == [str(project)])
        assert own.part(RowList, "projects").current_key() == str(project)


async def test_typed_arguments_are_not_lost_by_a_key(
    qloop: Loop, project: Path, qtbot: QtBot
) -> None:
    async with opened(with_folder=project) as own:
        own.page.projects.options_wanted.emit(project)
        dialog = await own.dialog("launch-options")
        words = inside(dialog, QLineEdit, "launch-arguments")
        words.setText("--verbose")

        qtbot.keyClick(words, Qt.Key.Key_Escape)
        await answer(dialog, "")
        assert dialog.isVisible()
        assert words.text() == "--verbose"

        qtbot.keyClick(words, Qt.Key.Key_Escape)
        await answer(dialog, "discard")
        await eventually(lambda: not is_open(dialog))
        assert not own.desk.launching.store.find(project).arguments


async def test_launch_options_that_nobody_changed_close_at_once(
    qloop: Loop, project: Path, qtbot: QtBot
) -> None:
    async with opened(with_folder=project) as own:
        own.page.projects.options_wanted.emit(project)
        dialog = await own.dialog("launch-options")

        qtbot.keyClick(inside(dialog, QLineEdit, "launch-arguments"), Qt.Key.Key_Escape)

        await eventually(lambda: not is_open(dialog))


async def test_a_launch_has_the_arguments_of_its_folder(
    qloop: Loop, project: Path, home: Path
) -> None:
    async with opened(with_folder=project) as own:
        own.page.projects.options_wanted.emit(project)
        dialog = await own.dialog("launch-options")
        inside(dialog, QLineEdit, "launch-arguments").setText('--model "unclosed')
        inside(dialog, QPushButton, "save").click()
        assert dialog.isVisible()

        inside(dialog, QLineEdit, "launch-arguments").setText('--append-system-prompt "Be brief."')
        sets = inside(dialog, QComboBox, "launch-route-set")
        sets.setCurrentIndex(sets.findData("Night"))
        inside(dialog, QPushButton, "save").click()
        await eventually(lambda: read_config_file().get("projects") == {str(project): "Night"})
        await eventually(lambda: own.desk.launching.store.find(project).arguments)
        own.part(RowList, "projects").select(str(project))
        own.part(QPushButton, "start-new").click()

        await eventually((home / "launched").exists)
        said = ["--append-system-prompt", "Be brief."]
        await eventually(lambda: (home / "launched").read_text().splitlines()[-2:] == said)
        assert (home / "launched").read_text().splitlines()[0] == str(project)


async def test_a_past_session_is_searched_and_resumed(
    qloop: Loop, project: Path, home: Path
) -> None:
    place = home / ".claude" / "projects" / encoded(str(project))
    place.mkdir(parents=True)
    ids = {words: str(uuid.uuid4()) for words in ("mend the till", "write a poem")}
    for words, name in ids.items():
        line = {"type": "user", "cwd": str(project), "message": {"role": "user", "content": words}}
        (place / f"{name}.jsonl").write_text(json.dumps(line), "utf-8")
    async with opened(with_folder=project) as own:
        own.part(RowList, "projects").select(str(project))
        own.part(QPushButton, "resume").click()
        dialog = await own.dialog("sessions")
        sessions = inside(dialog, RowList, "session-list")
        await eventually(lambda: len(sessions.rows.rows) == 2)

        dialog.findChildren(QLineEdit)[0].setText("poem")
        await eventually(lambda: [row.title for row in sessions.rows.rows] == ["write a poem"])
        inside(dialog, QPushButton, "resume-session").click()

        await eventually((home / "launched").exists)
        await eventually(lambda: ids["write a poem"] in (home / "launched").read_text())


@pytest.mark.parametrize("has_session", [True, False])
async def test_where_there_is_nothing_to_continue_a_session_begins(
    qloop: Loop, project: Path, home: Path, has_session: bool
) -> None:
    if has_session:
        place = home / ".claude" / "projects" / encoded(str(project))
        place.mkdir(parents=True)
        (place / f"{uuid.uuid4()}.jsonl").touch()
    anew: list[Path] = []
    async with opened(with_folder=project) as own:
        own.desk.launching.began_anew.connect(anew.append)
        await eventually(own.part(QPushButton, "claude-check").isEnabled)
        own.part(QPushButton, "continue").click()

        said = [str(project), "--continue"] if has_session else [str(project)]
        await eventually(lambda: (home / "launched").read_text().splitlines()[:2] == said)
        await eventually(lambda: anew == ([] if has_session else [project]))


async def test_a_folder_that_is_gone_is_told_above_all(qloop: Loop, project: Path) -> None:
    async with opened(with_folder=project) as own:
        shutil.rmtree(project)
        own.part(RowList, "projects").select(str(project))
        own.part(QPushButton, "start-new").click()

        failure = own.part(Banner, "launch-failure")
        await eventually(failure.isVisible)
        assert project.name in failure.text()

        own.part(RowList, "projects").action_requested.emit(str(project), "forget")

        await eventually(lambda: own.folders == [])
        await eventually(lambda: not failure.isVisible())
        assert own.desk.launching.failure is None


async def test_a_failure_that_was_read_is_put_away_everywhere(qloop: Loop, project: Path) -> None:
    async with opened(with_folder=project) as own:
        shutil.rmtree(project)
        own.part(QPushButton, "start-new").click()
        failure = own.part(Banner, "launch-failure")
        await eventually(failure.isVisible)

        failure.close_button.click()

        assert own.desk.launching.failure is None
        rows = own.part(RowList, "projects").rows
        await eventually(lambda: rows.rows[0].state is None)


async def test_a_missing_claude_code_sends_nobody_to_the_page_that_is_open(
    qloop: Loop, home: Path, project: Path
) -> None:
    async with opened(with_folder=project) as own:
        (home / "claude").rename(home / "away")
        own.desk.launching.forget_program()
        own.part(QPushButton, "start-new").click()
        failure = own.part(Banner, "launch-failure")
        await eventually(failure.isVisible)

        assert "The page Launch" not in failure.text()
        assert own.part(QPushButton, "claude-guide").text().lower() in failure.text()
        assert own.part(QPushButton, "claude-locate").text() in failure.text()


async def test_claude_code_that_is_found_at_last_ends_the_failure(
    qloop: Loop, home: Path, project: Path
) -> None:
    async with opened(with_folder=project) as own:
        (home / "claude").rename(home / "away")
        own.desk.launching.forget_program()
        own.part(QPushButton, "start-new").click()
        failure = own.part(Banner, "launch-failure")
        await eventually(failure.isVisible)

        (home / "away").rename(home / "claude")
        check = own.part(QPushButton, "claude-check")
        await eventually(check.isEnabled)
        check.click()

        await eventually(lambda: not failure.isVisible())
        assert own.desk.launching.failure is None


async def test_nothing_moves_when_claude_code_turns_out_to_be_missing(
    qloop: Loop, home: Path
) -> None:
    async with opened() as own:
        below = [own.page.terminal, own.page.own]
        check, guide = (own.part(QPushButton, f"claude-{name}") for name in ("check", "guide"))

        async def places_after_a_search() -> list[int]:
            await eventually(check.isEnabled)
            await eventually(own.part(QLabel, "normal-claude-words").text)
            await drawn()
            return [card.y() for card in below]

        before = await places_after_a_search()
        assert not guide.isVisible()
        (home / "claude").rename(home / "away")
        check.click()
        assert await places_after_a_search() == before
        assert guide.isVisible()

        guide.click()
        assert own.part(CopyField, "claude-install").isVisible()
        opened_at = await places_after_a_search()
        (home / "away").rename(home / "claude")
        check.click()
        assert await places_after_a_search() == opened_at
        own.page.hide()
        own.page.show()
        assert await places_after_a_search() == before
        assert not guide.isVisible()


async def test_a_folder_that_a_command_used_is_there_when_somebody_looks(
    qloop: Loop, project: Path
) -> None:
    async with opened() as own:
        assert own.folders == []
        own.desk.launching.store.used(project)

        own.page.hide()
        own.page.show()

        await eventually(lambda: own.folders == [str(project)])


async def test_the_normal_claude_is_led_here_after_a_look_and_back_again(
    qloop: Loop, settings: Path
) -> None:
    async with opened() as own:
        switch = own.part(Switch, "normal-claude")
        await eventually(switch.isVisible)
        switch.click()
        dialog = await own.dialog("change")
        assert "+" in inside(dialog, QPlainTextEdit, "diff").toPlainText()
        dialog.reject()
        await eventually(lambda: not switch.isChecked())
        assert text(settings) == SETTINGS

        switch.click()
        inside(await own.dialog("change"), QPushButton, "change-file").click()
        await eventually(lambda: "ANTHROPIC_BASE_URL" in settings.read_text("utf-8"))
        await eventually(switch.isChecked)
        assert json.loads(text(settings))["cleanupPeriodDays"] == 9

        switch.click()
        await eventually(lambda: settings.read_text("utf-8") == SETTINGS)
        await eventually(lambda: not switch.isChecked())


async def test_with_a_key_the_look_says_who_can_read_the_file(qloop: Loop, settings: Path) -> None:
    write_config({"APIKEY": "sk-router-0123456789"})
    async with opened() as own:
        switch = own.part(Switch, "normal-claude")
        await eventually(switch.isVisible)
        switch.click()
        dialog = await own.dialog("change")

        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert any("only you can read it" in words for words in said)
        dialog.reject()
        await eventually(lambda: not switch.isChecked())


@pytest.mark.parametrize("by_variable", [False, True])
async def test_who_names_claude_code_is_told_and_only_the_file_can_be_changed_here(
    qloop: Loop, home: Path, monkeypatch: pytest.MonkeyPatch, by_variable: bool
) -> None:
    if by_variable:
        write_config({})
        monkeypatch.setenv("CLAUDE_PATH", str(home / "claude"))
    async with opened() as own:
        place = "by the variable CLAUDE_PATH" if by_variable else "in the settings"
        labels = own.page.claude.findChildren(QLabel)

        await eventually(lambda: any(f"named {place}" in label.text() for label in labels))
        assert own.part(QPushButton, "claude-automatic").isVisible() is not by_variable


async def test_a_chosen_terminal_is_called_as_in_the_list(qloop: Loop) -> None:
    name, label = known_terminals()[0].name, known_terminals()[0].label
    assert name != label
    async with opened() as own:
        own.page.terminal.terminal_wanted.emit(name)

        editor = own.desk.bridge.editor
        await eventually(lambda: editor.undo_words == f"Terminal: {label}")
        assert read_config_file()["Desktop"]["terminal"] == name
