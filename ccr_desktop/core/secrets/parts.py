"""A key in several entries, where the store's entries are too small for it.

The entry of the key then says how many parts there are, and a digest that is also in their names:
a new key never touches the parts of the old one, so whatever fails half-way leaves one of the two.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.secrets.state import Place, StoreState, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOWS_BYTES = 2560  # in UTF-16, that one entry of the Credential Manager can hold
_HEADER = re.compile(r"ccr-parts:1:([0-9]{1,4}):([0-9a-f]{16})")


class Entries(Protocol):
    """Texts by name."""

    def read(self, user: str) -> str | None: ...
    def write(self, user: str, text: str) -> None: ...
    def remove(self, user: str) -> None: ...


def most_units(platform: str) -> int | None:
    """How many UTF-16 units an entry holds on a system; None where that is no matter."""
    return WINDOWS_BYTES // 2 if platform == "win32" else None


def read(entries: Entries, name: str) -> str | None:
    """The key of *name*. Raises `SecretError` when some of its parts are gone."""
    found = entries.read(user_of(name))
    header = _HEADER.fullmatch(found) if found else None
    if header is None:
        return found
    parts = [entries.read(user) for user in _part_users(header, name)]
    whole = "".join(part or "" for part in parts)
    if _digest(whole) != header.group(2):
        detail = f"The key of {name} is in {len(parts)} parts, and some of them are gone."
        raise problem(Place.KEYRING, StoreState.BROKEN, f"{detail} Enter the key again.")
    return whole


def write(entries: Entries, name: str, secret: str, most: int | None) -> None:
    """Keep the key, in parts where it is longer than *most*, and forget the old one's parts."""
    user = user_of(name)
    old = _HEADER.fullmatch(entries.read(user) or "")
    text = secret
    if _HEADER.fullmatch(secret) or (most is not None and _units(secret) > most):
        parts = list(_split(secret, most or WINDOWS_BYTES // 2))
        text = f"ccr-parts:1:{len(parts)}:{_digest(secret)}"
        for index, part in enumerate(parts):
            entries.write(_part_user(_digest(secret), index, name), part)
    entries.write(user, text)
    if old and old.group() != text:
        _remove_parts(entries, old, name)


def remove(entries: Entries, name: str) -> bool:
    """Forget the key and all its parts; False when there was none."""
    found = entries.read(user_of(name))
    if found is None:
        return False
    entries.remove(user_of(name))
    if header := _HEADER.fullmatch(found):
        _remove_parts(entries, header, name)
    return True


def user_of(name: str) -> str:
    return f"provider:{name}"


def name_of(user: str) -> str | None:
    """The name that an entry is the key of; None when it is none or only a part."""
    return user.removeprefix("provider:") if user.startswith("provider:") else None


def _remove_parts(entries: Entries, header: re.Match[str], name: str) -> None:
    for user in _part_users(header, name):
        if entries.read(user) is not None:
            entries.remove(user)


def _part_users(header: re.Match[str], name: str) -> list[str]:
    return [_part_user(header.group(2), index, name) for index in range(int(header.group(1)))]


def _part_user(digest: str, index: int, name: str) -> str:
    return f"part:{digest}:{index}:{name}"


def _split(secret: str, most: int) -> Iterator[str]:
    """Pieces of at most *most* units, with no character cut in two."""
    piece, units = "", 0
    for character in secret:
        more = _units(character)
        if units + more > most:
            yield piece
            piece, units = "", 0
        piece += character
        units += more
    yield piece


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:16]
