"""How a variable is set so that an app has it which is started from a menu, not from a shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINES = {
    "win32": 'setx {variable} "YOUR-KEY"',
    "darwin": "launchctl setenv {variable} 'YOUR-KEY'",
}
_LINE = "{variable}=YOUR-KEY"
ENVIRONMENT_FILE = "~/.config/environment.d/ccr-desktop.conf"


def how_to_set(variables: Iterable[str], platform: str = sys.platform) -> str:
    """What to do, and under it the lines; without the key, which need not be on a screen."""
    line = _LINES.get(platform, _LINE)
    lines = "\n".join(line.format(variable=variable) for variable in variables)
    return f"{_words(platform)}\n\n{lines}"


def _words(platform: str) -> str:
    match platform:
        case "win32":
            return _tr("Run this in a terminal, then start the app again:")
        case "darwin":
            return _tr(
                "Run this in a terminal, then start the app again. It holds until you log out:"
            )
        case _:
            words = _tr(
                "Write this into {file}, then log out and in again. Desktops with systemd read it"
                " there; on others write it, with “export ” before it, into ~/.profile. A line in"
                " .bashrc reaches only what is started from a terminal."
            )
            return words.format(file=ENVIRONMENT_FILE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LastingVariables", text)
