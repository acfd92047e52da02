"""Two sign-ins for one request: that of an address, `name:password@`, and a key."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.config.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.config.schema import Provider

_KEY_ELSEWHERE = frozenset({"anthropic", "gemini"})  # in a header of their own


def signs_in_twice(url: str, headers: Iterable[str]) -> bool:
    """Whether a request has no place for all that it is to sign in with."""
    parts = urlsplit(url)
    has_own = parts.username is not None or parts.password is not None
    return has_own and any(name.lower() == "authorization" for name in headers)


def note_two_sign_ins(provider: Provider, where: str, issues: list[Issue]) -> None:
    has_key = bool(provider.api_key or provider.keys or provider.awaits_key)
    in_own_header = provider.dialect in _KEY_ELSEWHERE and not provider.bearer
    of_key = ["authorization"] if has_key and not in_own_header else []
    if signs_in_twice(provider.url, [*provider.headers, *of_key]):
        problem = "the address has a sign-in, and there is a key, too: a request has room for one."
        hint = (
            "Take the sign-in (`name:password@`) out of the address, or remove the key (`api_key`,"
            " or the header Authorization)."
        )
        issues.append(Issue(f"{where}.api_base_url", problem, hint, "warning"))
