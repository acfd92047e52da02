"""Which proxy stands between the router and a provider, if any."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ccr_desktop.core.config.addresses import NO_PROXY, SYSTEM_PROXY
from ccr_desktop.core.providers.catalog import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PORTS = {"http": 80, "https": 443}
_HOME_ENDINGS = (".local", ".localhost", ".lan", ".internal", ".home.arpa")


def proxy_for(url: str, own: str, common: str, environment: Mapping[str, str] = os.environ) -> str:
    """The proxy for requests to *url*; empty: none.

    A provider's *own* proxy is meant for it wherever it is. The *common* one is for the world
    outside: neither for private networks, nor for what `NO_PROXY` or the system exempts.
    """
    if own == NO_PROXY or not (own or common):
        return ""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in LOOPBACK or _is_loopback(host):
        return ""
    if own:
        return own
    port = parts.port or _PORTS.get(parts.scheme, 0)
    is_exempt = is_private(host) or is_listed(host, port, environment) or proxy_bypass(host)
    if is_exempt:
        return ""
    return system_proxy(parts.scheme) if common == SYSTEM_PROXY else common


def system_proxy(scheme: str) -> str:
    """The proxy that the system has for addresses of *scheme*; empty: none.

    That is what the environment says, or else the settings of Windows or macOS.
    """
    found = getproxies()
    proxy = found.get(scheme) or found.get("all") or ""
    if proxy.startswith("socks://"):  # as some desktops write it
        return f"socks5{proxy.removeprefix('socks')}"
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def is_private(host: str) -> bool:
    """Whether *host* is of the own network: by its number, or a name that has no domain."""
    address = _address(host)
    if address is not None:
        return address.is_private or address.is_link_local
    return "." not in host or host.casefold().endswith(_HOME_ENDINGS)


def is_listed(host: str, port: int, environment: Mapping[str, str]) -> bool:
    """Whether `NO_PROXY` names *host*.

    It lists names (with everything below them), addresses, networks as in `10.0.0.0/8`, each with
    a `:port` perhaps; `*` is everything.
    """
    return any(_matches(entry, host.casefold(), port) for entry in _entries(environment))


def _entries(environment: Mapping[str, str]) -> Iterator[str]:
    for name in ("no_proxy", "NO_PROXY"):
        for entry in environment.get(name, "").replace(",", " ").split():
            yield entry.casefold()


def _matches(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    name, separator, number = entry.rpartition(":")
    if separator and number.isdigit() and (":" not in name or name.endswith("]")):
        if int(number) != port:
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").removeprefix(".")
    return host == entry or host.endswith(f".{entry}") or _is_within(entry, host)


def _is_within(network: str, host: str) -> bool:
    address = _address(host)
    if address is None:
        return False
    try:
        return address in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
