"""Provider state that travels in the `signature` of a thinking block.

Clients echo signatures unchanged, which makes them the one place where what a provider wants
back (its reasoning field, encrypted items) survives a round trip. A carrier says which provider
it belongs to; to any other one, and to Anthropic, it means nothing and is dropped.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.json import JSONDecodeError, dumps_safe, loads

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

PREFIX = "ccr1."
_MARK_CHARS = 6  # enough to tell a few keys apart, and nothing to guess one from


def encode_carrier(provider: str, state: JsonObject) -> str:
    """A signature that holds *state* for *provider*."""
    return PREFIX + urlsafe_b64encode(dumps_safe({"p": provider, **state})).decode()


def decode_carrier(provider: str, signature: object) -> JsonObject | None:
    """The state in a signature of our own for *provider*, else None."""
    if not is_carrier(signature):
        return None
    try:
        state = loads(urlsafe_b64decode(str(signature).removeprefix(PREFIX)))
    except (binascii.Error, ValueError, JSONDecodeError):
        return None
    return state if isinstance(state, dict) and state.get("p") == provider else None


def key_mark(key: str) -> str:
    """Tells a user's keys apart, for state that only one account can read."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:_MARK_CHARS]


def is_carrier(signature: object) -> bool:
    return isinstance(signature, str) and signature.startswith(PREFIX)
