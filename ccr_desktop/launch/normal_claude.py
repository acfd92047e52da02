"""Leading the user's plain `claude` to the router by Claude Code's own settings, and back again.

Only some variables of `env` are changed. What was there before is remembered, with a dated copy
of the file beside it. Going back restores just these; where nothing else was changed meanwhile,
the file is byte for byte what it was. With a key in it the file is its owner's alone, until then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ccr_desktop.errors import CcrError, ConfigConflict
from ccr_desktop.launch import what_was
from ccr_desktop.launch.claude_settings import (
    PRIVATE,
    ClaudeSettings,
    mode_of,
    parsed,
    read_settings,
    settings_path,
    write_settings,
)
from ccr_desktop.launch.environment import REMOVED, decisive_variables
from ccr_desktop.launch.file_changes import dated_copy, difference
from ccr_desktop.launch.what_was import Change, WhatWas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config

_ADDRESS, _TOKEN = "ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN"
Kind = Literal["off", "on", "outdated", "changed", "foreign", "unreadable"]


@dataclass(frozen=True, slots=True)
class State:
    """Where a plain `claude` goes, by the file.

    off: as if we were not there. on: to this router. outdated: to this router as it was, before
    its address or key changed. changed: somebody else changed what we had written. foreign: where
    another program leads it. unreadable: the file can't be read, `problem` says why.
    """

    kind: Kind
    path: Path
    address: str = ""
    problem: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether there is something to undo."""
        return self.kind in {"on", "outdated", "changed"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change in the file, to be shown before it is done."""

    path: Path
    diff: str
    """As `diff -u` shows it, with keys masked; empty when nothing would change."""
    changes: tuple[Change, ...]
    replaces: tuple[str, ...]
    """Variables with values of somebody else, which only a confirmation replaces."""
    holds_key: bool
    """Whether the router's key is in the file then, which only its owner may read for that."""
    before: bytes | None = field(repr=False)
    after: bytes = field(repr=False)


def state(config: Config) -> State:
    """What the file says. Raises nothing."""
    path = settings_path()
    try:
        settings = read_settings(path)
    except CcrError as exc:
        return State("unreadable", path, problem=str(exc))
    where = str(settings.env.get(_ADDRESS, ""))
    was, wanted = what_was.load(path), decisive_variables(config)
    if all(settings.env.get(name) == value for name, value in wanted.items()):
        is_whole = settings.env.keys().isdisjoint(REMOVED)
        return State("on" if is_whole else "changed", path, where)
    if was is None:
        return State("foreign" if where else "off", path, where)
    if was.is_in_force(settings.env):
        return State("outdated", path, where)
    return State("changed" if was.is_partly_in_force(settings.env) else "off", path, where)


def file_with_key(config: Config) -> Path | None:
    """The file, where the router's key is in it. Raises nothing."""
    path = settings_path()
    try:
        holds = read_settings(path).env.get(_TOKEN) == config.api_key
    except CcrError:
        return None
    return path if config.api_key and holds else None


def plan(config: Config) -> Plan:
    """What would change. Raises `CcrError` when the file can't be read."""
    settings = read_settings(settings_path())
    was = what_was.load(settings.path)
    wanted = _wanted(config, settings, was)
    changes = tuple(_change(name, value, settings, was) for name, value in wanted.items())
    after = _after(settings, changes, was)
    different = [c for c in changes if settings.env.get(c.name) not in (c.ours, None)]
    return Plan(
        path=settings.path,
        diff=difference(settings, after),
        changes=changes,
        replaces=tuple(c.name for c in different if not c.is_written(settings.env, was)),
        holds_key=bool(config.api_key),
        before=settings.data,
        after=after,
    )


def apply(planned: Plan, *, confirmed: bool = False) -> None:
    """Do what was planned. A dated copy of the file is made beside it.

    Raises `ConfigConflict` when the file changed since, `CcrError` when it would replace values of
    somebody else and that was not confirmed.
    """
    if planned.replaces and not confirmed:
        names = ", ".join(planned.replaces)
        raise CcrError(f"{planned.path} leads Claude Code elsewhere", f"{names} would be replaced.")
    current = read_settings(planned.path)
    if current.data != planned.before:
        raise ConfigConflict(f"{planned.path} changed meanwhile", "Look at the changes again.")
    if planned.after == planned.before:
        return
    before = what_was.load(planned.path)
    what_was.save(_remembered(planned, current, before))
    try:
        write_settings(planned.path, planned.after, _mode(planned, before))
    except CcrError:
        what_was.save(before) if before else what_was.forget()
        raise


def undo(config: Config) -> tuple[str, ...]:
    """Put back what was there before; the names of variables that somebody else changed since.

    Raises `CcrError` when the file can't be read.
    """
    settings = read_settings(settings_path())
    was = what_was.load(settings.path) or _written_by(config, settings)
    if settings.data is not None:
        if was.written == _digest(settings.data) and _restore(was):
            what_was.forget()
            return ()
        back = _without_ours(settings, was)
        if back != settings.data:
            write_settings(settings.path, back, _mode_before(settings.path, was))
    what_was.forget()
    env = settings.env
    return tuple(c.name for c in was.changes if c.name in env and not c.holds(env))


def _change(name: str, value: str | None, settings: ClaudeSettings, was: WhatWas | None) -> Change:
    """What there was before us counts, not what we wrote at an earlier time."""
    earlier = was.change(name) if was else None
    if earlier and earlier.holds(settings.env):
        return replace(earlier, ours=value)
    return Change(name, value, settings.env.get(name), was_there=name in settings.env)


def _wanted(config: Config, settings: ClaudeSettings, was: WhatWas | None) -> dict[str, str | None]:
    """Each variable that has to be set, or has to go (None)."""
    taken = {c.name for c in was.changes if c.ours is None and c.holds(settings.env)} if was else ()
    gone = (name for name in REMOVED if name in settings.env or name in taken)
    return {**dict.fromkeys(gone), **decisive_variables(config)}


def _after(settings: ClaudeSettings, changes: Sequence[Change], was: WhatWas | None) -> bytes:
    """The file with the changes. What we changed at an earlier time and need no more goes back."""
    names = {change.name for change in changes}
    earlier = [c for c in was.changes if c.name not in names] if was else []
    dropped = [change for change in earlier if change.holds(settings.env)]
    if not dropped and all(change.holds(settings.env) for change in changes):
        return settings.data or b""
    return settings.with_env(
        {
            **{change.name: change.before for change in dropped if change.was_there},
            **{change.name: change.ours for change in changes if change.ours is not None},
        },
        without=frozenset(
            [change.name for change in dropped if not change.was_there]
            + [change.name for change in changes if change.ours is None]
        ),
    )


def _remembered(planned: Plan, current: ClaudeSettings, before: WhatWas | None) -> WhatWas:
    """The file that there was before us is remembered as long as nobody else changed it."""
    was = WhatWas(
        settings=str(planned.path),
        changes=planned.changes,
        written=_digest(planned.after),
        had_file=current.data is not None,
        had_env=current.has_env,
        mode=_opened(planned, before),
    )
    if current.data is None:
        return was
    now = _digest(current.data)
    if before and before.written == now:
        return replace(before, written=was.written, changes=was.changes, mode=was.mode)
    was = replace(was, original=now, copy=str(dated_copy(planned.path, current.data)))
    if before and before.is_partly_in_force(current.env):
        return replace(was, written="", had_env=before.had_env)
    return was


def _mode(planned: Plan, before: WhatWas | None) -> int | None:
    """Who may read the file from now on; None: who may now."""
    return PRIVATE if planned.holds_key else _mode_before(planned.path, before)


def _mode_before(path: Path, was: WhatWas | None) -> int | None:
    """Who might read the file before we closed it; None when somebody else decided since."""
    return was.mode if was and mode_of(path) == PRIVATE else None


def _opened(planned: Plan, before: WhatWas | None) -> int | None:
    """What to give back, of a file that is closed for a key."""
    if not planned.holds_key:
        return None
    earlier, now = _mode_before(planned.path, before), mode_of(planned.path)
    return earlier if earlier is not None else now if now != PRIVATE else None


def _written_by(config: Config, settings: ClaudeSettings) -> WhatWas:
    """What we would have remembered, when that is lost."""
    values = decisive_variables(config).items()
    changes = tuple(Change(name, value, None, was_there=False) for name, value in values)
    return WhatWas(str(settings.path), changes, had_env=False)


def _restore(was: WhatWas) -> bool:
    """The file as it was, byte for byte; False when that can't be had any more."""
    path = Path(was.settings)
    if not was.had_file:
        path.resolve().unlink()
        return True
    try:
        data = Path(was.copy).read_bytes()
    except OSError:
        return False
    if _digest(data) != was.original:
        return False
    write_settings(path, data, _mode_before(path, was))
    Path(was.copy).unlink(missing_ok=True)
    return True


def _without_ours(settings: ClaudeSettings, was: WhatWas) -> bytes:
    ours = [change for change in was.changes if change.holds(settings.env)]
    back = {change.name: change.before for change in ours if change.was_there}
    gone = frozenset(change.name for change in ours if not change.was_there)
    changed = settings.with_env(back, without=gone)
    left = parsed(settings.path, changed)
    return changed if was.had_env or left.env or not left.has_env else left.without_empty_env()


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
