"""What comes from where new versions are: over the proxy and with the certificates of the router.

Nothing is sent but the request itself, with the program's name and version in `User-Agent`.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from ccr_desktop import __version__
from ccr_desktop.core.config.addresses import is_this_machine
from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.core.http_library import aiohttp
from ccr_desktop.core.protocol.sentences import ended
from ccr_desktop.core.upstream.connections import Connections
from ccr_desktop.core.upstream.proxies import proxy_for
from ccr_desktop.core.upstream.reasons import Part, reason_of
from ccr_desktop.errors import UpdateError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable

    from ccr_desktop.core.config.schema import Config

T = TypeVar("T")

_CONNECT_S = 8.0
_SILENCE_S = 30.0
_SMALL_S = 15.0  # for all of what is small, which somebody waits for
_PIECE = 2**18  # bytes
_MOST_HOPS = 5
_TOO_SLOW = "It did not answer in time."
_HINTS = {
    Part.HOST: "Check the network; one that needs a proxy has it in PROXY_URL.",
    Part.ADDRESS: "Check Desktop.updateSource and PROXY_URL.",
    Part.PROXY: "Check the proxy in PROXY_URL.",
    Part.TRUST: "A company's own authority goes into CA_FILE.",
    Part.BREAK: "Try again later.",
}
_HEADERS = {
    "User-Agent": f"ccr-desktop/{__version__}",
    "Accept": "application/vnd.github+json, application/octet-stream;q=0.9, */*;q=0.8",
    "Accept-Encoding": "identity",  # so that sizes are those of the files
}


class Web:
    """Used with `aclosing`, inside the loop that runs then."""

    def __init__(self, config: Config) -> None:
        self._proxy_url = config.proxy_url
        self._connections = Connections(config)

    async def aclose(self) -> None:
        await self._connections.close()

    async def read(self, url: str, most: int) -> bytes:
        """What is at *url*, if that is not more than *most* bytes."""
        try:
            async with asyncio.timeout(_SMALL_S):
                return b"".join([piece async for piece in self.pieces(url, most)])
        except TimeoutError as exc:
            raise self._failed(url, _TOO_SLOW) from exc

    async def pieces(self, url: str, most: int) -> AsyncGenerator[bytes]:
        """The same bit by bit. Raises `UpdateError` where it breaks off, or goes on too long."""
        count = 0
        async with self._answer(url) as answer:
            while piece := await _in_time(answer.content.read(_PIECE)):
                count += len(piece)
                if count > most:
                    raise self._failed(
                        url, f"It is larger than the {most} bytes that are expected."
                    )
                yield piece

    @asynccontextmanager
    async def _answer(self, url: str) -> AsyncIterator[aiohttp.ClientResponse]:
        try:
            answer = await self._followed(url)
            try:
                if answer.status != 200:
                    raise self._failed(url, f"It answered {answer.status} {answer.reason}.")
                yield answer
            finally:
                answer.close()
        except aiohttp.ClientPayloadError as exc:
            raise self._failed(url, "The download broke off before its end.") from exc
        except TimeoutError as exc:
            raise self._failed(url, _TOO_SLOW) from exc
        except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError) as exc:
            raise self._failed(url, _in_words(exc, url)) from exc

    async def _followed(self, url: str) -> aiohttp.ClientResponse:
        """The answer after all redirections, none of which may leave encryption."""
        source = url
        for _ in range(_MOST_HOPS):
            if not may_lead(source, url):
                raise self._failed(url, "Only addresses with https are accepted.")
            call = UpstreamCall(url, _HEADERS, b"", "GET")
            asking = self._connections.request(call, None, self._proxy(url), _CONNECT_S)
            answer = await _in_time(asking)
            place = answer.headers.get("Location")
            if answer.status not in {301, 302, 303, 307, 308} or not place:
                return answer
            answer.close()
            url = urljoin(url, place)
        raise self._failed(url, "It redirects too often.")

    def _proxy(self, url: str) -> str:
        return proxy_for(url, "", self._proxy_url)

    def _failed(self, url: str, reason: str) -> UpdateError:
        """With the proxy in use, which is not always one that the person knows of."""
        try:
            host, proxy = urlsplit(url).netloc, self._proxy(url)
        except ValueError:
            host = proxy = ""
        if proxy:
            asked = f"It was asked through the proxy {_without_password(proxy)}."
            reason = f"{reason} {asked}"
        return UpdateError(f"{host or url} gave no update", reason)


def may_lead(source: str, url: str) -> bool:
    """Whether what *source* says may be fetched from *url*: nobody can listen in there.

    On this computer encryption is not needed; but only what is on it leads to what is on it.
    """
    if urlsplit(url).scheme == "https":
        return True
    return all(urlsplit(one).scheme == "http" and is_this_machine(one) for one in (source, url))


async def _in_time(waiting: Awaitable[T]) -> T:
    async with asyncio.timeout(_SILENCE_S):
        return await waiting


def _in_words(exc: Exception, url: str) -> str:
    host = getattr(exc, "host", "") or urlsplit(url).hostname  # it may have led elsewhere
    reason = reason_of(exc, host or url)
    if reason is None:
        return f"{exc}."
    return f"{ended(reason.words[:1].upper() + reason.words[1:])} {_HINTS[reason.part]}"


def _without_password(proxy: str) -> str:
    return proxy.partition("://")[2].rpartition("@")[2]
