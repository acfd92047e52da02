"""The management paths, for the command line and the desktop app of the same user.

All but `/api/openapi.json` want the run's token, which stands in the service's run file. What they
take and answer is described in `resources/openapi.json`.
"""

from __future__ import annotations

import asyncio
import hmac
import math
import os
from typing import TYPE_CHECKING

from ccr_desktop import __version__, paths
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.http_library import web
from ccr_desktop.core.protocol.json import JsonObject
from ccr_desktop.core.server.answers import json_answer, read_body, read_object
from ccr_desktop.core.server.config_paths import ConfigPaths
from ccr_desktop.core.server.event_stream import stream_events
from ccr_desktop.core.server.log_files import list_logs, read_log
from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.observe.health import ProviderHealth
    from ccr_desktop.core.relay import Relay
    from ccr_desktop.core.server.host import Host

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TOKEN_HEADER = "x-ccr-token"  # noqa: S105  # the name of a header
DESCRIPTION = "openapi.json"
_TOLD = 200  # decisions, unless more are asked for
_MOST_LINES = 10_000
_MOST_MINUTES = 7 * 24 * 60


class Management:
    """Handlers behind the run's token."""

    def __init__(self, host: Host, relay: Relay) -> None:
        self._host = host
        self._relay = relay
        self._file = ConfigPaths(host, relay)
        self._token = host.token.encode()
        self._holders = 0
        self._is_kept = False
        self._released = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        guarded: dict[tuple[str, str], Handler] = {
            ("GET", "/api/hold"): self.hold,
            ("POST", "/api/explain"): self.explain,
            ("GET", "/api/status"): self.status,
            ("POST", "/api/stop"): self.stop,
            ("POST", "/api/pause"): self.pause,
            ("POST", "/api/resume"): self.resume,
            ("POST", "/api/keep"): self.keep,
            ("POST", "/api/reload"): self._file.reload,
            ("GET", "/api/config"): self._file.config,
            ("PUT", "/api/config"): self._file.save_config,
            ("GET", "/api/config/issues"): self._file.issues,
            ("GET", "/api/config/versions"): self._file.versions,
            ("POST", "/api/config/restore"): self._file.restore,
            ("GET", "/api/providers"): self.providers,
            ("POST", "/api/requests/{id}/stop"): self.stop_request,
            ("GET", "/api/decisions"): self.decisions,
            ("GET", "/api/events"): self.events,
            ("GET", "/api/logs"): self.logs,
            ("GET", "/api/logs/{name}"): self.log,
        }
        return [
            web.get("/api/openapi.json", self.description),
            *(
                web.route(method, path, self._guarded(handler))
                for (method, path), handler in guarded.items()
            ),
        ]

    def release_all(self) -> None:
        """The service stops: nobody can keep it, or goes on listening."""
        self._released.set()

    def close(self) -> None:
        """Nobody asks any more; see `Api.close`."""
        self._file.close()
        del self._relay, self._host

    # -- the service -----------------------------------------------------------------------

    async def description(self, _: web.Request) -> web.Response:
        body = paths.resource(DESCRIPTION).read_bytes()
        return web.Response(body=body, content_type="application/json")

    async def hold(self, request: web.Request) -> web.StreamResponse:
        """Keep the service running for as long as the caller keeps this connection open."""
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"held\n")
        self._change_holders(+1)
        try:
            await self._released.wait()  # or by cancellation, when the connection closes
        finally:
            self._change_holders(-1)
        return response

    async def status(self, _: web.Request) -> web.Response:
        host, config = self._host, self._host.config
        return json_answer(
            {
                "running": True,
                "version": __version__,
                "pid": os.getpid(),
                "url": host.url,
                "since_s": host.since_s,
                "config": str(config.source) if config.source else None,
                "route_set": config.route_set or None,
                "routes": {
                    scenario: [str(route) for route in routes]
                    for scenario, routes in config.router.routes.items()
                },
                "running_requests": max(0, host.running_requests - 1),  # this one is no work
                "holders": self._holders,
                **self._pause(),
                "problems": [str(issue) for issue in host.issues],
                "file_out_of_force": _out_of_force(host.store),
            }
        )

    async def stop(self, _: web.Request) -> web.Response:
        """Stop as at a signal: running streams may end."""
        asyncio.get_running_loop().call_later(0.05, self._host.stop_wanted.set)
        return json_answer({"stopping": True})

    async def pause(self, request: web.Request) -> web.Response:
        """Send everything to the default route, for some minutes or until it is resumed."""
        minutes = (await read_object(request)).get("minutes")
        if minutes is None:
            self._host.pause_routing(None)
        elif isinstance(minutes, bool) or not isinstance(minutes, int | float):
            raise ClientError("minutes: a number is required, or null: until it is resumed")
        elif not 0 < minutes <= _MOST_MINUTES:
            raise ClientError(f"minutes: a number above 0 and up to {_MOST_MINUTES} is allowed")
        else:
            self._host.pause_routing(minutes * 60)
        return json_answer(self._pause())

    async def resume(self, _: web.Request) -> web.Response:
        self._host.resume_routing()
        return json_answer(self._pause())

    def _pause(self) -> JsonObject:
        until_s = self._host.paused_until_s
        is_open = until_s is None or math.isinf(until_s)
        return {"paused": until_s is not None, "paused_until_s": None if is_open else until_s}

    async def keep(self, _: web.Request) -> web.Response:
        """Count the user who started the service as one who holds it, for good."""
        if not self._is_kept:
            self._is_kept = True
            self._change_holders(+1)
        return json_answer({"kept": True})

    async def explain(self, request: web.Request) -> web.Response:
        """The decision for a request body; nothing is sent."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        del headers[TOKEN_HEADER]
        decision = await self._relay.route(Exchange(raw=await read_body(request), headers=headers))
        return json_answer(decision.as_json())

    async def providers(self, _: web.Request) -> web.Response:
        return json_answer(
            {
                "providers": [
                    {
                        "name": provider.name,
                        "url": masked(provider.url),
                        "dialect": provider.dialect,
                        "models": list(provider.models),
                        "paused": provider.paused,
                        "has_key": bool(provider.api_key or provider.keys),
                        "key_problem": provider.key_problem or None,
                        "health": _health(self._host.health.of(provider.name)),
                    }
                    for provider in self._host.config.providers.values()
                ]
            }
        )

    # -- what happened ---------------------------------------------------------------------

    async def decisions(self, request: web.Request) -> web.Response:
        """The latest decisions, newest first, with what became of them."""
        limit = _number(request, "limit", _TOLD)
        told = [
            {**chosen.as_json(), "outcome": entry.ended.as_json() if entry.ended else None}
            for entry in self._host.journal.entries
            if (chosen := entry.chosen)
        ]
        return json_answer({"decisions": told[:limit]})

    async def stop_request(self, request: web.Request) -> web.Response:
        request_id = request.match_info["id"]
        if not self._host.cancel_request(request_id):
            hint = "GET /api/decisions tells the latest."
            raise ClientError(f"No request {request_id[:100]!r} is running", hint, status=404)
        return json_answer({"stopping": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What happens, as server-sent events."""
        return await stream_events(request, self._host.bus, self._released)

    async def logs(self, _: web.Request) -> web.Response:
        return json_answer({"logs": await asyncio.to_thread(list_logs, paths.log_dir())})

    async def log(self, request: web.Request) -> web.Response:
        """The last lines of one log file."""
        count = _number(request, "lines", 200)
        name = request.match_info["name"]
        lines = await asyncio.to_thread(read_log, paths.log_dir(), name, min(count, _MOST_LINES))
        return json_answer({"name": name, "lines": lines})

    # -- access ----------------------------------------------------------------------------

    def _guarded(self, handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            given = request.headers.get(TOKEN_HEADER, "").encode("utf-8", "surrogateescape")
            if not hmac.compare_digest(given, self._token):
                hint = "The token is in the run file of the service."
                raise ClientError("The management token is missing or wrong", hint, status=401)
            return await handler(request)

        return checked

    def _change_holders(self, change: int) -> None:
        self._holders += change
        self._host.note_holders(self._holders)


def _health(health: ProviderHealth) -> JsonObject:
    return {
        "state": health.state.value,
        "since_s": health.since_s,
        "until_s": health.until_s,
        "latency_s": health.latency_s,
        "last_failure": health.reason or None,
        "failed_at_s": health.failed_at_s,
    }


def _out_of_force(store: ConfigStore | None) -> JsonObject | None:
    """The file that has errors, while the configuration from before serves on."""
    if store is None or not store.problems:
        return None
    return {
        "path": str(store.path),
        "since_s": store.problems_since_s,
        "errors": [str(issue) for issue in store.problems if issue.severity == "error"],
    }


def _number(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ClientError(f"{name}: {text[:40]!r} is no number")
    return int(text)
