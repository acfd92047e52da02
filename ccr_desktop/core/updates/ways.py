"""What is done about a new version, by how this one was installed.

Some installers are started from here, some packages are fetched and installed by a command that
needs the rights of an administrator, and all else belongs to the manager that installed it.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from ccr_desktop.core.updates.installation import Method

if TYPE_CHECKING:
    from pathlib import Path

    from ccr_desktop.core.updates.installation import Installation

Kind = Literal["installer", "package", "manager"]


@dataclass(frozen=True, slots=True)
class Way:
    """`ending` is that of the file to fetch, empty when the manager fetches it."""

    kind: Kind
    ending: str = ""
    command: str = ""
    """What a person types; `{file}` stands for the package."""

    @property
    def fetches(self) -> bool:
        return bool(self.ending)

    def command_for(self, file: Path) -> str:
        return self.command.replace("{file}", shlex.quote(str(file)))


_WAYS = {
    Method.ARCHIVE: Way("installer", ".run"),
    Method.APPIMAGE: Way("installer", ".AppImage"),
    Method.NSIS: Way("installer", ".exe"),
    Method.DMG: Way("installer", ".dmg"),
    Method.DEB: Way("package", ".deb", "sudo apt install {file}"),
    Method.RPM: Way("package", ".rpm", "sudo dnf install {file}"),
    Method.FLATPAK: Way("manager", command="flatpak update io.github.ccr_desktop"),
    Method.AUR: Way("manager", command="yay -S ccr-desktop"),
    Method.BREW: Way("manager", command="brew upgrade --cask ccr-desktop"),
    Method.WINGET: Way("manager", command='winget upgrade --name "CCR Desktop"'),
    Method.PIPX: Way("manager", command="pipx upgrade ccr-desktop"),
    Method.UV: Way("manager", command="uv tool upgrade ccr-desktop"),
}


def way_of(installation: Installation) -> Way:
    if installation.method is Method.PIP:
        return Way("manager", command=_pip())
    if installation.method is Method.SOURCE:
        return Way("manager", command=_line("git", "-C", str(installation.place or "."), "pull"))
    return _WAYS[installation.method]


def _pip() -> str:
    package = "ccr-desktop[desktop]" if find_spec("PySide6") else "ccr-desktop"
    return _line(sys.executable, "-m", "pip", "install", "--upgrade", package)


def _line(*words: str) -> str:
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
