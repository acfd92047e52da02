"""The connections to providers: one pool for the direct ones, one for each SOCKS proxy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.upstream.certificates import tls_context

if TYPE_CHECKING:
    import io
    import ssl

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.dialects.base import UpstreamCall

_KEEPALIVE_S = 60
_READ_BUFFER = 2**18  # bytes in flight per stream before the provider is asked to wait
_SOCKS_PORT = 1080


class SocksError(aiohttp.ClientError):
    """A SOCKS proxy can't be reached, or can't or won't reach the provider."""


class ProxyNameError(aiohttp.ClientError):
    """The name of a proxy can't be resolved."""


class Connections:
    """Create it inside the loop that will use it."""

    def __init__(self, config: Config) -> None:
        self.use(config)
        self._direct = _session(aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEPALIVE_S))
        self._by_socks: dict[str, aiohttp.ClientSession] = {}

    def use(self, config: Config) -> None:
        """Trust by *config* from now on."""
        self._ca_file = config.ca_file
        self._tls: ssl.SSLContext | None = None

    async def close(self) -> None:
        for session in (self._direct, *self._by_socks.values()):
            await session.close()
        self._by_socks.clear()

    async def request(
        self, call: UpstreamCall, data: bytes | io.BytesIO | None, proxy: str, connect_s: float
    ) -> aiohttp.ClientResponse:
        """Send *call*, by *proxy* unless that is empty. Raises aiohttp's errors and `OSError`."""
        if not proxy.startswith("socks"):
            return await self._send(self._direct, call, data, proxy, connect_s)
        # Seldom used, and only then loaded.
        from ccr_desktop.core.upstream.socks import connector, socks_errors  # noqa: PLC0415

        session = self._by_socks.get(proxy)
        if session is None:
            session = _session(connector(_with_port(proxy), keepalive_s=_KEEPALIVE_S))
            self._by_socks[proxy] = session
        with socks_errors():
            return await self._send(session, call, data, "", connect_s)

    async def _send(
        self,
        session: aiohttp.ClientSession,
        call: UpstreamCall,
        data: bytes | io.BytesIO | None,
        proxy: str,
        connect_s: float,
    ) -> aiohttp.ClientResponse:
        try:
            return await session.request(
                call.method,
                call.url,
                data=data,
                headers=call.headers,
                proxy=proxy or None,
                timeout=_connect_timeout(connect_s),
                allow_redirects=False,
                ssl=self._context() if "https:" in (call.url[:6], proxy[:6]) else True,
            )
        except aiohttp.ClientConnectorDNSError as exc:
            if not proxy:
                raise
            raise ProxyNameError from exc  # which looks up the provider's name itself

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = tls_context(self._ca_file)
        return self._tls


@lru_cache
def _connect_timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=seconds)


def _session(connector: aiohttp.BaseConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=None),
        read_bufsize=_READ_BUFFER,
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _with_port(proxy: str) -> str:
    parts = urlsplit(proxy)
    if parts.port is not None:
        return proxy
    return urlunsplit(parts._replace(netloc=f"{parts.netloc.rstrip(':')}:{_SOCKS_PORT}"))
