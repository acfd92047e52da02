"""Known secrets, taken out of what providers say and logs keep, however they are spelled there."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote, quote_plus, unquote, urlsplit, urlunsplit

MASK = "***"
CREDENTIAL_PARAMETER = r"[\w-]*(?:key|token|secret|password|sig|signature|code)"
"""How the parameters of an address are called that say who asks."""
_IN_QUERY = re.compile(f"(?:^|&){CREDENTIAL_PARAMETER}=([^&]+)", re.I)
_CREDENTIAL = re.compile(f"{CREDENTIAL_PARAMETER}=", re.I)
_SHORTEST = 8  # what encodings of shorter ones look like would blank out ordinary words


def hide(text: str, secrets: Iterable[str]) -> str:
    """*text* with a mask in place of every spelling of *secrets*.

    Do this before a text is cut, or one that was cut in two would stay, and before `redact`,
    which knows only how keys begin.
    """
    found = {spelling for secret in secrets for spelling in spellings(secret)}
    for spelling in sorted(found, key=len, reverse=True):  # one may be a part of another
        text = text.replace(spelling, MASK)
    return text


def secrets_in_address(url: str) -> Iterator[str]:
    """The sign-in of *url* and what it has in its query, as written there and as sent."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    asked = [text for text in _IN_QUERY.findall(parts.query) if len(text) >= _SHORTEST]
    for text in filter(None, (parts.password or parts.username, *asked)):
        yield text
        yield unquote(text)


def without_secrets(url: str) -> str:
    """*url* without its sign-in, and without what in its query says who asks."""
    parts = urlsplit(url)
    query = "&".join(each for each in parts.query.split("&") if not _CREDENTIAL.match(each))
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, query=query, fragment=""))


@lru_cache(maxsize=1024)
def spellings(secret: str) -> tuple[str, ...]:
    """*secret*, and how it looks in JSON, in addresses, in `repr` and in base64."""
    if len(secret) < _SHORTEST:
        return (secret,) if secret else ()
    data = secret.encode("utf-8", "surrogatepass")
    plain = {secret, repr(secret)[1:-1], repr(data)[2:-1], data.decode("latin-1")}
    plain |= {secret.replace('"', '\\"'), secret.replace("'", "\\'")}
    plain |= {_in_json(text) for text in (*plain,)} | {_in_ascii_json(secret)}
    plain |= {text.replace("/", "\\/") for text in (*plain,)}
    return tuple({*plain, *_in_addresses(data), *_in_base64(data)})


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _in_ascii_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _in_addresses(data: bytes) -> Iterator[str]:
    for safe in ("", "/", "/:@!$&'()*+,;="):
        for text in (quote(data, safe), quote_plus(data, safe)):
            yield text
            yield _lower_escapes(text)


def _lower_escapes(text: str) -> str:
    first, *rest = text.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def _in_base64(data: bytes) -> Iterator[str]:
    """Also behind a user's name and a colon: what is the same whatever stands around it."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + data).decode().rstrip("=")
        mixed_in_front = (0, 2, 3)[before]
        mixed_at_end = (len(data) + before) % 3 != 0
        kept = text[mixed_in_front : -1 if mixed_at_end else None]
        yield kept
        yield kept.replace("+", "-").replace("/", "_")
        yield kept.replace("/", "\\/")
