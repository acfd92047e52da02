"""Terminals, as data: how each is told to run a script, and which of them are here."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCRIPT, FOLDER = "{script}", "{folder}"


@dataclass(frozen=True, slots=True)
class Terminal:
    """One that can be told to run a script in a window of its own."""

    name: str
    """What the configuration and the command line call it."""
    label: str
    command: tuple[str, ...]
    """Its program and arguments; `{script}` and `{folder}` are filled in."""
    app: str = ""
    """On macOS: the name of the application that has to be installed."""
    needs: str = ""
    """A variable that tells that it can show anything."""
    takes_one_word: bool = False
    """It splits the script's path as a shell would, so it has to be quoted."""

    def command_for(self, script: Path, folder: Path) -> list[str]:
        """The command line that runs *script*."""
        path = shlex.quote(str(script)) if self.takes_one_word else str(script)
        return [part.replace(SCRIPT, path).replace(FOLDER, str(folder)) for part in self.command]


def _linux(name: str, label: str, *options: str, needs: str = "", one: bool = False) -> Terminal:
    return Terminal(name, label, (name, *options, SCRIPT), needs=needs, takes_one_word=one)


# What the system or its user prefers first; then those of desktops before those one installs.
_LINUX = (
    _linux("xdg-terminal-exec", "Default terminal"),
    _linux("x-terminal-emulator", "System terminal", "-e"),
    _linux("gnome-terminal", "GNOME Terminal", "--"),
    _linux("kgx", "GNOME Console", "--"),
    _linux("ptyxis", "Ptyxis", "--"),
    _linux("konsole", "Konsole", "-e"),
    _linux("xfce4-terminal", "Xfce Terminal", "-x"),
    _linux("kitty", "kitty"),
    _linux("alacritty", "Alacritty", "-e"),
    _linux("wezterm", "WezTerm", "start", "--"),
    _linux("foot", "foot", needs="WAYLAND_DISPLAY"),
    _linux("ghostty", "Ghostty", "-e"),
    _linux("tilix", "Tilix", "-e", one=True),
    _linux("mate-terminal", "MATE Terminal", "-x"),
    _linux("lxterminal", "LXTerminal", "-e", one=True),
    _linux("xterm", "XTerm", "-e", needs="DISPLAY"),
)


def _mac(name: str, app: str) -> Terminal:
    """Opening a `.command` file asks for no permission, as telling it to type would."""
    return Terminal(name, app, ("open", "-a", app, SCRIPT), app=app)


_MACOS = (
    _mac("terminal", "Terminal"),
    _mac("iterm", "iTerm"),
    _mac("ghostty", "Ghostty"),
    _mac("kitty", "kitty"),
    _mac("wezterm", "WezTerm"),
)
# `start` opens a window of its own; the empty word is the title that it takes its first one for.
_START = ("cmd", "/d", "/c", "start", "")
_WINDOWS = (
    Terminal("wt", "Windows Terminal", ("wt", "cmd", "/d", "/c", SCRIPT)),
    Terminal("cmd", "Command prompt", (*_START, "cmd", "/d", "/c", SCRIPT)),
    Terminal(
        "powershell",
        "PowerShell",
        (*_START, "powershell", "-NoLogo", "-NoProfile", "-Command", f"& '{SCRIPT}'"),
    ),
)


def known_terminals(system: str = sys.platform) -> tuple[Terminal, ...]:
    """All that could be found on such a system, in the order in which they are tried."""
    return {"darwin": _MACOS, "win32": _WINDOWS}.get(system, _LINUX)


def found_terminals(environment: Mapping[str, str] | None = None) -> list[Terminal]:
    """Those that are installed and can show a window, the one to take first."""
    env = os.environ if environment is None else environment
    if sys.platform not in {"darwin", "win32"} and not _has_screen(env):
        return []
    return [terminal for terminal in known_terminals() if _is_there(terminal, env)]


def chosen_terminal(wish: str, environment: Mapping[str, str] | None = None) -> Terminal | None:
    """The terminal of that name, a command with `{script}`, or the first. None: it is not there.

    Raises `ClientError` for what is neither.
    """
    env = os.environ if environment is None else environment
    if SCRIPT in wish or " " in wish.strip():
        return custom_terminal(wish)
    names = [terminal.name for terminal in known_terminals()]
    if wish and wish not in names:
        hint = f"Choose one of {', '.join(names)}, or give a command with {SCRIPT} in it."
        raise ClientError(f"There is no terminal {wish!r}", hint)
    matching = (t for t in found_terminals(env) if not wish or t.name == wish)
    return next(matching, None)


def custom_terminal(text: str) -> Terminal:
    """A command of the user's own. Raises `ClientError` when the script has no place in it."""
    try:
        words = _split(text)
    except ValueError as exc:
        raise ClientError("This terminal command can't be read", f"{exc}.") from exc
    if not any(SCRIPT in word for word in words):
        hint = f'Write {SCRIPT} where the script belongs, as in "xterm -e {SCRIPT}".'
        raise ClientError("This terminal command runs nothing", hint)
    return Terminal("custom", words[0], tuple(words))


def _split(text: str) -> Sequence[str]:
    if os.name == "posix":
        return shlex.split(text)
    return [word.strip('"') for word in shlex.split(text, posix=False)]


def _has_screen(env: Mapping[str, str]) -> bool:
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def _is_there(terminal: Terminal, env: Mapping[str, str]) -> bool:
    if terminal.app:
        return any(place.is_dir() for place in _app_places(terminal.app))
    if terminal.needs and not env.get(terminal.needs):
        return False
    return shutil.which(terminal.command[0], path=env.get("PATH")) is not None


def _app_places(app: str) -> list[Path]:
    folders = (
        Path("/Applications"),
        Path.home() / "Applications",
        Path("/System/Applications/Utilities"),
        Path("/Applications/Utilities"),
    )
    return [folder / f"{app}.app" for folder in folders]
