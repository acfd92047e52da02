"""Keys of single devices, beside the one that all of them may send."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import is_given, shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import ClientKey
from ccr_desktop.core.config.spelling import note_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTING = "ClientKeys"
OF_CLIENT_KEYS = ("name", "key", "expires")


def today() -> date:
    """The day, where this computer is."""
    return datetime.now().astimezone().date()


def read_client_keys(found: Any, api_key: str, issues: list[Issue]) -> tuple[ClientKey, ...]:
    """The list `ClientKeys`. An entry that can't be used is reported: its device is not heard.

    Where nobody has to send a key, *api_key* being empty, these would shut nobody out.
    """
    if not is_given(found):
        return ()
    if not isinstance(found, list):
        hint = 'Write a list: [{"name": "laptop", "key": "keyring:client-key/laptop"}].'
        issues.append(Issue(SETTING, f"found {_kind_of(found)}.", hint))
        return ()
    if found and not api_key:
        problem = "has no effect without APIKEY: nobody has to send a key."
        hint = "Set APIKEY, which programs on this computer send."
        issues.append(Issue(SETTING, problem, hint, "warning"))
    keys: list[ClientKey] = []
    for index, entry in enumerate(found):
        where = f"{SETTING}[{index}]"
        if key := _read(entry, where, issues):
            if any(key.name == other.name for other in keys):
                hint = "Give each device a name of its own."
                problem = f"{key.name!r} is there twice."
                issues.append(Issue(f"{where}.name", problem, hint, "warning"))
            keys.append(key)
    return tuple(keys)


def _read(entry: Any, where: str, issues: list[Issue]) -> ClientKey | None:
    if not isinstance(entry, dict):
        hint = "An object with name and key is allowed."
        issues.append(Issue(where, f"found {_kind_of(entry)}.", hint))
        return None
    note_unknown_keys(entry, OF_CLIENT_KEYS, where, issues)
    name, key = (_text(entry, member, where, issues) for member in ("name", "key"))
    try:
        expires = _day(entry.get("expires"))
    except ValueError:
        problem = f"found {shown(entry['expires'])}."
        issues.append(Issue(f"{where}.expires", problem, "Allowed is a day such as 2027-03-31."))
        return None
    return ClientKey(name=name, key=key, expires=expires) if name and key else None


def _text(entry: Mapping[str, Any], member: str, where: str, issues: list[Issue]) -> str:
    found = entry.get(member)
    if isinstance(found, str) and found.strip():
        return found.strip()
    is_missing = found is None or isinstance(found, str)
    problem = "is missing." if is_missing else "found no text."
    hint = "A text is required." if is_missing else "A text is allowed."
    issues.append(Issue(f"{where}.{member}", problem, hint))
    return ""


def _kind_of(entry: Any) -> str:
    """A text may be a key, which no message shows."""
    return "a text" if isinstance(entry, str) else shown(entry)


def _day(found: Any) -> date | None:
    """Raises `ValueError` for what is no day of the calendar, written as ISO 8601 has it."""
    return None if found in (None, "") else date.fromisoformat(str(found).strip())
