"""Finding the Claude Code program, also for an app that was started with a short PATH.

A program that is started from a menu or a dock does not get the PATH of the user's shell. So the
folders of all usual installers are looked into, and at last npm and the login shell are asked.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import paths
from ccr_desktop.errors import ClaudeMissing
from ccr_desktop.launch.asking import output_of
from ccr_desktop.launch.environment import own_environment
from ccr_desktop.launch.installers import usual_folders

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config

INSTALL = "npm install -g @anthropic-ai/claude-code"
SILENT_NPM = "npm (no answer)"
"""Among the places that were looked at: its folder of programs stayed unknown."""
_NAME = "claude"
_ANSWER_LIMIT_S = 10.0  # npm and Claude Code take seconds to start on a busy machine


@dataclass(frozen=True, slots=True)
class ClaudeProgram:
    """A Claude Code that can be started."""

    path: str
    version: str = ""
    """Empty until it is asked, and when it does not tell."""
    kind: str = ""
    """How it was found: `configured`, `PATH`, the name of an installer, or `login shell`."""


def find_claude(config: Config, environment: Mapping[str, str] | None = None) -> ClaudeProgram:
    """The Claude Code program. May ask npm and a shell, which takes some seconds.

    Raises `ClaudeMissing`.
    """
    env = own_environment(os.environ if environment is None else environment)
    wanted = config.claude_path or env.get("CLAUDE_PATH") or _NAME
    if wanted != _NAME:
        named = shutil.which(os.path.expanduser(wanted), path=env.get("PATH"))  # noqa: PTH111
        if named is None:
            raise ClaudeMissing([wanted], INSTALL)
        return ClaudeProgram(named, kind="configured")
    looked = ["the PATH"]
    for kind, folder in _folders(env):
        place = env.get("PATH") if folder is None else str(folder)
        if found := shutil.which(_NAME, path=place):
            return ClaudeProgram(found, kind=kind)
        if folder is not None:
            looked.append(_shown(folder))
    if npm := shutil.which("npm", path=env.get("PATH")):
        own = _folder_of_npm(npm, env)
        if own and (found := shutil.which(_NAME, path=str(own))):
            return ClaudeProgram(found, kind="npm")
        looked.append(_shown(own) if own else SILENT_NPM)
    if path := _from_login_shell(env):
        return ClaudeProgram(path, kind="login shell")
    raise ClaudeMissing([*dict.fromkeys(looked), "the login shell"], INSTALL)


def with_version(program: ClaudeProgram, environment: Mapping[str, str]) -> ClaudeProgram:
    """*program* with what it says of itself; runs it, with a time limit."""
    said = output_of([program.path, "--version"], own_environment(environment), _ANSWER_LIMIT_S)
    found = re.match(r"\s*v?(\d+(?:\.\d+)+\S*)", said)
    return replace(program, version=found.group(1) if found else "")


def _folders(env: Mapping[str, str]) -> Iterator[tuple[str, Path | None]]:
    """Where to look first, by kind: the PATH (None) and installers."""
    yield "PATH", None
    yield from usual_folders(env)


def _folder_of_npm(npm: str, env: Mapping[str, str]) -> Path | None:
    """Where it puts the programs of packages; None when it does not tell."""
    prefix = Path(output_of([npm, "prefix", "--global"], env, _ANSWER_LIMIT_S).strip())
    if not prefix.is_absolute():
        return None
    return prefix if os.name == "nt" else prefix / "bin"


def _from_login_shell(env: Mapping[str, str]) -> str:
    """What the user's shell would run. Start-up files may print anything: only a path counts."""
    shell = env.get("SHELL", "")
    if os.name == "nt" or not Path(shell).is_absolute():
        return ""
    lines = output_of([shell, "-lc", f"command -v {_NAME}"], env, _ANSWER_LIMIT_S).splitlines()
    for line in reversed(lines):
        path = Path(line.strip())
        if path.is_absolute() and paths.is_file(path) and os.access(path, os.X_OK):
            return str(path)
    return ""


def _shown(folder: Path) -> str:
    """A folder of the user's as he would write it."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)
