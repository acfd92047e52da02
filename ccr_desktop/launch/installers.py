"""The folders into which installers and version managers put `claude`, a line for each."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Kind, and folder: `~` is the home folder, `$NAME` a variable, `*` any version, the newest first.
_FOLDERS = (
    ("native", "~/.local/bin"),
    ("native", "~/.claude/local"),
    ("npm", "~/.npm-global/bin"),
    ("npm", "$NPM_CONFIG_PREFIX/bin"),
    ("volta", "$VOLTA_HOME/bin"),
    ("volta", "~/.volta/bin"),
    ("asdf", "$ASDF_DATA_DIR/shims"),
    ("asdf", "~/.asdf/shims"),
    ("mise", "~/.local/share/mise/shims"),
    ("bun", "~/.bun/bin"),
    ("pnpm", "$PNPM_HOME"),
    ("pnpm", "~/.local/share/pnpm"),
    ("pnpm", "~/Library/pnpm"),
    ("nvm", "$NVM_DIR/versions/node/*/bin"),
    ("nvm", "~/.nvm/versions/node/*/bin"),
    ("fnm", "$FNM_DIR/node-versions/*/installation/bin"),
    ("fnm", "~/.local/share/fnm/node-versions/*/installation/bin"),
    ("fnm", "~/.fnm/node-versions/*/installation/bin"),
    ("fnm", "~/Library/Application Support/fnm/node-versions/*/installation/bin"),
)
_SYSTEM_FOLDERS = (
    ("Homebrew", "/opt/homebrew/bin"),
    ("Homebrew", "/usr/local/bin"),
    ("Homebrew", "/home/linuxbrew/.linuxbrew/bin"),
    ("snap", "/snap/bin"),
)
_WINDOWS_FOLDERS = (
    ("native", "~/.local/bin"),
    ("native", "$LOCALAPPDATA/Programs/claude"),
    ("native", "~/.claude/local"),
    ("npm", "$APPDATA/npm"),
    ("WinGet", "$LOCALAPPDATA/Microsoft/WinGet/Links"),
    ("volta", "$LOCALAPPDATA/Volta/bin"),
    ("nvm", "$NVM_SYMLINK"),
    ("fnm", "$APPDATA/fnm/node-versions/*/installation"),
    ("pnpm", "$LOCALAPPDATA/pnpm"),
    ("bun", "~/.bun/bin"),
    ("Scoop", "~/scoop/shims"),
)


def usual_folders(environment: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """Kind and folder, in the order in which they are looked into; a pattern gives what is there.

    A pattern that nothing fits is left out, as is one whose variable is not set.
    """
    is_windows = sys.platform == "win32"
    rows = _WINDOWS_FOLDERS if is_windows else (*_FOLDERS, *_SYSTEM_FOLDERS)
    for kind, pattern in rows:
        if text := _filled(pattern, environment):
            for folder in _matching(text):
                yield kind, folder


def _filled(pattern: str, environment: Mapping[str, str]) -> str:
    first, separator, rest = pattern.partition("/")
    if first == "~":
        return f"{Path.home()}{separator}{rest}"
    if first.startswith("$"):
        value = environment.get(first[1:], "")
        return f"{value}{separator}{rest}" if Path(value).is_absolute() else ""
    return pattern


def _matching(text: str) -> list[Path]:
    before, star, after = text.partition("*/")
    if not star:
        return [Path(text)]
    try:
        versions = sorted(Path(before).iterdir(), key=_version, reverse=True)
    except OSError:
        return []
    return [version / after for version in versions]


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", folder.name))
