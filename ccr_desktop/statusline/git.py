"""The branch a folder is on, read from git's own files: starting git would take longer than all."""

from __future__ import annotations

import os

from ccr_desktop.statusline.reading import read_file

_MOST_BYTES = 4096
_BRANCH = "ref: refs/heads/"
_ELSEWHERE = ".invalid"  # what HEAD names when the references are kept in a table
_LIMIT_S = 0.2


def branch(folder: str) -> str:
    """The branch, seven digits of the commit when on none, or nothing outside a repository."""
    git = _git_folder(folder)
    if not git:
        return ""
    try:
        head = _line(os.path.join(git, "HEAD"))
    except (OSError, ValueError):
        return ""
    if head.startswith(_BRANCH):
        name = head[len(_BRANCH) :]
        return _ask_git(folder) if name == _ELSEWHERE else name
    return head.removeprefix("ref: refs/") if head.startswith("ref: ") else head[:7]


def _git_folder(folder: str) -> str:
    """Where HEAD lies: `.git`, or what this file points to in worktrees and submodules."""
    place = os.path.normpath(folder) if os.path.isabs(folder) else ""
    while place:
        git = os.path.join(place, ".git")
        if os.path.isdir(git):
            return git
        if os.path.isfile(git):
            return _pointed_at(git, place)
        above = os.path.dirname(place)
        place = "" if above == place else above
    return ""


def _pointed_at(git: str, place: str) -> str:
    try:
        target = _line(git)
    except (OSError, ValueError):
        return ""
    if not target.startswith("gitdir:"):
        return ""
    return os.path.join(place, target.removeprefix("gitdir:").strip())


def _line(path: str) -> str:
    return read_file(path, _MOST_BYTES).decode("utf-8", "replace").strip()


def _ask_git(folder: str) -> str:
    import subprocess  # only where HEAD does not tell

    try:
        done = subprocess.run(  # noqa: S603  # the user's git, with a folder as it is
            ["git", "-C", folder, "branch", "--show-current"],  # noqa: S607
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
