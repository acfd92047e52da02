"""Connections by a SOCKS proxy, with an error of aiohttp's kind for what goes wrong."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aiohttp_socks import (
    ProxyConnectionError,
    ProxyConnector,
    ProxyError,
    ProxyTimeoutError,
    ProxyType,
)
from python_socks import parse_proxy_url

from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.upstream.connections import SocksError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = {"socks5h": "socks5", "socks4a": "socks4"}


def connector(proxy: str, *, keepalive_s: float) -> aiohttp.TCPConnector:
    """A pool of connections by *proxy*.

    The proxy looks names up, since it may be there for just that; only `socks4` can't.
    """
    scheme, _, rest = proxy.partition("://")
    kind, host, port, user, password = parse_proxy_url(f"{_PLAIN.get(scheme, scheme)}://{rest}")
    return ProxyConnector(
        host,
        port,
        kind,
        user or None,
        password or None,
        rdns=kind is ProxyType.SOCKS5 or scheme == "socks4a",
        limit=0,
        keepalive_timeout=keepalive_s,
    )


@contextmanager
def socks_errors() -> Iterator[None]:
    try:
        yield
    except (ProxyConnectionError, ProxyTimeoutError, ProxyError) as exc:
        raise SocksError(str(exc)) from exc
    except aiohttp.ClientOSError as exc:
        if isinstance(exc.__cause__, ssl.SSLError):  # of the provider: it is not the proxy's fault
            raise exc.__cause__ from exc
        raise
