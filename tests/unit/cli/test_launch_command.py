"""`ccr launch`: what is asked for is opened. The terminal itself is a script of no use here."""

import json
import os
import sys
import uuid
from pathlib import Path

import pytest

from ccr_desktop.cli import launch
from ccr_desktop.launch import installers
from ccr_desktop.launch.projects import Projects
from ccr_desktop.launch.sessions import encoded
from tests.unit.cli.conftest import Home, Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="terminals of Linux")


@pytest.fixture
def place(user: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a Claude Code and a terminal, and a router that seems to run."""
    for name in ("claude", "xterm"):
        program = user.folder / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\n[ "${{0##*/}}" = claude ] || cp "$2" "{user.folder}/ran"\n')
        program.chmod(0o755)
    monkeypatch.setattr(installers, "_SYSTEM_FOLDERS", ())
    monkeypatch.setattr(launch, "is_running", lambda _: True)
    monkeypatch.setenv("PATH", f"{user.folder / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(user.folder / "claude"))
    for name in ("CLAUDE_PATH", "WAYLAND_DISPLAY", "SHELL"):
        monkeypatch.delenv(name, raising=False)
    (user.folder / "project").mkdir()
    return user.folder / "project"


def script_of(user: Home) -> str:
    """The script that a terminal got, which it did not run."""
    [script] = (user.folder / "desk" / "data" / "run").glob("launch-*")
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "passed"),
    [
        ([], ""),
        (["--continue"], " --continue"),
        (["--resume", "a1-b2"], " --resume a1-b2"),
        (["--", "--model", "a b"], " --model 'a b'"),
    ],
)
def test_claude_is_opened_as_it_was_asked_for(
    place: Path, user: Home, run: Run, options: list[str], passed: str
) -> None:
    said = run("launch", str(place), "--terminal", "xterm", *options)

    assert (said.code, said.out) == (0, "Claude Code opens in XTerm.\n")
    script = script_of(user)
    assert f"{user.folder}/bin/claude{passed}\n" in script
    assert f"cd -- {place} " in script
    assert Projects().all()[0].folder == str(place)


def test_arguments_that_were_set_for_the_folder_count(place: Path, user: Home, run: Run) -> None:
    Projects().change(place, arguments=["--model", "p,m"])

    assert run("launch", str(place), "--terminal", "xterm").code == 0
    assert "/claude --model p,m\n" in script_of(user)


def test_without_a_terminal_the_commands_are_printed(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")

    said = run("launch", str(place), "--continue")

    assert said.code == 1
    assert f"  cd {place}\n" in said.err
    assert "code --continue" in said.err
    assert run("launch", "--terminals").code == 1


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["gone"], "gone"),
        (["--terminal", "nonsense"], "nonsense"),
        (["--terminal", "xterm -e"], "{script}"),
        (["--resume", "../x"], "../x"),
    ],
)
def test_what_cannot_be_opened_is_told_before_a_router_is_started(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch, options: list[str], word: str
) -> None:
    monkeypatch.setattr(launch, "is_running", lambda _: pytest.fail("asked for the router"))

    said = run("launch", *options)

    assert said.code != 0
    assert word in said.err


def test_terminals_are_listed(place: Path, run: Run) -> None:
    said = run("launch", "--terminals")

    assert said.code == 0
    assert "xterm" in said.out


def test_sessions_are_listed(place: Path, user: Home, run: Run) -> None:
    assert "no sessions" in run("launch", str(place), "--list").err
    session = str(uuid.uuid4())
    file = user.folder / "claude" / "projects" / encoded(str(place)) / f"{session}.jsonl"
    file.parent.mkdir(parents=True)
    entry = {"type": "user", "cwd": str(place), "message": {"content": "Fix it"}}
    file.write_text(json.dumps(entry), encoding="utf-8")

    said = run("launch", str(place), "--list")

    assert said.code == 0
    assert session in said.out
    assert "Fix it" in said.out
