"""The states that a configuration file has had, and what lies between two of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.config.origins import Source
from ccr_desktop.core.config.syntax import decode, parse
from ccr_desktop.core.setup.masked_text import masked_text
from ccr_desktop.core.setup.setting_changes import SettingChange, changed_settings
from ccr_desktop.errors import ClientError, ConfigError

if TYPE_CHECKING:
    from ccr_desktop.core.config.origins import Origin
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.protocol.json import JsonObject

_CONTEXT_LINES = 2
_ANY = Path("config.json")


@dataclass(frozen=True, slots=True)
class State:
    """One state of the file. `name` is what restores it; the present one has none.

    The present one `is_in_force` unless it can't be used, and a former one is then.
    """

    name: str
    origin: Origin
    made_at: datetime | None
    """None: it is older than what is known."""
    until: datetime | None
    size: int
    data: bytes = field(repr=False)
    is_in_force: bool = False

    @property
    def is_present(self) -> bool:
        return not self.name


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one state to another. Nothing in it is secret."""

    changes: tuple[SettingChange, ...]
    lines: tuple[str, ...]
    """The changed lines with `+` and `-`, a few around them, and `@@` between."""
    is_readable: bool = True
    """Whether both are configurations; only the lines are compared otherwise."""


def states_of(store: ConfigStore) -> list[State]:
    """The present state, and those before it, newest first.

    The oldest may go while they are read, since somebody saves: they are left out.
    """
    present = store.present
    versions = store.versions()
    before = [version.kept_at for version in versions]
    found = []
    if present.data:
        origin = store.present_origin()
        made_at = _made_at(origin, before)
        state = State("", origin, made_at, None, len(present.data), present.data)
        found.append(replace(state, is_in_force=not store.problems))
    for index, version in enumerate(versions):
        try:
            data = store.version_text(version.name)
        except ClientError:
            continue
        made_at = _made_at(version.origin, before[index + 1 :])
        found.append(
            State(version.name, version.origin, made_at, version.kept_at, version.size, data)
        )
    return _with_the_one_in_force(found, store) if store.problems else found


def _with_the_one_in_force(states: list[State], store: ConfigStore) -> list[State]:
    """Where the file can't be used the settings from before it serve on."""
    same = (state for state in states if not state.is_present and state.data == store.data_in_force)
    serving = next(same, None)
    return [replace(state, is_in_force=state is serving) for state in states]


def last_good(store: ConfigStore) -> State | None:
    """The newest of the former states that can be used; whether its keys are there is not asked."""
    former = (state for state in states_of(store) if not state.is_present)
    return next((state for state in former if not _is_bad(store, state.data)), None)


def _is_bad(store: ConfigStore, data: bytes) -> bool:
    return any(issue.severity == "error" for issue in store.issues_of(data, _AnyKey()))


class _AnyKey:
    """A store that has whatever is asked of it, and says nothing."""

    def get(self, name: str) -> str | None:
        return name

    def describe(self) -> str:
        return ""


def compare(old: State, new: State) -> Comparison:
    """What changed from *old* to *new*."""
    lines = tuple(_lines(_text(old.data), _text(new.data)))
    before, after = content_of(old.data), content_of(new.data)
    if before is None or after is None:
        return Comparison((), lines, is_readable=False)
    return Comparison(tuple(changed_settings(before, after)), lines)


def find_state(states: list[State], wanted: str) -> State:
    """A state by its name or its number: 0 is in force, 1 was before it. Raises `ClientError`."""
    by_number = {str(_number(states, state)): state for state in states}
    by_name = {state.name: state for state in states if state.name}
    if state := by_name.get(wanted) or by_number.get(wanted):
        return state
    raise ClientError(f"There is no version {wanted!r}", "`ccr config history` lists them.")


def _number(states: list[State], state: State) -> int:
    has_present = bool(states) and states[0].is_present
    return states.index(state) + (0 if has_present else 1)


def _made_at(origin: Origin, before: list[datetime]) -> datetime | None:
    """What was brought from elsewhere may have an older time, but was not there before the last
    change: *before* tells when the former states were replaced, newest first."""
    noted, replaced = _time(origin), next(iter(before), None)
    if noted and replaced and origin.source is Source.FILE:
        return max(noted, replaced)
    return noted or replaced


def _time(origin: Origin) -> datetime | None:
    return datetime.fromtimestamp(origin.at_s, UTC) if origin.at_s is not None else None


def content_of(data: bytes) -> JsonObject | None:
    """What a state says; None for one that can't be read."""
    try:
        return parse(data, _ANY, [])
    except ConfigError:
        return None


def _text(data: bytes) -> str:
    try:
        return decode(data, _ANY)
    except ConfigError:
        return data.decode("utf-8", "replace")


def _lines(old: str, new: str) -> list[str]:
    import difflib  # noqa: PLC0415  # only whoever looks at the history needs it

    changes = difflib.unified_diff(
        masked_text(old).splitlines(),
        masked_text(new).splitlines(),
        lineterm="",
        n=_CONTEXT_LINES,
    )
    return [line for line in changes if not line.startswith(("---", "+++"))]
