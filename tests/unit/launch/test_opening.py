"""Opening Claude Code in a terminal; both are scripts here, and really run."""

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.errors import ClaudeMissing, ClientError, FolderMissing, TerminalMissing
from ccr_desktop.launch import installers
from ccr_desktop.launch.opening import LaunchRequest, launch, try_terminal
from ccr_desktop.launch.program import ClaudeProgram

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="terminals of Linux")
LIMIT_S = 90
KEY = "sk-router-4711"
CLAUDE = """\
#!{python}
import json, os, pathlib, sys
ours = {{k: v for k, v in os.environ.items()}}
pathlib.Path("{report}.new").write_text(json.dumps({{"argv": sys.argv[1:], "env": ours}}))
os.rename("{report}.new", "{report}")
"""
TERMINAL = """\
#!/bin/sh
printf "%s\\n" "$@" >"{seen}"
shift
exec env -i PATH="$PATH" HOME="$HOME" "$@"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a terminal and a Claude Code."""
    place = tmp_path / "home"
    for folder in ("bin", "my project"):
        (place / folder).mkdir(parents=True)
    report, seen = tmp_path / "report.json", tmp_path / "terminal.txt"
    install(place, "claude", CLAUDE.format(python=sys.executable, report=report))
    for name in ("env", "rm"):  # the PATH of the system may hold a real Claude Code
        (place / "bin" / name).symlink_to(f"/usr/bin/{name}")
    install(place, "xterm", TERMINAL.format(seen=seen))
    monkeypatch.setattr(installers, "_SYSTEM_FOLDERS", ())
    for name, value in {
        "HOME": str(place),
        "PATH": str(place / "bin"),
        "CCR_DESKTOP_HOME": str(tmp_path / "desk"),
        "DISPLAY": ":77",
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("CLAUDE_PATH", "SHELL", "CLAUDE_CONFIG_DIR", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return place


def install(home: Path, name: str, content: str) -> None:
    (home / "bin" / name).write_text(content, encoding="utf-8")
    (home / "bin" / name).chmod(0o755)


def reported(home: Path) -> Any:
    """What Claude Code was started with."""
    path, until = home.parent / "report.json", time.monotonic() + LIMIT_S
    while not path.exists():
        assert time.monotonic() < until, "Claude Code was not started"
    return json.loads(path.read_text(encoding="utf-8"))


def request(home: Path, **more: Any) -> LaunchRequest:
    return LaunchRequest(**{"folder": home / "my project", "terminal": "xterm", **more})


def test_claude_is_started_in_a_terminal_and_led_to_the_router(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "the-users-own")

    launched = launch(request(home, arguments=("-p", "a b")), Config(port=4000, api_key=KEY))

    seen = reported(home)
    assert seen["argv"] == ["-p", "a b"]
    assert seen["env"]["PWD"] == str(home / "my project")
    assert seen["env"]["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:4000"
    assert seen["env"]["ANTHROPIC_AUTH_TOKEN"] == KEY
    assert "ANTHROPIC_API_KEY" not in seen["env"]
    assert launched.terminal.name == "xterm"
    assert launched.program == ClaudeProgram(str(home / "bin" / "claude"), kind="PATH")
    assert launched.has_begun
    assert launched.warnings == ()


def test_the_terminal_gets_a_path_and_no_key(home: Path) -> None:
    launched = launch(request(home), Config(api_key=KEY))
    reported(home)

    words = (home.parent / "terminal.txt").read_text(encoding="utf-8").splitlines()
    assert words == ["-e", str(launched.script)]


@pytest.mark.parametrize(
    ("more", "argv"),
    [
        ({}, []),
        ({"mode": "continue"}, ["--continue"]),
        (
            {"mode": "resume", "session_id": "a1-b2", "arguments": ("x",)},
            ["--resume", "a1-b2", "x"],
        ),
    ],
)
def test_sessions_go_on_as_claude_wants_to_be_told(
    home: Path, more: dict[str, Any], argv: list[str]
) -> None:
    launch(request(home, **more), Config())

    assert reported(home)["argv"] == argv


@pytest.mark.parametrize("session", ["", "--help", "a b", "../x"])
def test_what_is_no_session_is_refused(home: Path, session: str) -> None:
    with pytest.raises(ClientError, match="no session"):
        launch(request(home, mode="resume", session_id=session), Config())


def test_no_file_of_the_users_home_is_touched(home: Path) -> None:
    settings = home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{"env": {"ANTHROPIC_BASE_URL": "http://elsewhere"}}', encoding="utf-8")

    def contents() -> dict[str, str]:
        files = (path for path in home.rglob("*") if path.is_file())
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    before = contents()
    launched = launch(request(home), Config(status_line={"enabled": True}))

    assert "--settings" in reported(home)["argv"]
    assert contents() == before
    assert str(settings) in launched.warnings[0]


def test_a_folder_that_is_gone_is_told(home: Path) -> None:
    with pytest.raises(FolderMissing, match="gone"):
        launch(request(home, folder=home / "gone"), Config())


def test_a_file_is_said_to_be_no_folder(home: Path) -> None:
    (home / "notes.txt").touch()

    with pytest.raises(FolderMissing, match=r"notes\.txt is not a folder: Choose a folder\."):
        launch(request(home, folder=home / "notes.txt"), Config())


def test_a_missing_claude_is_told(home: Path) -> None:
    (home / "bin" / "claude").unlink()

    with pytest.raises(ClaudeMissing):
        launch(request(home), Config())


def test_without_a_terminal_the_commands_to_type_are_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")

    with pytest.raises(TerminalMissing) as caught:
        launch(request(home, mode="continue", terminal=""), Config(api_key=KEY))

    change, start = caught.value.commands
    assert change == f"cd '{home / 'my project'}'"
    assert start.endswith(" code --continue")
    assert KEY not in str(caught.value.commands)


def test_a_terminal_that_is_gone_leaves_no_script(home: Path) -> None:
    with pytest.raises(TerminalMissing, match="can't be started"):
        launch(request(home, terminal="/no/such/terminal {script}"), Config())
    with pytest.raises(TerminalMissing, match="'konsole' was not found"):
        launch(request(home, terminal="konsole"), Config())

    assert list((home.parent / "desk" / "data" / "run").iterdir()) == []


def test_a_program_out_of_the_path_finds_what_lies_beside_it(home: Path) -> None:
    place = home / ".volta" / "bin"
    place.mkdir(parents=True)
    (home / "bin" / "claude").rename(place / "claude")

    launch(request(home), Config())

    assert reported(home)["env"]["PATH"].split(os.pathsep)[-1] == str(place)


def test_a_session_that_is_opened_from_within_another_is_a_new_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(home, "xterm", '#!/bin/sh\nshift\nexport CLAUDECODE=1\nexec "$@"\n')
    monkeypatch.setenv("CLAUDECODE", "1")

    launch(request(home), Config())

    assert "CLAUDECODE" not in reported(home)["env"]


def test_a_program_that_was_found_before_is_not_looked_for_again(home: Path) -> None:
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    (home / "bin" / "claude").rename(elsewhere / "claude")
    known = ClaudeProgram(str(elsewhere / "claude"), "2.1", "login shell")

    assert launch(request(home, program=known), Config()).program == known
    assert reported(home)["argv"] == []
    (elsewhere / "claude").rename(home / "bin" / "claude")
    found = launch(request(home, program=known), Config()).program
    assert found == ClaudeProgram(str(home / "bin" / "claude"), kind="PATH")


def test_a_terminal_can_be_tried_without_claude(home: Path) -> None:
    (home / "bin" / "claude").unlink()
    said = home / "said"
    install(home, "xterm", f'#!/bin/sh\nshift\n"$@" >"{said}.new"\nmv "{said}.new" "{said}"\n')
    (home / "bin" / "mv").symlink_to("/usr/bin/mv")

    tried = try_terminal("xterm")

    until = time.monotonic() + LIMIT_S
    while not said.exists():
        assert time.monotonic() < until
    assert said.read_text(encoding="utf-8").startswith("This terminal works.")
    assert tried.has_begun
    with pytest.raises(TerminalMissing, match="konsole"):
        try_terminal("konsole")
