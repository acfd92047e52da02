"""Calling providers: the only outbound HTTP, one connection pool for the life of the service."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import aiohttp

from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.providers.catalog import LOOPBACK
from ccr_desktop.core.upstream.demo import DemoReply
from ccr_desktop.errors import UpstreamProtocolError, UpstreamTimeout, UpstreamUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.config.schema import Timeouts
    from ccr_desktop.core.dialects.base import Target, UpstreamCall

_KEEPALIVE_S = 60
_READ_BUFFER = 2**18  # bytes in flight per stream before the provider is asked to wait


class Reply(Protocol):
    """An answer whose status and headers have arrived. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]

    async def read_some(self) -> bytes:
        """The bytes that are there, waiting for at least one; empty at the end."""
        ...

    async def read_all(self, limit: int) -> bytes:
        """The rest of the body, at most *limit* bytes."""
        ...


class HttpReply:
    """An aiohttp answer with our errors."""

    def __init__(self, response: aiohttp.ClientResponse, target: Target) -> None:
        self.status = response.status
        self.headers: Mapping[str, str] = {
            name.lower(): value for name, value in response.headers.items()
        }
        self._content = response.content
        self._target = target

    async def read_some(self) -> bytes:
        with upstream_errors(self._target):
            return await self._content.readany()

    async def read_all(self, limit: int) -> bytes:
        parts: list[bytes] = []
        while limit > 0 and (part := await self.read_some()):
            parts.append(part[:limit])
            limit -= len(part)
        return b"".join(parts)


class UpstreamClient:
    """The connection pool. Create it inside the loop that will use it."""

    def __init__(self, proxy_url: str = "") -> None:
        self._proxy_url = proxy_url
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEPALIVE_S),
            timeout=aiohttp.ClientTimeout(total=None),
            read_bufsize=_READ_BUFFER,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        await self._session.close()

    @asynccontextmanager
    async def open(
        self, call: UpstreamCall, target: Target, timeouts: Timeouts, proxy_url: str = ""
    ) -> AsyncIterator[Reply]:
        """Send *call*; the reply is there when its headers are. Leaving closes the connection."""
        if urlsplit(call.url).scheme == "demo":
            yield DemoReply(call.body)
            return
        with upstream_errors(target):
            request = self._session.post(
                call.url,
                data=call.body,
                headers=call.headers,
                proxy=self._proxy_for(call.url, proxy_url),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=timeouts.connect_s),
                allow_redirects=False,
            )
            try:
                async with asyncio.timeout(timeouts.first_byte_s):
                    response = await request
            except TimeoutError as exc:
                if isinstance(exc, aiohttp.ServerTimeoutError):
                    raise
                raise _timeout(target, f"no answer within {timeouts.first_byte_s:g} s") from exc
        try:
            yield HttpReply(response, target)
        finally:
            # Nothing is read to the end for the sake of reuse: a cancelled stream must end now.
            if response.content.at_eof():
                response.release()
            else:
                response.close()

    def _proxy_for(self, url: str, proxy_url: str) -> str | None:
        host = urlsplit(url).hostname or ""
        if host in LOOPBACK or proxy_bypass(host):
            return None
        return proxy_url or self._proxy_url or None


@contextmanager
def upstream_errors(target: Target) -> Iterator[None]:
    """Turns what aiohttp raises into our errors, once."""
    host = urlsplit(target.url).netloc
    try:
        yield
    except aiohttp.ServerTimeoutError as exc:
        raise _timeout(target, f"{host} did not take the connection in time") from exc
    except aiohttp.ClientConnectorDNSError as exc:
        raise _unreachable(
            target, f"the name {host} can't be resolved; check api_base_url"
        ) from exc
    except (aiohttp.ClientConnectorCertificateError, ssl.SSLError) as exc:
        raise _unreachable(target, f"the certificate of {host} is not trusted: {exc}") from exc
    except aiohttp.ClientConnectorError as exc:
        reason = exc.os_error.strerror or str(exc.os_error)
        raise _unreachable(target, f"no connection to {host}: {reason}") from exc
    except aiohttp.ContentTypeError as exc:
        raise _garbled(target, exc) from exc
    except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, OSError) as exc:
        raise _unreachable(target, f"{host} broke the connection off") from exc
    except aiohttp.InvalidURL as exc:
        raise _unreachable(target, f"{redact(target.url)} is no address") from exc
    except aiohttp.ClientError as exc:
        raise _garbled(target, exc) from exc


def _timeout(target: Target, reason: str) -> UpstreamTimeout:
    title = f"{target.provider},{target.model} timed out"
    return UpstreamTimeout(target.provider, target.model, title, f"{reason}.")


def _unreachable(target: Target, reason: str) -> UpstreamUnreachable:
    title = f"{target.provider} can't be reached"
    return UpstreamUnreachable(target.provider, target.model, title, f"{reason}.")


def _garbled(target: Target, exc: Exception) -> UpstreamProtocolError:
    title = f"{target.provider} sent an answer that can't be read"
    return UpstreamProtocolError(target.provider, target.model, title, redact(str(exc)))
