"""What is done about a new version, by how this one was installed.

Some installers are started from here, some packages are fetched and installed by a command that
needs the rights of an administrator, and all else belongs to the manager that installed it.
"""

from __future__ import annotations

import platform
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ccr_desktop.core.updates.installation import Installation, Method

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
    Method.FLATPAK: Way("manager", command="flatpak update io.github.ccr_desktop"),
    Method.BREW: Way("manager", command="brew upgrade --cask ccr-desktop"),
    Method.WINGET: Way("manager", command='winget upgrade --name "CCR Desktop"'),
    Method.PIPX: Way("manager", command="pipx upgrade ccr-desktop"),
    Method.UV: Way("manager", command="uv tool upgrade ccr-desktop"),
}


_REBUILT = {
    Method.PIP: "",
    Method.PIPX: "pipx reinstall ccr-desktop",
    Method.UV: "uv tool upgrade --reinstall ccr-desktop",
}
"""Those that can have been given a folder of source."""


def way_of(installation: Installation) -> Way:
    match installation:
        case Installation(method=Method.RPM):
            return Way("package", ".rpm", f"sudo {_rpm_manager()} install {{file}}")
        case Installation(method=Method.AUR):
            return Way("manager", command=f"{_aur_helper()} -S ccr-desktop-bin")
        case Installation(method=Method.SOURCE, place=place):
            return Way("manager", command=_line("git", "-C", str(place or "."), "pull"))
        case Installation(place=Path() as folder) if installation.method in _REBUILT:
            return Way("manager", command=_rebuilt(installation.method, folder))
        case Installation(method=Method.PIP, repository=repository):
            return Way("manager", command=_pip("ccr-desktop", repository))
    return _WAYS[installation.method]


def desktop_command(installation: Installation) -> str:
    """What adds the desktop part to an installation that Python's own installers made."""
    method, folder, repository = installation.method, installation.place, installation.repository
    name = str(folder) if folder else "ccr-desktop"
    wanted = f"{name}[desktop]{f' @ {repository}' if repository else ''}"
    match method:
        case Method.PIPX:
            return _line("pipx", "install", "--force", wanted)
        case Method.UV:
            return _line("uv", "tool", "install", "--force", wanted)
        case Method.SOURCE:
            return _line(sys.executable, "-m", "pip", "install", "--editable", wanted)
        case _:
            return _line(sys.executable, "-m", "pip", "install", wanted)


def _rpm_manager() -> str:
    """The one of this distribution: openSUSE has dnf too, for those who want it."""
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        system = {}
    family = f"{system.get('ID', '')} {system.get('ID_LIKE', '')}"
    usual = ("zypper", "dnf", "yum") if "suse" in family else ("dnf", "yum", "zypper")
    return next(filter(shutil.which, usual), usual[0])


def _aur_helper() -> str:
    return next(filter(shutil.which, ("yay", "paru", "pikaur")), "yay")


def _rebuilt(method: Method, folder: Path) -> str:
    """What builds it anew from *folder*, with what is new there if it is a clone."""
    pull = f"{_line('git', '-C', str(folder), 'pull')} && " if (folder / ".git").exists() else ""
    if method is Method.PIP:
        return pull + _pip(str(folder))
    return pull + _REBUILT[method]


def _pip(package: str, repository: str = "") -> str:
    extra = "[desktop]" if find_spec("PySide6") else ""
    source = f" @ {repository}" if repository else ""
    wanted = f"{package}{extra}{source}"
    return _line(sys.executable, "-m", "pip", "install", "--upgrade", wanted)


def _line(*words: str) -> str:
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
