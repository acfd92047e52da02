"""Our own file, `NAME.ccr-desktop.json`: the settings, and keys only under a passphrase.

`config` is a configuration with `$NAME` in place of secrets. `secrets`, where somebody asked for
them, is what `core.secrets.sealing` makes: secrets by their places in `config`, and a digest of
`config`, so that nobody can change an address and have the keys sent there.
"""

from __future__ import annotations

import copy
import hashlib
import json
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.files import encode
from ccr_desktop.core.secrets import PREFIX, sealing
from ccr_desktop.core.setup.keys import references
from ccr_desktop.core.setup.secret_fields import find_secrets, json_path, with_placeholders
from ccr_desktop.core.transfer.entries import object_of
from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import SecretStore

ENDING = ".ccr-desktop.json"
_MARK, _WHAT, _VERSION = "ccr-desktop", "settings", 1
_MOST_COST = 2**17  # 128 MiB: a file of somebody else may not ask for more
_DIGEST = ""  # no place has this name
LEAST_PASSPHRASE = 8


def is_own(raw: JsonObject) -> bool:
    return raw.get(_MARK) == _WHAT


def is_sealed(raw: JsonObject) -> bool:
    return is_own(raw) and bool(raw.get("secrets"))


def secrets_of(raw: JsonObject, store: SecretStore) -> tuple[dict[str, str], list[str]]:
    """All secrets by their places, those of the store, too; and the references to none there.

    Raises `SecretError`.
    """
    found = {json_path(path): text for path, text in find_secrets(raw)}
    missing = []
    for place, text in references(raw):
        if not text.startswith(PREFIX):
            continue
        name = text.removeprefix(PREFIX).strip()
        if (secret := store.get(name)) is None:
            missing.append(name)
        else:
            found[place] = secret
    return found, missing


def make(
    raw: JsonObject, now: datetime, secrets: Mapping[str, str] | None = None, passphrase: str = ""
) -> tuple[bytes, dict[str, str]]:
    """The text of the file, and the `$NAME`s in it with the places they stand at."""
    config, names = with_placeholders(raw)
    members: JsonObject = {
        _MARK: _WHAT,
        "version": _VERSION,
        "made_at": now.isoformat(timespec="seconds"),
        "config": config,
    }
    if secrets is not None:
        members["secrets"] = _sealed({**secrets, _DIGEST: _digest(config)}, passphrase)
    return encode(members), names


def read(raw: JsonObject, place: str, passphrase: str = "") -> Found:
    """Without a passphrase the keys in it stay closed. Raises `ClientError`."""
    if raw.get("version") != _VERSION:
        raise _newer()
    if not isinstance(raw.get("config"), dict):
        raise UnreadableError("The file holds no settings", "It was changed or cut off.")
    config = object_of(raw["config"])
    found = Found("Settings of CCR Desktop", Origin.FILE, copy.deepcopy(config), place)
    found.is_sealed = is_sealed(raw)
    if found.is_sealed and passphrase:
        secrets = _opened(raw["secrets"], passphrase)
        if secrets.pop(_DIGEST, "") != _digest(config):
            hint = "Take the rest without the keys, if you trust who sent it."
            raise UnreadableError("The file was changed since it was made", hint)
        found.raw = _filled(config, secrets)
    elif found.is_sealed:
        found.needs_hand.append("the keys in the file: they stay closed without its passphrase.")
    return found


def _sealed(secrets: dict[str, str], passphrase: str) -> JsonObject:
    if len(passphrase) < LEAST_PASSPHRASE:
        hint = f"Whoever gets the file can try as long as they like. Use {LEAST_PASSPHRASE} or more"
        raise ClientError("This passphrase is too short", f"{hint} characters.")
    if any("\ud800" <= character <= "\udfff" for character in passphrase):
        hint = "It could not be typed again. Pipe it in as UTF-8."
        raise ClientError("This passphrase is no text", hint)
    lock = sealing.new_lock(sealing.BY_PASSPHRASE)
    key = sealing.key_of_passphrase(lock, passphrase)
    return object_of(json.loads(sealing.seal(sealing.with_check(lock, key), key, secrets)))


def _opened(found: Any, passphrase: str) -> dict[str, str]:
    try:
        sealed = sealing.parse(json.dumps(found).encode())
        _refuse_other_locks(sealed.lock)
        key = sealing.key_of_passphrase(sealed.lock, passphrase)
        return sealing.unseal(sealed, key)
    except sealing.WrongKeyError as exc:
        hint = "Nothing was taken. Type it again; nobody can tell it to you but who made the file."
        raise ClientError("This is not the passphrase of the file", hint) from exc
    except sealing.OtherVersionError as exc:
        raise _newer() from exc
    except sealing.DamagedError as exc:
        raise UnreadableError("The keys in the file are damaged", str(exc)) from exc


def _newer() -> UnreadableError:
    return UnreadableError("The file was made by a newer version", "Update CCR Desktop to read it.")


def _refuse_other_locks(lock: sealing.Lock) -> None:
    if lock.kind != sealing.BY_PASSPHRASE or lock.cost > _MOST_COST:
        raise sealing.DamagedError("It was changed or cut off.")


def _digest(config: JsonObject) -> str:
    text = json.dumps(config, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _filled(value: Any, secrets: Mapping[str, str], place: str = "") -> Any:
    """A copy with the secrets at their places."""
    match value:
        case dict():
            return {
                key: _filled(item, secrets, f"{place}.{key}" if place else str(key))
                for key, item in value.items()
            }
        case list():
            return [_filled(item, secrets, f"{place}[{index}]") for index, item in enumerate(value)]
        case str():
            return secrets.get(place, value)
        case _:
            return value
