"""What has to be said of an address, or of a text, that came from elsewhere."""

from __future__ import annotations

import ipaddress
import os
import re
from typing import Any
from urllib.parse import urlsplit

from ccr_desktop.core.providers.catalog import LOOPBACK

_REFERENCE = re.compile(r"\$\{[^}]+\}|\$[A-Z_][A-Z0-9_]*|keyring:\s*\S+")
_LOCAL_NAMES = (".local", ".lan", ".internal", ".home", ".localdomain", ".home.arpa")


def address_warnings(url: str) -> list[str]:
    """Why somebody should look twice at an address that is not their own."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        has_sign_in = parts.username is not None or parts.password is not None
    except ValueError:
        return ["This is no address that can be called."]
    found = []
    if is_loopback(host):
        found.append("It leads to this computer: right only where a program here answers.")
    elif is_private(host) and "$" not in host:  # which stands for another name
        found.append("It leads into your local network, not to a service on the internet.")
    if parts.scheme == "http" and not is_loopback(host):
        found.append("It is not encrypted (http://): whoever carries it can read all of it.")
    if has_sign_in:
        found.append("It has a sign-in written into it.")
    if not host.isascii() or "xn--" in host:
        found.append("It has letters that can look like others. Compare it with care.")
    return found


def is_loopback(host: str) -> bool:
    if host in LOOPBACK or host.endswith(".localhost"):
        return True
    address = _ip(host)
    return address is not None and (address.is_loopback or address.is_unspecified)


def is_private(host: str) -> bool:
    """Whether a host can only be one of a local network."""
    address = _ip(host)
    if address is not None:
        return not address.is_global
    return "." not in host or host.endswith(_LOCAL_NAMES)


def references_in(value: Any) -> list[str]:
    """All that stands for a variable or a stored key, at any depth and inside of texts."""
    match value:
        case str():
            return _REFERENCE.findall(value)
        case list():
            return [text for item in value for text in references_in(item)]
        case dict():
            return [text for item in value.values() for text in references_in(item)]
        case _:
            return []


def unfilled(url: str) -> list[str]:
    """Places of an address, such as `${ENDPOINT_ID}`, that nothing on this computer fills."""
    found = [text for text in references_in(url) if text.startswith("$")]
    return sorted({text for text in found if not os.environ.get(text.strip("${}"))})


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Also of the short and the numeric spellings that programs accept for an address."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return _odd_ip(host)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _odd_ip(host: str) -> ipaddress.IPv4Address | None:
    """`127.1`, `2130706433`, `0x7f.0.0.1`, as the C library reads them."""
    pieces = host.split(".")
    try:
        numbers = [int(piece, 0 if piece[:2].lower() == "0x" else _base(piece)) for piece in pieces]
    except ValueError:
        return None
    *front, last = numbers
    if len(numbers) > 4 or any(n > 255 for n in front) or last >= 256 ** (5 - len(numbers)):
        return None
    value = last
    for place, number in enumerate(front):
        value += number << (24 - 8 * place)
    return ipaddress.IPv4Address(value)


def _base(piece: str) -> int:
    return 8 if piece.startswith("0") and len(piece) > 1 else 10
