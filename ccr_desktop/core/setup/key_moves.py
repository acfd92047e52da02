"""What moving the keys of a provider would change: planned here, done in `key_moving`.

Nothing here reads a store or an environment, and no plan shows a key.
"""

from __future__ import annotations

import copy
import re
import shlex
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.edits import need_entry
from ccr_desktop.core.setup.secret_fields import MASK, json_path
from ccr_desktop.core.setup.templates import find_template
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.secret_fields import Path

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")


class KeyPlace(StrEnum):
    """Where the key of a provider can come from."""

    KEYRING = "keyring"
    """The store in use: the system's, or the protected file."""
    ENVIRONMENT = "env"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class KeyStep:
    """One key. What stands in the file is `text`, and is to be `after`; a key itself is masked."""

    path: Path
    """Within the provider's entry."""
    text: str = field(repr=False)
    after: str
    """Empty for a key that is to be written into the file."""

    @property
    def name(self) -> str:
        return json_path(self.path)

    @property
    def source(self) -> KeyPlace:
        if self.text.startswith(PREFIX):
            return KeyPlace.KEYRING
        return KeyPlace.ENVIRONMENT if is_reference(self.text) else KeyPlace.FILE

    @property
    def shown_before(self) -> str:
        return MASK if self.source is KeyPlace.FILE else self.text

    @property
    def shown_after(self) -> str:
        return self.after or MASK


@dataclass(frozen=True, slots=True)
class Change:
    """A move of all keys of a provider. Without steps there is nothing to do."""

    provider: str
    to: KeyPlace
    raw: JsonObject = field(repr=False)
    """The configuration as it is."""
    steps: tuple[KeyStep, ...] = ()

    def written(self, keys: Mapping[Path, str]) -> JsonObject:
        """The configuration as it is to be; *keys* are those for the file."""
        new = copy.deepcopy(self.raw)
        entry = need_entry(new, self.provider)
        for step in self.steps:
            _put(entry, step.path, step.after or keys[step.path])
        return new


def plan_move(
    raw: JsonObject, provider: str, to: KeyPlace, *, variable: str = "", is_plain: bool = False
) -> Change:
    """The move of a provider's keys. Raises `ClientError`.

    Into the file they go only with *is_plain*, since anybody who reads it has them.
    """
    entry = need_entry(raw, provider)
    name = str(entry["name"]).strip()
    if to is KeyPlace.FILE and not is_plain:
        hint = "Whoever reads it has the key. Say --plain when you want that."
        raise ClientError("A key is written into the file only when you say so", hint)
    found = list(_keys(entry))
    if not found:
        hint = f"`ccr keys set {name}` keeps one."
        raise ClientError(f"{name} has no key that could be moved", hint)
    first = checked_variable(variable or default_variable(name))
    steps = (
        KeyStep(path, text, _after(to, name, first, number))
        for number, (path, text) in enumerate(found)
    )
    return Change(name, to, raw, tuple(step for step in steps if not _is_there(step, to, variable)))


def places_elsewhere(raw: JsonObject, provider: str) -> tuple[KeyPlace, ...]:
    """Where a move of a provider's keys would change something; nowhere without a key."""
    try:
        plans = [plan_move(raw, provider, place, is_plain=True) for place in KeyPlace]
    except ClientError:
        return ()
    return tuple(plan.to for plan in plans if plan.steps)


def default_variable(provider: str) -> str:
    """The variable that its maker's own programs read, or one made of the name."""
    template = find_template(provider)
    if template and template.env:
        return template.env
    words = re.sub(r"[^A-Z0-9]+", "_", provider.upper()).strip("_")
    return f"_{words}_API_KEY" if words[:1].isdigit() else f"{words or 'PROVIDER'}_API_KEY"


def checked_variable(name: str) -> str:
    bare = name.strip().removeprefix("$")
    if not _VARIABLE.fullmatch(bare):
        hint = "It is made of capitals, digits and underscores. The key itself does not go here."
        raise ClientError("This is no name of an environment variable", hint)
    return bare


def export_line(variable: str, key: str = "YOUR-KEY", platform: str = sys.platform) -> str:
    """The line that sets a variable for later: for a shell's profile, or for Windows."""
    if platform == "win32":
        return f'setx {variable} "{key}"'
    return f"export {variable}={shlex.quote(key)}"


def _keys(entry: JsonObject) -> Iterator[tuple[Path, str]]:
    """The places of all keys of a provider, with the texts there."""
    pool = entry.get("api_keys")
    places: list[tuple[Path, Any]] = [(("api_key",), entry.get("api_key"))]
    for index, item in enumerate(pool if isinstance(pool, list) else []):
        path: Path = ("api_keys", index)
        places.append(((*path, "key"), item.get("key")) if isinstance(item, dict) else (path, item))
    for path, text in places:
        if isinstance(text, str) and text.strip():
            yield path, text.strip()


def _after(to: KeyPlace, name: str, variable: str, number: int) -> str:
    match to:
        case KeyPlace.KEYRING:
            return f"{PREFIX}{name}#{number + 1}" if number else f"{PREFIX}{name}"
        case KeyPlace.ENVIRONMENT:
            return f"${variable}_{number + 1}" if number else f"${variable}"
        case KeyPlace.FILE:
            return ""


def _is_there(step: KeyStep, to: KeyPlace, variable: str) -> bool:
    """Whether a key is where it is to go; another variable than the one it has may be wanted."""
    wants_another = to is KeyPlace.ENVIRONMENT and bool(variable) and step.text != step.after
    return step.source is to and not wants_another


def _put(entry: Any, path: Path, text: str) -> None:
    for part in path[:-1]:
        entry = entry[part]
    entry[path[-1]] = text
