"""What the page Routes shows, as frozen records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ccr_desktop.desktop.widgets.choices import Choice

OtherModels = Callable[[str], Sequence[Choice]]
Mend = Literal["", "choose", "drop", "keep", "list", "switch_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something about a row in words. `mend` says what the button `button` does, to `route`."""

    text: str
    button: str = ""
    mend: Mend = ""
    route: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRoute:
    """A model of a provider. `text` is how the file writes it, `key` how it is chosen."""

    text: str
    key: str
    title: str
    detail: str = ""
    is_missing: bool = False
    is_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """A kind of work, or a helper agent: its model and the backup models.

    `place` is a scenario, `agent:NAME`, `model:PART` for names of Claude's models, or
    `fallback:SCENARIO` for what is asked last. `usual` stands there while nothing is chosen.
    """

    place: str
    title: str
    about: str = ""
    routes: tuple[ShownRoute, ...] = ()
    usual: str = ""
    can_clear: bool = True
    can_rename: bool = False
    troubles: tuple[Trouble, ...] = ()
    choices: Sequence[Choice] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(route.text for route in self.routes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSet:
    """A route set; the name of `Router` itself is empty."""

    name: str
    label: str
    is_in_force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """All of the page above "Try it".

    `trouble` is about the file as a whole; `missing` are providers that routes of it name.
    """

    has_providers: bool
    route_set: str
    sets: tuple[ShownSet, ...]
    rows: tuple[ModelRow, ...] = ()
    agents: tuple[ModelRow, ...] = ()
    choices: Sequence[Choice] = ()
    others: OtherModels | None = None
    threshold: int = 0
    threshold_note: str = ""
    favourites: tuple[ShownRoute, ...] = ()
    asks_own_code: bool = False
    """Whether a custom router is asked before all this."""
    rules: str = ""
    trouble: str = ""
    missing: tuple[str, ...] = ()

    @property
    def shown_set(self) -> ShownSet:
        return next(each for each in self.sets if each.name == self.route_set)


AGENT = "agent:"
"""Begins the place of a helper agent's row."""
MODEL = "model:"
"""Begins the place of a row for a part of the name that is asked for."""
FALLBACK = "fallback:"
"""Begins the place of a row for what is asked behind the routes of a scenario, or of all."""
