"""Start at login on Linux desktops: a desktop entry in the autostart folder.

https://specifications.freedesktop.org/autostart-spec/latest/ and, for the quoting of `Exec`,
https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html. KDE's settings
hold an entry back by `Hidden=true`, GNOME's by `X-GNOME-Autostart-enabled=false`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.autostart.registration import APP_ID, APP_NAME, AutostartState
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.whole_files import write_safely

if TYPE_CHECKING:
    from collections.abc import Sequence

_MODE = 0o644
_NEEDS_QUOTES = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ENTRY = """[Desktop Entry]
Type=Application
Name={name}
Comment=Use Claude Code with any model
Exec={exec}
Icon={icon}
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
"""


class XdgAutostart:
    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or _autostart_folder()) / f"{APP_ID}.desktop"

    def state(self, command: Sequence[str]) -> AutostartState:
        try:
            with open_regular(self.path) as file:
                entry = _entry(file.read().decode("utf-8", "replace"))
        except FileNotFoundError:
            return AutostartState.OFF
        if entry.get("Hidden") == "true" or entry.get("X-GNOME-Autostart-enabled") == "false":
            return AutostartState.HELD_BACK
        is_current = entry.get("Exec") == exec_line(command)
        return AutostartState.ON if is_current else AutostartState.OUTDATED

    def enable(self, command: Sequence[str]) -> None:
        text = _ENTRY.format(name=APP_NAME, exec=exec_line(command), icon=APP_ID)
        write_safely(self.path, text.encode(), _MODE)  # a session may be starting now

    def disable(self) -> None:
        self.path.unlink(missing_ok=True)


def exec_line(command: Sequence[str]) -> str:
    """*command* as the value of `Exec`."""
    return " ".join(map(_quoted, command))


def _quoted(argument: str) -> str:
    """Quoted for the shell-like rules of `Exec`, then for those of values, which halve `\\`."""
    argument = argument.replace("%", "%%")
    if argument and not _NEEDS_QUOTES & set(argument):
        return argument
    for sign in '\\"`$':
        argument = argument.replace(sign, f"\\{sign}")
    inner = argument.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'


def _entry(text: str) -> dict[str, str]:
    """The keys of the first group, which the specification demands to be `Desktop Entry`."""
    values: dict[str, str] = {}
    groups = 0
    for line in text.splitlines():
        groups += line.startswith("[")
        key, has_value, value = line.partition("=")
        if groups == 1 and has_value:
            values[key.strip()] = value.strip()
    return values


def _autostart_folder() -> Path:
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(config) / "autostart"
