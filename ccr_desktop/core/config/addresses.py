"""Web addresses and proxies in a configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.providers.catalog import LOOPBACK

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_HOST_FIRST = re.compile(r"(?!.*://)(?:localhost|[^/$\s]*[.:][^/$\s]*)(?:/[^$\s]*)?")
_BARE_WORD = re.compile(r"[^\s$@:.]+")
_LONGEST_LABEL = 63  # of the name of a host: RFC 1035
IN_NO_HOST = frozenset(" \"'<>\\^`|,;()")
"""What no name of a host has in it, in whatever script it is written."""
PROXY_SCHEMES = ("http", "https", "socks5", "socks5h", "socks4", "socks4a")
NO_PROXY = "none"
"""What a provider says when it wants no proxy though there is one for all."""
SYSTEM_PROXY = "system"
"""What the file says when the proxy is the one that the system has."""


def check_url(url: str, where: str, issues: list[Issue]) -> bool:
    """Whether *url* is the address of a provider. It is not repeated: it may be a pasted key."""
    if is_of_provider(url):
        return True
    hint = "Give the whole address, for example https://openrouter.ai/api/v1/chat/completions."
    if _HOST_FIRST.fullmatch(url) and (host := (_parts(f"http://{url}"))):
        hint = f'Put "{"http" if host.hostname in LOOPBACK else "https"}://" in front of it.'
    issues.append(Issue(where, "this is no address.", hint))
    return False


def is_of_provider(url: str) -> bool:
    parts = _parts(url)
    return bool(parts and parts.scheme in {"http", "https"}) or url.startswith("demo:")


def read_proxy(text: str, where: str, issues: list[Issue]) -> str:
    """The address of a proxy, with the scheme that many leave out."""
    url = text.strip()
    is_mistyped = False
    if url and "://" not in url:
        is_mistyped = "/" in url.removesuffix("/")  # as in http:/proxy:8080
        url = f"http://{url}"
    parts = _parts(url)
    if not url or (parts and parts.scheme in PROXY_SCHEMES and not is_mistyped):
        return url
    hint = f'Write "http://HOST:PORT"; allowed are {", ".join(PROXY_SCHEMES)}.'
    issues.append(Issue(where, "this is no address of a proxy.", hint))
    return ""


def read_common_proxy(text: str, where: str, issues: list[Issue]) -> str:
    """The address of the proxy for all providers, `system`, or nothing."""
    word = text.strip().lower()
    if word == SYSTEM_PROXY:
        return word
    return "" if word == NO_PROXY else read_proxy(text, where, issues)


def is_bare_word(text: str) -> bool:
    """Whether what should be a proxy is one word, as a pasted key is, without dot, port or scheme.

    It may be the name of a host: nobody can tell, so it is used, and not repeated.
    """
    word = text.strip().lower()
    is_known = word in LOOPBACK or word in {SYSTEM_PROXY, NO_PROXY}
    return not is_known and _BARE_WORD.fullmatch(word) is not None


def is_this_machine(url: str) -> bool:
    parts = _parts(url)
    return parts is not None and parts.hostname in LOOPBACK


def is_safe_to_ask(url: str) -> bool:
    """Whether *url* is the address of a host that nobody can answer in the place of."""
    parts = _parts(url)
    if parts is None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def is_ourselves(url: str, host: str, port: int) -> bool:
    """Whether *url* leads to the address that the router itself listens on."""
    parts = _parts(url)
    if parts is None or parts.hostname is None:
        return False
    its_port = parts.port or (443 if parts.scheme == "https" else 80)
    return its_port == port and parts.hostname in {*LOOPBACK, host}


def _parts(url: str) -> SplitResult | None:
    """None when brackets don't match, a port is no number, or no host can have that name."""
    try:
        parts = urlsplit(url)
        is_address = url.isprintable() and _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:
        return None
    return parts if is_address else None


def _is_host(name: str) -> bool:
    labels = name.removesuffix(".").split(".")
    return not IN_NO_HOST & set(name) and all(0 < len(label) <= _LONGEST_LABEL for label in labels)
