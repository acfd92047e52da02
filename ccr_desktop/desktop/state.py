"""What the window and the tray show, as frozen records."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ccr_desktop.desktop import lists

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from ccr_desktop.core.config.text_form import TextForm
    from ccr_desktop.desktop.service_state import ServiceState

UNTIL_RESUMED = math.inf


class Look(Enum):
    """How the app is doing, at a glance: the shape of the tray icon and of the state's dot."""

    OFF = "off"
    STARTING = "starting"
    RUNNING = "running"
    BACKUP = "backup"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that failed: what happened, and what can be done."""

    title: str
    text: str = ""
    of_file: bool = False
    """Whether the settings file can't be used, so that it is over once that can be."""
    of_saving: bool = False
    """Whether a change was not saved, so that it is over once another one is."""


@dataclass(frozen=True, slots=True)
class Toast:
    """A passing word about what was just done, with a way back where there is one.

    `undo` is that way where it is not a step back in the settings.
    """

    text: str
    can_undo: bool = False
    undo: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that the tray and the status strip tell.

    Routes are texts `provider,model`; `main_in_use` differs from `main` while a backup answers.
    With `awaits_file` the demo answers because the settings file can't be used, with `awaits_keys`
    the password store has yet to give keys.
    `paused_until_s` is a time of day in seconds since 1970, `UNTIL_RESUMED`, or None.
    """

    service: ServiceState
    look: Look
    main: str = ""
    main_in_use: str = ""
    is_demo: bool = False
    awaits_file: bool = False
    awaits_keys: bool = False
    route_set: str = ""
    route_sets: tuple[str, ...] = ()
    favourites: tuple[str, ...] = ()
    recent_folders: tuple[Path, ...] = ()
    paused_until_s: float | None = None
    running_requests: int = 0
    attention: int = 0
    shared_models: frozenset[str] = frozenset()
    """Names of models that more than one provider has."""

    @property
    def is_on_backup(self) -> bool:
        return bool(self.main_in_use) and self.main_in_use != self.main


def model_of(route: str) -> str:
    """The model of a route, which is what people know it by."""
    return route.partition(",")[2] or route


def told_route(route: str, shared: Collection[str]) -> str:
    """A route by its model alone; with its provider where others have one of that name."""
    model = model_of(route)
    return lists.titled(provider_of(route), model) if model in shared else model


def provider_of(route: str) -> str:
    return route.partition(",")[0]


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of the settings file, and what it needs to be saved again."""

    text: str = ""
    revision: str = ""
    form: TextForm | None = None
    will_be_at: str = ""
    """Where a save will make the file, while there is none."""


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """A text of the settings file that is not saved, and the file's that it began from."""

    text: str
    base: FileText
