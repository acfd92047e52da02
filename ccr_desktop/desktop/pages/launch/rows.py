"""The rows of the folders and of past sessions, from what is known of them. No I/O."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.folder_routes import routing_of
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.launch.typed_arguments import write_arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.desktop.first_requests import FirstRequest
    from ccr_desktop.desktop.widgets.state import State
    from ccr_desktop.launch.projects import Project
    from ccr_desktop.launch.sessions import Session

_LONG_S = 600.0
"""So long nobody thinks about a first question, mostly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder on the page. `routing` is the name of a route set, or words for routes of its own;
    `problem` says why it could not be launched.
    """

    path: Path
    last_used_s: float = 0.0
    arguments: tuple[str, ...] = ()
    routing: str = ""
    first: FirstRequest | None = None
    problem: str = ""

    @property
    def key(self) -> str:
        return str(self.path)


def folder_of(project: Project, config: Config, first: FirstRequest | None, problem: str) -> Folder:
    return Folder(
        path=Path(project.folder),
        last_used_s=project.last_used_s,
        arguments=project.arguments,
        routing=routing_of(config, Path(project.folder)),
        first=first,
        problem=problem,
    )


def row_of(folder: Folder, now_s: float) -> Row:
    state, words = _standing(folder, now_s)
    options = write_arguments(folder.arguments)
    place = shown(folder.path)
    return Row(
        key=folder.key,
        title=folder.path.name or str(folder.path),
        subtitle=words or (f"{place}  ·  {options}" if options else place),
        badge=folder.routing,
        trailing=day_words(folder.last_used_s, now_s),
        state=state,
        state_word=words,
    )


def session_row(session: Session, now_s: float) -> Row:
    return Row(
        key=session.id,
        title=session.first_line or _tr("(no text)"),
        subtitle=day_words(session.last_used_s, now_s),
    )


def sessions_with(sessions: Sequence[Session], typed: str) -> list[Session]:
    """Those that have every typed word in their first line."""
    words = typed.casefold().split()
    return [s for s in sessions if all(word in s.first_line.casefold() for word in words)]


def _standing(folder: Folder, now_s: float) -> tuple[State | None, str]:
    first = folder.first
    if folder.problem:
        return "attention", folder.problem
    if first is None:
        return None, ""
    if first.seconds is None and now_s - first.since_s > _LONG_S:  # perhaps it was closed
        return None, _tr("Started; no request has come from it yet.")
    if first.seconds is None:
        return "busy", _tr("Started; waiting for its first request…")
    if first.error:
        return "attention", _tr("First request failed: {error}").format(error=first.error)
    words = _tr("First request: used {model}, {time}")
    time_words = figures.duration(first.seconds)
    return "running", words.format(model=model_of(first.route), time=time_words)


def day_words(at_s: float, now_s: float) -> str:
    """When something was, as people say it; empty for never."""
    if not at_s:
        return ""
    at, now = time.localtime(at_s), time.localtime(now_s)
    clock = time.strftime("%H:%M", at)
    if at[:3] == now[:3]:
        return _tr("Today {time}").format(time=clock)
    if at[:3] == time.localtime(now_s - 86400)[:3]:
        return _tr("Yesterday {time}").format(time=clock)
    pattern = _tr("d MMM") if at.tm_year == now.tm_year else _tr("d MMM yyyy")
    return QLocale().toString(QDate(*at[:3]), pattern)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LaunchRows", text)
