"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.doctor.words import NOTHING, Translate, Words

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config, Provider
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.secrets import SecretStore, StoreStatus, WayOut
    from ccr_desktop.doctor.reach import Reached, Reaching
    from ccr_desktop.launch.taking_out import Removal


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNCHECKED = "not checked"


class Side(StrEnum):
    """Where the cause is, so that nobody looks for it in the wrong place."""

    NOBODY = ""
    ROUTER = "the router"
    SETTINGS = "your settings"
    CLAUDE = "Claude Code"
    COMPUTER = "this computer"
    NETWORK = "the network"
    PROVIDER = "the provider"


@dataclass(frozen=True, slots=True)
class Repair:
    """What mends it: in our own files, or in another program's where a person has agreed.

    `apply` returns what was done, nothing where somebody else tells it or a person thought better
    of it; raises `CcrError`.
    The checks whose keys are in `also` may find another state after it, too; all of them, and
    there may be others, where it `changes_all`. One that `is_last` needs what others mend.
    """

    label: Words
    apply: Callable[[], Awaitable[Words]]
    also: tuple[str, ...] = ()
    is_last: bool = False
    changes_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`page` is where the window can mend it: `settings/service`; `where` a place of the settings
    file, as issues have it. `place` is a file or folder for a person to look at. `details` are
    lines of facts.

    `remedy` is for somebody at a command line; `in_window` for somebody at the window, where that
    is another way.
    """

    verdict: Verdict
    text: Words
    side: Side = Side.NOBODY
    remedy: Words = NOTHING
    in_window: Words = NOTHING
    details: tuple[str, ...] = ()
    repair: Repair | None = None
    page: str = ""
    where: str = ""
    place: str = ""

    @property
    def further(self) -> tuple[str, ...]:
        """The details that `text` does not tell already."""
        told = str(self.text)
        return tuple(line for line in self.details if line not in told)

    def hidden(self, hide: Translate) -> Finding:
        """The same without what *hide* takes out."""
        return replace(
            self,
            text=self.text.changed(hide),
            remedy=self.remedy.changed(hide),
            in_window=self.in_window.changed(hide),
            details=tuple(hide(line) for line in self.details),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What checks look at. *folder* is the one that Claude Code would be started in."""

    store: ConfigStore
    secrets: SecretStore
    environment: Mapping[str, str]
    home: Path
    folder: Path
    asks_models: bool = False
    """Whether providers are asked for an answer, which costs a few tokens."""

    issues: Callable[[], Awaitable[Sequence[Issue]]] | None = None
    """What a running service knows of plugins; None: they are loaded for the check."""

    start: Callable[[], Awaitable[str]] | None = None
    """Starts the router; returns its address. Without it somebody else does."""

    take_over: Callable[[], Awaitable[str]] | None = None
    """Has an older copy of the router stop, and starts the router in its place; returns its
    address. Without it the older one is only stopped."""

    use_port: Callable[[int], Awaitable[None]] | None = None
    """Another way to use another port than to write it into the file, which tells of it."""

    restore: Callable[[str, str], Awaitable[None]] | None = None
    """Another way to make a former version of the file the present one, which tells of it, if the
    file still has the revision that is given."""

    take: Callable[[WayOut], Awaitable[StoreStatus | None]] | None = None
    """What mends the store of keys, with its questions; None came of it where nobody agreed.
    Without it nobody can be asked."""

    take_out: Callable[[Removal], Awaitable[Words]] | None = None
    """Shows a change of a settings file of Claude Code, and makes it where a person agrees; returns
    what was done, as `Repair.apply` does. Without it nobody can be asked."""

    reaching: Reaching | None = None
    """What asks providers, while checks run."""

    @property
    def config(self) -> Config:
        return self.store.config

    async def reached(self, provider: Provider) -> Reached:
        """A sign of life of the provider, asked for once in all checks."""
        if self.reaching is None:
            raise RuntimeError("no checks run")
        return await self.reaching.reach(provider)


Look = Callable[[Around], Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One question. Past `limit_s` seconds it is given up; the others go on all the time."""

    key: str
    title: Words
    look: Look
    limit_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    check: Check
    finding: Finding

    @property
    def is_problem(self) -> bool:
        return self.finding.verdict is Verdict.PROBLEM


def fine(text: Words, *details: str, page: str = "") -> Finding:
    return Finding(verdict=Verdict.OK, text=text, details=details, page=page)


def unchecked(text: Words) -> Finding:
    return Finding(verdict=Verdict.UNCHECKED, text=text)
