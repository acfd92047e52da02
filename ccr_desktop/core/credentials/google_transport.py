"""How google-auth sends requests: from its thread, by the connections of the service."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from google.auth import exceptions, transport

from ccr_desktop.core.dialects.base import UpstreamCall
from ccr_desktop.errors import CcrError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Fetch, UpstreamAnswer


class Response(transport.Response):
    """An answer as google-auth wants it."""

    def __init__(self, answer: UpstreamAnswer) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def data(self) -> bytes:
        return self._answer.body


class Transport(transport.Request):
    """Sends requests in *loop*; to be called from another thread than that of the loop."""

    def __init__(self, fetch: Fetch, loop: asyncio.AbstractEventLoop) -> None:
        self._fetch = fetch
        self._loop = loop

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_kwargs: Any,
    ) -> Response:
        content = body.encode() if isinstance(body, str) else body or b""
        call = UpstreamCall(url, dict(headers or {}), content, method)
        answer = asyncio.run_coroutine_threadsafe(self._answer(call), self._loop)
        try:
            return Response(answer.result(timeout))
        except (CcrError, TimeoutError, CancelledError) as exc:
            answer.cancel()
            raise exceptions.TransportError(f"{url} does not answer") from exc

    async def _answer(self, call: UpstreamCall) -> UpstreamAnswer:
        return await self._fetch(call)
