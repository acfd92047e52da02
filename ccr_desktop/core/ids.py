"""Identifiers of requests, messages and tool calls."""

from __future__ import annotations

import secrets
import string

_BASE62 = string.ascii_letters + string.digits
_LENGTH = 24


def new_id(prefix: str) -> str:
    """*prefix*, `_` and 24 random characters, as Anthropic's ids look."""
    number = secrets.randbits(_LENGTH * 6)
    letters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_BASE62))
        letters.append(_BASE62[digit])
    return f"{prefix}_{''.join(letters)}"
