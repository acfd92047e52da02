"""Which terminals there are, and how each is told to run a script."""

import shlex
import sys
from pathlib import Path

import pytest

from ccr_desktop.errors import ClientError
from ccr_desktop.launch.terminals import (
    chosen_terminal,
    custom_terminal,
    found_terminals,
    known_terminals,
)

SCRIPT, FOLDER = Path("/run/my user/launch-1.sh"), Path("/home/me/my project")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="terminals of Linux")


def install(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_every_terminal_gets_the_script_and_has_a_name_of_its_own(system: str) -> None:
    terminals = known_terminals(system)

    assert len({terminal.name for terminal in terminals}) == len(terminals)
    for terminal in terminals:
        words = terminal.command_for(SCRIPT, FOLDER)
        assert sum(str(SCRIPT) in word for word in words) == 1, terminal.name
        assert not any("{" in word for word in words)


def test_a_terminal_that_splits_its_argument_gets_it_quoted() -> None:
    [tilix] = [terminal for terminal in known_terminals("linux") if terminal.name == "tilix"]

    assert shlex.split(tilix.command_for(SCRIPT, FOLDER)[-1]) == [str(SCRIPT)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xdg-terminal-exec", ["xdg-terminal-exec", "S"]),
        ("gnome-terminal", ["gnome-terminal", "--", "S"]),
        ("konsole", ["konsole", "-e", "S"]),
        ("xfce4-terminal", ["xfce4-terminal", "-x", "S"]),
        ("kitty", ["kitty", "S"]),
        ("wezterm", ["wezterm", "start", "--", "S"]),
        ("foot", ["foot", "S"]),
        ("xterm", ["xterm", "-e", "S"]),
    ],
)
def test_terminals_of_linux_are_told_in_their_own_words(name: str, words: list[str]) -> None:
    [terminal] = [terminal for terminal in known_terminals("linux") if terminal.name == name]

    assert terminal.command_for(Path("S"), FOLDER) == words


def test_applications_of_macos_open_the_file() -> None:
    iterm = known_terminals("darwin")[1]

    assert iterm.command_for(SCRIPT, FOLDER) == ["open", "-a", "iTerm", str(SCRIPT)]


@on_linux
def test_only_those_that_are_there_are_found_in_the_order_of_preference(tmp_path: Path) -> None:
    install(tmp_path, "xterm", "kitty", "x-terminal-emulator", "foot")
    found = found_terminals({"PATH": str(tmp_path), "DISPLAY": ":1"})

    assert [terminal.name for terminal in found] == ["x-terminal-emulator", "kitty", "xterm"]


@on_linux
def test_what_a_terminal_needs_of_the_screen_counts(tmp_path: Path) -> None:
    install(tmp_path, "xterm", "foot")
    wayland = found_terminals({"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"})

    assert [terminal.name for terminal in wayland] == ["foot"]
    assert found_terminals({"PATH": str(tmp_path)}) == []


@on_linux
def test_a_terminal_is_chosen_by_name_or_is_the_first(tmp_path: Path) -> None:
    install(tmp_path, "xterm", "kitty")
    environment = {"PATH": str(tmp_path), "DISPLAY": ":1"}

    assert (first := chosen_terminal("", environment))
    assert first.name == "kitty"
    assert (named := chosen_terminal("xterm", environment))
    assert named.name == "xterm"
    assert chosen_terminal("konsole", environment) is None


def test_a_terminal_that_nobody_knows_is_told_with_those_that_are_known() -> None:
    with pytest.raises(ClientError, match="Choose one of"):
        chosen_terminal("my-terminal", {})


def test_a_command_of_the_users_own_is_taken_apart() -> None:
    terminal = custom_terminal("my-term --title 'My Claude' -e {script} --in {folder}")

    assert terminal.command_for(Path("S"), Path("F")) == [
        "my-term", "--title", "My Claude", "-e", "S", "--in", "F",
    ]  # fmt: skip
    assert chosen_terminal("xterm -hold -e {script}", {}) == custom_terminal(
        "xterm -hold -e {script}"
    )


@pytest.mark.parametrize("text", ["my-term -e", "my-term 'open {script}", ""])
def test_a_command_that_would_run_nothing_is_refused(text: str) -> None:
    with pytest.raises(ClientError):
        custom_terminal(text)
