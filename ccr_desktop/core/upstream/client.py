"""Calling providers: the only outbound HTTP, with our errors for all that goes wrong."""

from __future__ import annotations

import asyncio
import io
import logging
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.config.sign_ins import signs_in_twice
from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.protocol.masking import hide
from ccr_desktop.core.upstream.connections import Connections
from ccr_desktop.core.upstream.demo import DemoReply
from ccr_desktop.core.upstream.failures import secrets_of, timed_out
from ccr_desktop.core.upstream.proxies import proxy_for
from ccr_desktop.core.upstream.reasons import Part, TwoSignIns, reason_of
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
_HINTS = {
    Part.HOST: "check api_base_url",
    Part.ADDRESS: "check api_base_url and proxy_url",
    Part.PROXY: "check proxy_url and PROXY_URL",
    Part.TRUST: "a company's own authority goes into CA_FILE",
    Part.SIGN_IN: "take the sign-in out of api_base_url, or remove the key",
    Part.BREAK: "try again, or choose another model",
}
_NO_SETTING = "check the network and PROXY_URL"  # no setting names the address of a token
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
            if signs_in_twice(call.url, call.headers):
                raise TwoSignIns  # it is told as the others are
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
    host = urlsplit(target.url).netloc.rpartition("@")[2]
    if isinstance(exc, aiohttp.ServerTimeoutError):
        return timed_out(target, f"{host} did not take the connection in time")
    if reason := reason_of(exc, host):
        words, hint = reason.words, _HINTS[reason.part]
        if reason.part is Part.HOST and not target.dialect:
            hint = _NO_SETTING
    elif isinstance(exc, ValueError):
        said = redact(hide(str(exc), secrets_of(target)))
        words = f"the request can't be written ({said})"
        hint = "check api_base_url, api_key and headers"
    else:
        return _garbled(target, exc)
    return UpstreamUnreachable(
        target.provider,
        target.model,
        f"{target.label} can't be reached",
        f"{words}; {hint}.",
        was_connected=reason is not None and reason.part is Part.BREAK,
    )


def _garbled(target: Target, exc: Exception) -> UpstreamProtocolError:
    title = f"{target.label} sent an answer that can't be read"
    message = f"{redact(str(exc))}; check api_base_url, or choose another model."
    return UpstreamProtocolError(target.provider, target.model, title, message)
