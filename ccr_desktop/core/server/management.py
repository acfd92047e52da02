"""The management paths, for the command line and the desktop app of the same user."""

from __future__ import annotations

import asyncio
import hmac
from typing import TYPE_CHECKING

from aiohttp import web

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.relay import Relay

TOKEN_HEADER = "x-ccr-token"  # noqa: S105  # the name of a header


class Management:
    """Handlers behind the run's token. `on_holders` hears how many programs need the service."""

    def __init__(self, relay: Relay, token: str, on_holders: Callable[[int], None]) -> None:
        self._relay = relay
        self._token = token.encode()
        self._on_holders = on_holders
        self._holders = 0
        self._released = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/api/hold", self.hold), web.post("/api/explain", self.explain)]

    async def hold(self, request: web.Request) -> web.StreamResponse:
        """Keep the service running for as long as the caller keeps this connection open."""
        self._check(request)
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"held\n")
        self._change_holders(+1)
        try:
            await self._released.wait()  # or by cancellation, when the connection closes
        finally:
            self._change_holders(-1)
        return response

    def release_all(self) -> None:
        """The service stops: nobody can keep it."""
        self._released.set()

    async def explain(self, request: web.Request) -> web.Response:
        """The decision for a request body; nothing is sent."""
        self._check(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        decision = await self._relay.route(Exchange(raw=await request.read(), headers=headers))
        return web.Response(body=dumps_safe(decision.as_json()), content_type="application/json")

    def _check(self, request: web.Request) -> None:
        given = request.headers.get(TOKEN_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._token):
            hint = "The token is in the run file of the service."
            raise ClientError("The management token is missing or wrong", hint, status=401)

    def _change_holders(self, change: int) -> None:
        self._holders += change
        self._on_holders(self._holders)
