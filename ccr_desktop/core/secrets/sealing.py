"""The text of a protected file: names and keys under AES-256-GCM, with how it is opened in front.

`cryptography` is imported when a file is opened or written, never at start.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from dataclasses import dataclass
from itertools import chain
from typing import Any
from unicodedata import normalize

FORMAT = "ccr-desktop protected keys"
VERSION = 1
BY_KEY_FILE, BY_PASSPHRASE = "key file", "passphrase"
_SCRYPT_COST = 2**15  # 32 MiB and a tenth of a second
_MOST_SCRYPT_COST = 2**20  # what a forged file may make us spend
_SALT_BYTES, _NONCE_BYTES, _CHECK_BYTES = 16, 12, 8


class DamagedError(Exception):
    """The text was not written by us, or was changed since."""


class OtherVersionError(DamagedError):
    """It is no file of this version, which may well be whole."""


class WrongKeyError(Exception):
    """What should open the file belongs to another one."""


@dataclass(frozen=True, slots=True)
class Lock:
    """How the file is opened. `check` tells a wrong passphrase from a damaged file."""

    kind: str
    salt: bytes
    cost: int
    check: bytes = b""

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "salt": _text(self.salt),
            "cost": self.cost,
            "check": _text(self.check),
        }


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file as it was read."""

    lock: Lock
    nonce: bytes
    content: bytes


def new_lock(kind: str) -> Lock:
    return Lock(kind, os.urandom(_SALT_BYTES), _SCRYPT_COST)


def key_of_passphrase(lock: Lock, passphrase: str) -> bytes:
    """The same key for the same letters, however a system writes accents.

    Files may have been closed with another spelling: of all that fit the letters it is the one
    that opens *lock*, if any does.
    """
    spellings = (normalize("NFC", passphrase), passphrase, normalize("NFD", passphrase))
    keys = (
        derive(lock, spelling.encode("utf-8", "surrogatepass"), "")
        for spelling in dict.fromkeys(spellings)
    )
    first = next(keys)
    opening = (key for key in chain([first], keys) if hmac.compare_digest(_check(key), lock.check))
    return first if not lock.check else next(opening, first)


def derive(lock: Lock, secret: bytes, owner: str) -> bytes:
    """The key that opens a file with *lock*. Slow for a passphrase."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  # see above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    if lock.kind == BY_PASSPHRASE:
        return Scrypt(salt=lock.salt, length=32, n=lock.cost, r=8, p=1).derive(secret)
    info = f"{FORMAT} {VERSION}|{owner}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=lock.salt, info=info).derive(secret)


def with_check(lock: Lock, key: bytes) -> Lock:
    return Lock(lock.kind, lock.salt, lock.cost, _check(key))


def seal(lock: Lock, key: bytes, keys: dict[str, str]) -> bytes:
    """The text of a file that holds *keys*."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # see above

    nonce = os.urandom(_NONCE_BYTES)
    plain = json.dumps(keys).encode()
    content = AESGCM(key).encrypt(nonce, plain, _bound(lock))
    members = {
        "format": FORMAT,
        "version": VERSION,
        "lock": lock.as_json(),
        "nonce": _text(nonce),
        "content": _text(content),
    }
    return f"{json.dumps(members, indent=2)}\n".encode()


def parse(data: bytes) -> Sealed:
    """What the text of a file says. Raises `DamagedError`."""
    try:
        found = json.loads(data)
        if (found["format"], found["version"]) != (FORMAT, VERSION):
            raise OtherVersionError("It is of another version of this program.")
        lock = found["lock"]
        kind, cost = str(lock["kind"]), int(lock["cost"])
        read = Lock(kind, _bytes(lock["salt"]), cost, _bytes(lock["check"]))
        sealed = Sealed(read, _bytes(found["nonce"]), _bytes(found["content"]))
    except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError) as exc:
        raise DamagedError("It was changed or cut off.") from exc
    is_cost_fair = 2 <= cost <= _MOST_SCRYPT_COST and cost & (cost - 1) == 0
    is_known = kind in {BY_KEY_FILE, BY_PASSPHRASE} and len(sealed.nonce) == _NONCE_BYTES
    if not (is_cost_fair and is_known):
        raise DamagedError("It was changed or cut off.")
    return sealed


def unseal(sealed: Sealed, key: bytes) -> dict[str, str]:
    """The keys in a file. Raises `WrongKeyError` and `DamagedError`."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # see above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    if not hmac.compare_digest(_check(key), sealed.lock.check):
        raise WrongKeyError
    try:
        plain = AESGCM(key).decrypt(sealed.nonce, sealed.content, _bound(sealed.lock))
    except InvalidTag as exc:
        raise DamagedError("It was changed or cut off.") from exc
    found = json.loads(plain)
    return {str(name): str(secret) for name, secret in found.items()}


def _check(key: bytes) -> bytes:
    return hmac.digest(key, b"check", "sha256")[:_CHECK_BYTES]


def _bound(lock: Lock) -> bytes:
    """What is readable in the file, and can't be changed all the same."""
    return json.dumps([FORMAT, VERSION, lock.as_json()], sort_keys=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
