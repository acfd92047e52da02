"""Settings by their path in the file, such as `PORT` or `Providers[deepseek].timeout.idle_s`.

A part in brackets is a number or a name in a list, or a name that holds a dot.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.fields import is_given, read_setting
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.config.settings import BY_KEY, keys_of
from ccr_desktop.core.config.spelling import did_you_mean
from ccr_desktop.core.config.syntax import parse_value
from ccr_desktop.core.setup.secret_fields import find_secrets
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.setting import Setting
    from ccr_desktop.core.protocol.json import JsonObject

_PART = re.compile(r"\.?([^.\[\]]+)|\[([^\]]+)\]")
_PLAIN = {Kind.TEXT, Kind.PATH, Kind.ADDRESS, Kind.SPAN}
_STRUCTURED = {Kind.LIST, Kind.OBJECT}


@dataclass(frozen=True, slots=True)
class SettingPath:
    """`rest` are the parts that lead further into what `setting` holds, where names are free.

    An item of a list, such as one provider as a whole, has no setting.
    """

    text: str
    parts: tuple[str, ...]
    setting: Setting | None
    rest: tuple[str, ...] = ()


def find_path(text: str) -> SettingPath:
    """The setting that *text* leads to; raises `ClientError` where there is no such."""
    parts = _split(text)
    key, known = "", 0
    for part in parts:
        further = _further(key, part)
        if not further:
            break
        key, known = further, known + 1
    rest = parts[known:]
    setting = BY_KEY.get(key)
    is_free = setting is not None and setting.kind in _STRUCTURED and not _has_children(key)
    if rest and not is_free:
        wanted = [name for name in keys_of(key) if name] or [name.key for name in BY_KEY.values()]
        hint = f"{did_you_mean(rest[0], wanted)}All settings are in docs/configuration.md."
        raise ClientError(f"There is no setting {text!r}", hint)
    return SettingPath(text, parts, setting, rest)


def value_at(raw: JsonObject, path: SettingPath) -> Any:
    """What the file says there; None where it says nothing."""
    found: Any = raw
    for part in _spelled(raw, path):
        found = _member(found, part)
    return found


def with_value_at(raw: JsonObject, path: SettingPath, value: Any) -> JsonObject:
    """A copy in which *value* stands there; None takes away what stood there, and objects that
    are empty without it."""
    new = copy.deepcopy(raw)
    _put(new, _spelled(new, path), value, path)
    return new


def read_value(path: SettingPath, text: str) -> Any:
    """The value that was typed for *path*; raises `ClientError` when it can't be one.

    A text is taken as it is; anything else is JSON5. A secret is refused: whoever lists the
    processes of this machine, or reads the shell's history, would have it.
    """
    value = _typed(path, text if text.strip() else "")
    if any(find_secrets(with_value_at({}, _outside_of_lists(path), value))):
        hint = "`ccr keys set NAME` asks for it; then set keyring:NAME, or $VARIABLE, here."
        raise ClientError(f"{path.text} would hold a secret, which is not given this way", hint)
    if path.setting is not None and not path.rest and path.setting.kind not in _STRUCTURED:
        if value == "" and path.setting.default != "":
            hint = f"Allowed is {path.setting.kind.value}. To remove it, use unset."
            raise ClientError(f"{path.text}: an empty value means nothing", hint)
        issues: list[Issue] = []
        if path.setting.kind not in {Kind.ROUTE, Kind.AMOUNT}:  # a save looks at these
            read_setting(path.setting, {path.setting.key: value}, issues)
        if issues:
            raise ClientError(f"{path.text}: {issues[0].problem.rstrip('.')}", issues[0].hint)
    return value


def _typed(path: SettingPath, text: str) -> Any:
    setting = path.setting
    if setting is None:
        hint = "Name one of its settings, or use `ccr providers` or `ccr config edit`."
        raise ClientError(f"{path.text} is set in parts", hint)
    is_text = setting.kind in _PLAIN or (setting.kind is Kind.ROUTE and not text.startswith("["))
    if is_text and not path.rest:
        return text
    try:
        return parse_value(text)
    except ValueError as exc:
        if path.rest:  # a name in a free object: mostly a text
            return text
        if setting.kind not in _STRUCTURED and setting.kind is not Kind.ROUTE:
            return text  # which the reader will not take, and say what it takes
        hint = f"Allowed is {setting.kind.value}, such as {setting.example}"
        raise ClientError(f"{path.text} could not be read: {exc}", f"{hint}.") from exc


def _split(text: str) -> tuple[str, ...]:
    found = [match.group(1) or f"[{match.group(2)}]" for match in _PART.finditer(text)]
    if not found or "".join(match.group(0) for match in _PART.finditer(text)) != text:
        raise ClientError(f"{text!r} is no place in the file", "Write it as in Desktop.theme.")
    return tuple(found)


def _further(key: str, part: str) -> str:
    """The key of what *part* leads to from *key*; empty where nothing is declared."""
    if part.startswith("["):
        items = f"{key}[]"
        return items if _has_children(items) else ""
    name = part if key else _by_spelling().get(part, part)
    inner = f"{key}.{name}" if key else name
    return inner if inner in BY_KEY else ""


@cache
def _by_spelling() -> dict[str, str]:
    """The keys of the settings by all that they are called; the first that is called so counts."""
    found: dict[str, str] = {}
    for setting in BY_KEY.values():
        for spelling in setting.spellings:
            found.setdefault(spelling, setting.key)
    return found


@cache
def _has_children(key: str) -> bool:
    return any(known.startswith((f"{key}.", f"{key}[].")) for known in BY_KEY)


def _spelled(raw: JsonObject, path: SettingPath) -> tuple[str, ...]:
    """The parts as the file spells them: the synonym that counts there, not the key."""
    first, *others = path.parts
    for setting in BY_KEY.values():
        if first in setting.spellings and "." not in setting.key:
            names = setting.spellings
            return next((name for name in names if is_given(raw.get(name))), setting.key), *others
    return path.parts


def _outside_of_lists(path: SettingPath) -> SettingPath:
    """The path without the items of lists, which an empty file has none of."""
    parts = tuple(part for part in path.parts if not part.startswith("[")) or path.parts
    return SettingPath(path.text, parts, path.setting, path.rest)


def _member(found: Any, part: str) -> Any:
    match found:
        case list():
            at = _index(found, part)
            return found[at] if at is not None else None
        case dict():
            return found.get(part.strip("[]"))
        case _:
            return None


def _index(items: list[Any], part: str) -> int | None:
    """Where an item of a list is, by its number or its name."""
    word = part.strip("[]")
    names = [str(item.get("name", "")) if isinstance(item, dict) else "" for item in items]
    for at, name in enumerate(names):
        if name.strip().casefold() == word.casefold():
            return at
    is_number = word.isascii() and word.isdigit()
    return int(word) if is_number and int(word) < len(items) else None


def _put(place: Any, parts: tuple[str, ...], value: Any, path: SettingPath) -> None:
    part, *further = parts
    if further:
        inner = _member(place, part)
        if inner is None and isinstance(place, dict):
            inner = {}
        _put(inner, tuple(further), value, path)
        value = None if value is None and inner == {} else inner
    at = _index(place, part) if isinstance(place, list) else None
    if isinstance(place, dict):
        _set_member(place, part.strip("[]"), value)
    elif isinstance(place, list) and at is not None:
        _set_item(place, at, value)
    else:
        hint = "`ccr config show` tells what is there."
        raise ClientError(f"There is no {path.text} in the file", hint)


def _set_member(place: JsonObject, name: str, value: Any) -> None:
    if value is None:
        place.pop(name, None)
    else:
        place[name] = value


def _set_item(place: list[Any], at: int, value: Any) -> None:
    if value is None:
        del place[at]
    else:
        place[at] = value
