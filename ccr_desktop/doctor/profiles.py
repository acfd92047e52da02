"""The files in which shells and logins find variables, and the lines that set one of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.regular_files import open_regular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_MOST_BYTES = 1024 * 1024
_OF_A_HOME = (
    ".profile",
    ".bash_profile",
    ".bash_login",
    ".bashrc",
    ".bash_aliases",
    ".zshenv",
    ".zprofile",
    ".zshrc",
    ".zlogin",
    ".config/fish/config.fish",
    ".config/fish/conf.d/*.fish",
    ".config/environment.d/*.conf",
    ".config/powershell/*profile.ps1",
    "Documents/PowerShell/*profile.ps1",
    "Documents/WindowsPowerShell/*profile.ps1",
    ".pam_environment",
)
_OF_THE_SYSTEM = (
    "/etc/environment",
    "/etc/profile",
    "/etc/profile.d/*.sh",
    "/etc/bash.bashrc",
    "/etc/bashrc",
    "/etc/zshenv",
    "/etc/zsh/zshenv",
    "/etc/zprofile",
    "/etc/zsh/zprofile",
    "/etc/environment.d/*.conf",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that sets a variable; its value is never kept."""

    file: Path
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.name}: {self.file}, line {self.number}"


def setting_lines(
    names: Collection[str], home: Path, folder: Path, environment: Mapping[str, str]
) -> Iterator[Line]:
    """Every line that sets one of *names* for programs started later. May block."""
    found = re.compile(_pattern(names))
    for file in _files(home, folder, environment):
        for number, line in enumerate(_lines(file), 1):
            for match in found.finditer(line):
                yield Line(file, number, match["name"])


def _pattern(names: Collection[str]) -> str:
    """Shells of all kinds: `export A=`, `A=`, `set -gx A `, `setenv A `, `$env:A =`."""
    alternatives = "|".join(map(re.escape, names))
    begin = r"(?:^|[;&])\s*(?:(?:export|declare|typeset|setenv|set|env)\s+(?:-\S+\s+)*|\$env:)?"
    return rf"{begin}(?P<name>{alternatives})(?:\s*=|\s+\S)"


def _files(home: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    zsh = environment.get("ZDOTDIR")
    folders = [home, Path(zsh)] if zsh and Path(zsh).is_absolute() else [home]
    places = [(place, pattern) for place in folders for pattern in _OF_A_HOME]
    places += [(Path("/"), pattern.removeprefix("/")) for pattern in _OF_THE_SYSTEM]
    places.append((folder, ".envrc"))
    seen = set()
    for place, pattern in places:
        for path in sorted(place.glob(pattern)):
            if path not in seen:
                seen.add(path)
                yield path


def _lines(file: Path) -> list[str]:
    try:
        with open_regular(file) as opened:
            text = opened.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    # Remarks stay as empty lines, for the numbers' sake.
    return ["" if line.lstrip().startswith("#") else line for line in text.splitlines()]
