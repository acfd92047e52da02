"""Who may talk to the service: the key, and protection against web pages.

A page in a browser can send requests to loopback addresses, and a name of its own can point
there (DNS rebinding). So a foreign `Origin` is refused, and so is a `Host` that is not ours.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import socket
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.config.client_keys import today
from ccr_desktop.core.config.fields import is_unresolved
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from multidict import MultiMapping

    from ccr_desktop.core.config.schema import ClientKey, Config

MANAGEMENT_PREFIX = "/api/"  # guarded by a token of its own
PUBLIC_PATHS = frozenset({"/", "/health"})
_HOST = re.compile(r"(?:\[(?P<address>[\w.:%-]+)\]|(?P<name>[\w.-]+))(?::\d{1,5})?", re.ASCII)
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # compared, not bound


class AccessPolicy:
    """The rules for one configuration."""

    def __init__(self, config: Config, today: Callable[[], date] = today) -> None:
        self._key = config.api_key.encode()
        self._clients = [
            (client, client.key.encode())
            for client in config.client_keys
            if not is_unresolved(client.key)
        ]
        self._today = today
        self._is_key_missing = config.api_key.startswith(PREFIX)
        self._awaited_hint = _awaited_hint(config)
        self._is_guarded = bool(config.api_key) and not is_unresolved(config.api_key)
        self._is_open = config.host in _WILDCARDS
        self._hosts = {*LOOPBACK, config.host.casefold()}
        if self._is_open:
            self._hosts |= {socket.gethostname().casefold(), socket.getfqdn().casefold()}

    def check(self, path: str, headers: MultiMapping[str], remote: str) -> None:
        """Raise a `ClientError` unless the request may be served. A header may come repeatedly.

        *remote* is the address of who asks.
        """
        hosts = headers.getall("Host", [""])
        for host in hosts:
            self._check_host(host)
        for origin in headers.getall("Origin", ()):
            _check_origin(origin, hosts[0])
        if path not in PUBLIC_PATHS and not path.startswith(MANAGEMENT_PREFIX):
            self._check_peer(remote)
            self._check_key(headers)

    def _check_host(self, value: str) -> None:
        host = _host_name(value)
        if host in self._hosts or (self._is_open and _is_address(host)):
            return
        raise ClientError(
            f"The host {value[:100]!r} is not this service",
            "Use the address that the service printed when it started.",
            status=403,
        )

    def _check_peer(self, remote: str) -> None:
        """Others are heard only with a key, also when that goes while the service listens."""
        if self._is_guarded or _is_here(remote):
            return
        may_come = self._is_key_missing
        hint = _NOT_THERE_HINT if may_come else "Set APIKEY there."
        title = "The router has no APIKEY, so that only its own machine is heard"
        raise ClientError(title, hint, status=401, is_lasting=not may_come)

    def _check_key(self, headers: MultiMapping[str]) -> None:
        if not self._key:
            return
        given = [*_keys(headers)]
        if not given:
            raise ClientError("APIKEY is missing", _KEY_HINT, status=401, is_lasting=True)
        if any(hmac.compare_digest(_bytes(key), self._key) for key in given):
            return
        if clients := self._clients_of(given):
            _refuse_expired(clients, self._today())
            return
        hint = self._awaited_hint
        title = "Invalid API key"
        raise ClientError(title, hint or _KEY_HINT, status=401, is_lasting=not hint)

    def _clients_of(self, given: list[str]) -> list[ClientKey]:
        """Whose keys were sent. All are compared: how long it takes says nothing of any."""
        return [
            client
            for client, own in self._clients
            for key in given
            if hmac.compare_digest(_bytes(key), own)
        ]


_NOT_THERE_HINT = "The router's APIKEY is not there: is the password store locked that holds it?"
_CLIENT_NOT_THERE_HINT = (
    "A key of ClientKeys is not there: is the password store locked that holds it?"
)
_EXPIRED_HINT = "Ask whoever runs the router for a new one."
# Without "x-api-key": see `core/upstream/failures.py`.
_KEY_HINT = "Send the router's APIKEY as Authorization: Bearer (ANTHROPIC_AUTH_TOKEN)."


def _awaited_hint(config: Config) -> str:
    """Which key the store may give later; empty where it has given all."""
    if config.api_key.startswith(PREFIX):
        return _NOT_THERE_HINT
    is_one_missing = any(client.key.startswith(PREFIX) for client in config.client_keys)
    return _CLIENT_NOT_THERE_HINT if is_one_missing else ""


def _refuse_expired(clients: list[ClientKey], today: date) -> None:
    if all(client.is_over(today) for client in clients):
        title = f"The key of {clients[0].name!r} expired on {clients[0].expires}"
        raise ClientError(title, _EXPIRED_HINT, status=401, is_lasting=True)


def _check_origin(origin: str, host: str) -> None:
    if _authority(origin) != host:
        raise ClientError("Requests from web pages are refused", f"{origin[:100]!r}", status=403)


def _keys(headers: MultiMapping[str]) -> list[str]:
    """Every key that the request presents, in any of the forms that clients use."""
    authorization = headers.get("Authorization", "").strip()
    scheme, _, token = authorization.partition(" ")
    bearer = token.strip() if scheme.casefold() == "bearer" else authorization
    return [key for key in (bearer, headers.get("x-api-key", "").strip()) if key]


def _bytes(text: str) -> bytes:
    """Headers may hold any bytes."""
    return text.encode("utf-8", "surrogateescape")


def _authority(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


@lru_cache(maxsize=64)  # clients name the same few
def _host_name(value: str) -> str:
    """The name or address in *value*; nothing where it holds more than that and a port."""
    found = _HOST.fullmatch(value)
    return (found["address"] or found["name"]).casefold() if found else ""


def _is_here(remote: str) -> bool:
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
