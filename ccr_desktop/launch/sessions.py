"""Past sessions, read from the files that Claude Code keeps of them. They are never written.

`<its folder>/projects/<folder, encoded>/<id>.jsonl` has a line for each thing that happened. Only
the beginnings of files are read: some hold 100 MB, and a folder may have a thousand of them.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.launch.environment import claude_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOST_BYTES = 256 * 1024
_BLOCK_BYTES = 16 * 1024
_LONGEST_NAME = 200  # longer ones are cut off there and get a checksum
_SHOWN_CHARS = 200
_LOOKED_INTO = 5  # of a folder's files, for one that says where it was


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation that can be resumed."""

    id: str
    folder: Path
    first_line: str
    """What the user said first; empty when that could not be found."""
    last_used_s: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class RecentFolder:
    """A folder in which Claude Code was used."""

    folder: Path
    last_used_s: float


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    changed_s: float


@dataclass(slots=True)
class _Head:
    """What the beginning of a file tells."""

    folder: str = ""
    first_line: str = ""
    spare_line: str = ""
    is_sidechain: bool = False

    @property
    def is_complete(self) -> bool:
        return bool(self.folder and self.first_line)


def sessions_of(folder: Path, limit: int = 200) -> list[Session]:
    """The newest sessions of *folder*, the last used first."""
    wanted = {str(folder.absolute()), os.path.realpath(folder)}
    files = [file for place in _places(wanted) for file in _files(place)]
    found: list[Session] = []
    for file in _newest(files):
        head = _read_head(file.path)
        if head.is_sidechain or not _is_same(head.folder, wanted):
            continue  # no conversation, or of a folder that is called the same when it is encoded
        line = head.first_line or head.spare_line
        found.append(Session(file.path.stem, folder, line, file.changed_s))
        if len(found) == limit:
            break
    return found


def has_any(folder: Path) -> bool:
    """Whether there may be something to continue in *folder*; nothing is read."""
    wanted = {str(folder.absolute()), os.path.realpath(folder)}
    return any(_files(place) for place in _places(wanted))


def recent_folders(limit: int = 20) -> list[RecentFolder]:
    """The folders that were used last and are still there, the last used first."""
    places = [sorted(_files(Path(e.path)), key=_changed) for e in _entries(_projects())]
    found: dict[str, RecentFolder] = {}
    for files in sorted(filter(None, places), key=lambda files: _changed(files[-1]), reverse=True):
        heads = (_read_head(file.path).folder for file in files[: -_LOOKED_INTO - 1 : -1])
        folder = next(filter(None, heads), "")
        if folder and folder not in found and paths.is_folder(Path(folder)):
            found[folder] = RecentFolder(Path(folder), _changed(files[-1]))
        if len(found) == limit:
            break
    return list(found.values())


def encoded(folder: str) -> str:
    """The name that Claude Code gives the place of a folder; a long one lacks its checksum."""
    return re.sub(r"[^a-zA-Z0-9]", "-", folder)[:_LONGEST_NAME]


def _projects() -> Path:
    return claude_folder() / "projects"


def _places(folders: set[str]) -> Iterator[Path]:
    for name in {encoded(folder) for folder in folders}:
        if len(name) < _LONGEST_NAME:
            yield _projects() / name
        else:
            yield from (Path(e.path) for e in _entries(_projects()) if e.name.startswith(name))


def _files(place: Path) -> list[_File]:
    found = []
    for entry in _entries(place):
        stem, ending = os.path.splitext(entry.name)  # noqa: PTH122  # there may be thousands
        if ending == ".jsonl" and _ID.fullmatch(stem):
            try:
                found.append(_File(Path(entry.path), entry.stat().st_mtime))
            except OSError:  # it is gone again
                continue
    return found


def _entries(place: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return list(entries)
    except OSError:
        return []


def _newest(files: list[_File]) -> list[_File]:
    return sorted(files, key=_changed, reverse=True)


def _changed(file: _File) -> float:
    return file.changed_s


def _is_same(folder: str, wanted: set[str]) -> bool:
    return bool(folder) and bool({folder, os.path.realpath(folder)} & wanted)


def _read_head(path: Path) -> _Head:
    head = _Head()
    for line in _first_lines(path):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            _take(entry, head)
        if head.is_complete:
            break
    return head


def _first_lines(path: Path) -> Iterator[bytes]:
    """Whole lines, read as far as somebody wants them."""
    read, rest = 0, b""
    try:
        with open_regular(path) as file:
            while read < _MOST_BYTES and (block := file.read(_BLOCK_BYTES)):
                read += len(block)
                *lines, rest = (rest + block).splitlines(keepends=True)
                if rest.endswith(b"\n"):
                    lines, rest = [*lines, rest], b""
                yield from lines
        if rest:
            yield rest
    except OSError:
        return


def _take(entry: Mapping[str, Any], head: _Head) -> None:
    if isinstance(folder := entry.get("cwd"), str):
        head.folder = head.folder or folder
    match entry.get("type"):
        case "user":
            if entry.get("isSidechain") is True and not head.first_line:
                head.is_sidechain = True
            elif entry.get("isMeta") is not True:
                head.first_line = head.first_line or _said(entry.get("message"))
        case "summary":
            head.spare_line = head.spare_line or _one_line(entry.get("summary"))
        case "queue-operation":
            head.spare_line = head.spare_line or _one_line(entry.get("content"))


def _said(message: Any) -> str:
    """The user's own words; Claude Code puts its own into tags."""
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(content, list):
        texts = (block.get("text") for block in content if isinstance(block, dict))
        lines = (_one_line(text) for text in texts)
        return next((line for line in lines if line and not line.startswith("<")), "")
    line = _one_line(content)
    return "" if line.startswith("<") else line


def _one_line(text: Any) -> str:
    return (
        " ".join(text[: _SHOWN_CHARS * 4].split())[:_SHOWN_CHARS] if isinstance(text, str) else ""
    )
