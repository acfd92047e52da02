"""Reading whatever somebody chose or pasted: which program it is of is seen from what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.config.files import read_bytes
from ccr_desktop.core.config.syntax import encoding_of, parse
from ccr_desktop.core.file_trouble import why
from ccr_desktop.core.presets.library import foreign_folder
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.transfer import (
    cc_switch,
    cc_switch_link,
    ccr2,
    ccr3,
    ccr_link,
    databases,
    dumps,
    own_file,
    own_link,
)
from ccr_desktop.core.transfer.entries import bounded, object_of
from ccr_desktop.core.transfer.found import FaultyFileError, Found, Origin, UnreadableError
from ccr_desktop.core.transfer.links import checked, confined
from ccr_desktop.core.transfer.places import cc_switch_database, places
from ccr_desktop.core.transfer.schemes import scheme_of
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.protocol.json import JsonObject

_HEAD_BYTES = 256
_ZIP = b"PK\x03\x04"
_HINT = "Choose another file."
_OF_DATABASES = {".db", ".sqlite", ".sqlite3", ".sql"}
_KNOWN = (
    "Known are the settings of claude-code-router 1 to 3 and of CC Switch, its SQL export, and"
    " files of CCR Desktop."
)
_LINKS: dict[str, Callable[[str], Found]] = {
    own_link.SCHEME: own_link.read,
    ccr_link.SCHEME: ccr_link.read,
    cc_switch_link.SCHEME: cc_switch_link.read,
}


def read_link(text: str) -> Found:
    """What a link brings. Raises `ClientError`."""
    link = checked(text)
    reader = _LINKS.get(scheme_of(link))
    if reader is None:
        known = ", ".join(f"{scheme}://" for scheme in _LINKS)
        raise UnreadableError("This is no link that is known here", f"Known are {known}.")
    try:
        return confined(reader(link))
    except ValueError as exc:  # of `urlsplit`, for brackets in a host
        raise UnreadableError("This link can't be read", f"{exc}.") from exc


def read_file(path: Path, passphrase: str = "") -> Found:
    """What the file at *path* brings; *passphrase* opens keys in a file of ours.

    Raises `CcrError`.
    """
    try:
        return _read(path, passphrase)
    except ConfigError as exc:
        raise FaultyFileError(path.name, exc.issues) from exc


def _read(path: Path, passphrase: str) -> Found:
    origin = Origin.HERE if path in {source.path for source in places()} else Origin.FILE
    head = _head(path)
    if not head:
        raise UnreadableError(f"{path.name} is empty", _HINT)
    if head.startswith(databases.MAGIC):
        return _database(path, origin, head)
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(cc_switch.SQL_HEADER.encode()):
        text = read_bytes(path, hint=_hint_of_dump()).decode("utf-8-sig", "replace")
        with dumps.from_sql(text, path.name) as connection:
            if cc_switch.has_table(connection):
                return cc_switch.read(connection, origin, str(path))
        raise UnreadableError(f"{path.name} holds no providers", _KNOWN)
    if head.startswith(_ZIP):
        hint = "A preset is added with `ccr preset install`, or under Presets in the window."
        raise UnreadableError(f"{path.name} is a ZIP", hint)
    if path.suffix.lower() in _OF_DATABASES or _is_binary(head):
        raise _unknown(path)
    data = read_bytes(path, hint=_HINT)
    return _json(path, parse(data, path, []), origin, passphrase)


def _head(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return file.read(_HEAD_BYTES)
    except OSError as exc:
        raise UnreadableError(f"{path} can't be read", f"{why(exc)}.") from exc


def _hint_of_dump() -> str:
    """The file has the logs of CC Switch, too; only its settings are read from the database."""
    return f"Choose the database of CC Switch instead, usually {cc_switch_database()}."


def _is_binary(head: bytes) -> bool:
    return b"\0" in head and encoding_of(head) == "utf-8"


def _database(path: Path, origin: Origin, head: bytes) -> Found:
    with databases.copied(path) as connection:
        if ccr3.has_table(connection):
            return ccr3.read(connection, path, origin)
        if cc_switch.has_table(connection):
            return cc_switch.read(connection, origin, str(path))
    if databases.lacks_its_log(path, head):
        hint = f"Copy {path.name}-wal along with it, or close its program before you copy it."
        raise UnreadableError(f"{path.name} may lack its newest part", hint)
    raise UnreadableError(f"{path.name} is a database of another kind", _KNOWN)


def _json(path: Path, raw: JsonObject, origin: Origin, passphrase: str) -> Found:
    for members in (raw, object_of(raw.get("config"))):
        for name in ("Providers", "providers"):
            bounded(members.get(name))
    if own_file.is_own(raw):
        return own_file.read(raw, str(path), passphrase)
    if ccr3.is_settings(raw):
        return ccr3.from_settings(raw, origin, str(path))
    if cc_switch.is_settings(raw):
        return cc_switch.from_settings(raw, origin, str(path))
    if ccr_link.is_manifest(raw):
        return ccr_link.from_manifest(raw, str(path))
    if ccr2.is_preset(raw):
        hint = "Install it with `ccr preset install`, or under Presets in the window."
        raise UnreadableError(f"{path.name} is a preset", hint)
    if ccr2.is_settings(raw):
        return ccr2.read(path, foreign_folder(), origin)
    raise _unknown(path)


def _unknown(path: Path) -> UnreadableError:
    return UnreadableError(f"{path.name} is not a file that is known here", _KNOWN)
