"""Calling providers: the only outbound HTTP, with our errors for all that goes wrong."""

from __future__ import annotations

import asyncio
import errno
import io
import logging
import os
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.protocol.masking import hide
from ccr_desktop.core.upstream.connections import Connections, SocksError
from ccr_desktop.core.upstream.demo import DemoReply
from ccr_desktop.core.upstream.failures import secrets_of, timed_out
from ccr_desktop.core.upstream.proxies import proxy_for
from ccr_desktop.core.upstream.timeouts import ReadTimer
from ccr_desktop.errors import (
    UpstreamError,
    UpstreamProtocolError,
    UpstreamUnreachable,
)

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Timeouts
    from ccr_desktop.core.dialects.base import Target, UpstreamCall
    from ccr_desktop.core.upstream.reply import Reply

log = logging.getLogger(__name__)

_DRAIN_S = 0.1
_PIECEMEAL_BYTES = 2**20
READ_ALL_S = 10.0  # for the reasons of a refusal, whose status is known already


class HttpReply:
    """An aiohttp answer with our errors."""

    def __init__(self, response: aiohttp.ClientResponse, target: Target) -> None:
        self.status = response.status
        self.headers: Mapping[str, str] = {
            name.lower(): value for name, value in response.headers.items()
        }
        self._response = response
        self._content = response.content
        self._target = target

    async def read_some(self) -> bytes:
        try:
            return await self._content.readany()
        except (aiohttp.ClientError, OSError) as exc:
            raise our_error(exc, self._target) from exc

    async def read_all(self, limit: int) -> bytes:
        parts: list[bytes] = []
        with suppress(TimeoutError, UpstreamError):
            async with asyncio.timeout(READ_ALL_S):
                while limit > 0 and (part := await self.read_some()):
                    parts.append(part[:limit])
                    limit -= len(part)
        return b"".join(parts)

    async def drain(self) -> None:
        """Read the little that may follow, so that the connection can serve the next request."""
        if self._content.at_eof():
            return
        try:
            async with asyncio.timeout(_DRAIN_S):
                while not self._content.at_eof():
                    await self._content.readany()
        except (TimeoutError, aiohttp.ClientError, OSError) as exc:
            log.debug("a connection is not used again: %s", exc)

    def close(self) -> None:
        if self._content.at_eof():
            self._response.release()
        else:
            self._response.close()


class UpstreamClient:
    """Sends requests to providers. Create it inside the loop that will use it."""

    def __init__(self, config: Config) -> None:
        self._proxy_url = config.proxy_url
        self._connections = Connections(config)

    def use(self, config: Config) -> None:
        """Send by *config* from now on."""
        self._proxy_url = config.proxy_url
        self._connections.use(config)

    async def close(self) -> None:
        await self._connections.close()

    async def open(
        self, call: UpstreamCall, target: Target, timeouts: Timeouts, proxy_url: str = ""
    ) -> Reply:
        """Send *call*; the reply is there when its headers are. Whoever has it closes it."""
        if call.url.startswith("demo:"):
            return DemoReply(call.body)
        return HttpReply(await self._send(call, target, timeouts, proxy_url), target)

    async def _send(
        self, call: UpstreamCall, target: Target, timeouts: Timeouts, proxy_url: str
    ) -> aiohttp.ClientResponse:
        data = _payload(call.body) if call.body else None
        try:
            proxy = proxy_for(call.url, proxy_url, self._proxy_url)
            sending = self._connections.request(call, data, proxy, timeouts.connect_s)
            with ReadTimer() as timer:
                return await timer.run(sending, timeouts.first_byte_s)
        except (aiohttp.ClientError, ssl.SSLError) as exc:
            raise our_error(exc, target) from exc
        except TimeoutError as exc:
            raise timed_out(target, f"no answer within {timeouts.first_byte_s:g} s") from exc
        except (OSError, ValueError) as exc:
            raise our_error(exc, target) from exc


def _payload(body: bytes) -> bytes | io.BytesIO:
    """A large body is sent in pieces, so that other streams go on meanwhile."""
    return io.BytesIO(body) if len(body) > _PIECEMEAL_BYTES else body


def our_error(exc: Exception, target: Target) -> UpstreamError:
    """What aiohttp raised, as an error of ours."""
    host = urlsplit(target.url).netloc
    hint = "check api_base_url"
    was_connected = False
    match exc:
        case aiohttp.ServerTimeoutError():
            return timed_out(target, f"{host} did not take the connection in time")
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError() | SocksError():
            reason, hint = _proxy_reason(exc), "check proxy_url and PROXY_URL"
        case aiohttp.ClientConnectorDNSError():
            reason = f"the name {host} can't be resolved"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError() | ssl.SSLError():
            reason, hint = _tls_reason(exc, host)
        case aiohttp.ClientConnectorError(os_error=os_error):
            what = "nothing answers at" if _is_refused(os_error) else "no connection to"
            reason = f"{what} {host} ({_words(os_error)})"
        case aiohttp.InvalidURL():
            reason, hint = f"{redact(str(exc))} is no address", "check api_base_url and proxy_url"
        case ValueError():
            said = redact(hide(str(exc), secrets_of(target)))
            reason = f"the request can't be written ({said})"
            hint = "check api_base_url, api_key and headers"
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
            reason, hint = f"{host} broke the connection off", "try again, or choose another model"
            was_connected = True
        case _:
            return _garbled(target, exc)
    title = f"{target.provider},{target.model} can't be reached"
    return UpstreamUnreachable(
        target.provider, target.model, title, f"{reason}; {hint}.", was_connected=was_connected
    )


def _is_refused(error: OSError) -> bool:
    """Whether the machine is there and nothing listens; of several addresses any counts."""
    return error.errno == errno.ECONNREFUSED or f"[Errno {errno.ECONNREFUSED}]" in str(error)


def _words(error: OSError) -> str:
    """The system's own words: asyncio puts the call and its arguments in their place."""
    if _is_refused(error):
        return "connection refused"
    return os.strerror(error.errno) if error.errno else error.strerror or str(error)


def _tls_reason(exc: Exception, host: str) -> tuple[str, str]:
    """What went wrong, and what to look at."""
    inner = getattr(exc, "certificate_error", getattr(exc, "os_error", exc))
    if isinstance(inner, ssl.SSLCertVerificationError):
        reason = f"the certificate of {host} is not trusted ({inner.verify_message})"
        return reason, "a company's own authority goes into CA_FILE"
    return f"{host} does not speak TLS as it should ({inner})", "check api_base_url"


def _proxy_reason(exc: aiohttp.ClientError) -> str:
    match exc:
        case aiohttp.ClientProxyConnectionError(os_error=os_error):
            return f"its proxy does not answer ({_words(os_error)})"
        case aiohttp.ClientHttpProxyError():
            return f"its proxy refused ({exc.status} {redact(exc.message)})"
        case _:
            return f"its proxy gave no connection ({redact(str(exc))})"


def _garbled(target: Target, exc: Exception) -> UpstreamProtocolError:
    title = f"{target.provider},{target.model} sent an answer that can't be read"
    message = f"{redact(str(exc))}; check api_base_url, or choose another model."
    return UpstreamProtocolError(target.provider, target.model, title, message)
