"""The folders in which Claude Code was launched from here, with what each is launched with."""

from __future__ import annotations

import json
import logging
import math
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.config.files import encode
from ccr_desktop.core.whole_files import write_safely
from ccr_desktop.errors import CcrError
from ccr_desktop.launch.sessions import recent_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_MOST_PROJECTS = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder, and how it was launched last."""

    folder: str
    last_used_s: float = 0.0
    """Seconds since 1970; 0: never from here."""
    arguments: tuple[str, ...] = ()


class Projects:
    """The list in a file of its own; each change is read, made and saved at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.data_dir() / "projects.json"

    def all(self) -> list[Project]:
        """The last used first."""
        return sorted(self._read(), key=lambda project: project.last_used_s, reverse=True)

    def find(self, folder: Path) -> Project:
        """What is known of *folder*, which may be nothing."""
        name = _name(folder)
        return next((p for p in self._read() if p.folder == name), Project(name))

    def used(self, folder: Path) -> Project:
        """Note that *folder* was launched now, which it was even if that can't be written down."""
        try:
            return self._change(folder, lambda project: replace(project, last_used_s=time.time()))
        except CcrError as exc:
            log.warning("the launch is not noted: %s", exc)
            return self.find(folder)

    def change(self, folder: Path, *, arguments: Iterable[str]) -> Project:
        """Note how *folder* is to be launched."""
        given = tuple(arguments)
        return self._change(folder, lambda project: replace(project, arguments=given))

    def forget(self, folder: Path) -> None:
        """Take *folder* off the list until it is used again; nothing happens to the folder."""
        name = _name(folder)
        forgotten = {**self._forgotten(), name: time.time()}
        kept = [project for project in self._read() if project.folder != name]
        self._write(kept, forgotten)

    def known(self, limit: int = 20) -> list[Project]:
        """These and those in which Claude Code was used without us, the last used first."""
        own = {project.folder: project for project in self._read()}
        forgotten = self._forgotten()
        for recent in recent_folders(limit + len(forgotten)):
            name = str(recent.folder)
            if name not in own and recent.last_used_s <= forgotten.get(name, 0):
                continue
            project = own.get(name, Project(name))
            last = max(project.last_used_s, recent.last_used_s)
            own[name] = replace(project, last_used_s=last)
        ordered = sorted(own.values(), key=lambda project: project.last_used_s, reverse=True)
        return ordered[:limit]

    def _change(self, folder: Path, change: Callable[[Project], Project]) -> Project:
        changed = change(self.find(folder))
        others = [project for project in self._read() if project.folder != changed.folder]
        newest = sorted(others, key=lambda project: project.last_used_s, reverse=True)
        self._write([changed, *newest[: _MOST_PROJECTS - 1]])
        return changed

    def _read(self) -> list[Project]:
        entries = self._content().get("projects")
        found = [_project(entry) for entry in entries] if isinstance(entries, list) else []
        return [project for project in found if project is not None]

    def _forgotten(self) -> dict[str, float]:
        """When which folder was taken off the list."""
        found = self._content().get("forgotten")
        entries = found.items() if isinstance(found, dict) else ()
        return {folder: at_s for folder, at_s in entries if isinstance(at_s, float)}

    def _content(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, projects: list[Project], forgotten: Mapping[str, float] | None = None) -> None:
        left = self._forgotten() if forgotten is None else forgotten
        newest = sorted(left.items(), key=lambda entry: entry[1])[-_MOST_PROJECTS:]
        gone = {"forgotten": dict(newest)} if left else {}
        kept = {"projects": [asdict(project) for project in projects]}
        write_safely(self._path, encode({**kept, **gone}))


def _name(folder: Path) -> str:
    return str(folder.expanduser().absolute())


def _project(entry: Any) -> Project | None:
    """What can be used of an entry that anything may have written."""
    if not isinstance(entry, dict) or not isinstance(folder := entry.get("folder"), str):
        return None
    used, arguments = entry.get("last_used_s"), entry.get("arguments")
    return Project(
        folder,
        float(used) if isinstance(used, int | float) and math.isfinite(used) else 0.0,
        tuple(map(str, arguments)) if isinstance(arguments, list) else (),
    )
