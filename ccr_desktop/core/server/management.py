"""The management paths, for the command line and the desktop app of the same user.

All but `/api/openapi.json` want the run's token, which stands in the service's run file. What they
take and answer is described in `resources/openapi.json`.
"""

from __future__ import annotations

import asyncio
import hmac
import math
import os
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from ccr_desktop import __version__, paths
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, dumps_safe, loads
from ccr_desktop.core.server.answers import read_body
from ccr_desktop.core.server.event_stream import stream_events
from ccr_desktop.core.server.log_files import list_logs, read_log
from ccr_desktop.core.setup.secret_fields import masked
from ccr_desktop.core.setup.unmasking import unmasked
from ccr_desktop.errors import ClientError, ConfigConflict, ConfigError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.config.store import ConfigStore
    from ccr_desktop.core.config.versions import Version
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.observe.health import Health, ProviderHealth
    from ccr_desktop.core.observe.journal import Journal
    from ccr_desktop.core.relay import Relay

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TOKEN_HEADER = "x-ccr-token"  # noqa: S105  # the name of a header
DESCRIPTION = "openapi.json"
_TOLD = 200  # decisions, unless more are asked for
_MOST_LINES = 10_000
_MOST_MINUTES = 7 * 24 * 60


class Host(Protocol):
    """The service as its management sees it."""

    config: Config
    store: ConfigStore | None
    bus: EventBus
    health: Health
    journal: Journal
    url: str
    since_s: float
    token: str
    stop_wanted: asyncio.Event

    @property
    def running_requests(self) -> int: ...
    @property
    def issues(self) -> list[Issue]: ...
    @property
    def paused_until_s(self) -> float | None: ...
    def pause_routing(self, seconds: float | None) -> None: ...
    def resume_routing(self) -> None: ...
    def cancel_request(self, request_id: str) -> bool: ...
    def note_holders(self, count: int) -> None: ...
    async def change(
        self, edit: Callable[[JsonObject], JsonObject], base: str | None = None
    ) -> Config: ...
    async def versions(self) -> list[Version]: ...
    async def restore(self, version_id: str) -> Config: ...
    async def reload(self, *, always: bool = False) -> None: ...


class Management:
    """Handlers behind the run's token."""

    def __init__(self, host: Host, relay: Relay) -> None:
        self._host = host
        self._relay = relay
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
            ("POST", "/api/reload"): self.reload,
            ("GET", "/api/config"): self.config,
            ("PUT", "/api/config"): self.save_config,
            ("GET", "/api/config/issues"): self.issues,
            ("GET", "/api/config/versions"): self.versions,
            ("POST", "/api/config/restore"): self.restore,
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
        return _json(
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
        return _json({"stopping": True})

    async def pause(self, request: web.Request) -> web.Response:
        """Send everything to the default route, for some minutes or until it is resumed."""
        minutes = (await _object(request)).get("minutes")
        if minutes is None:
            self._host.pause_routing(None)
        elif isinstance(minutes, bool) or not isinstance(minutes, int | float):
            raise ClientError("minutes: a number is required, or null: until it is resumed")
        elif not 0 < minutes <= _MOST_MINUTES:
            raise ClientError(f"minutes: a number above 0 and up to {_MOST_MINUTES} is allowed")
        else:
            self._host.pause_routing(minutes * 60)
        return _json(self._pause())

    async def resume(self, _: web.Request) -> web.Response:
        self._host.resume_routing()
        return _json(self._pause())

    def _pause(self) -> JsonObject:
        until_s = self._host.paused_until_s
        is_open = until_s is None or math.isinf(until_s)
        return {"paused": until_s is not None, "paused_until_s": None if is_open else until_s}

    async def keep(self, _: web.Request) -> web.Response:
        """Count the user who started the service as one who holds it, for good."""
        if not self._is_kept:
            self._is_kept = True
            self._change_holders(+1)
        return _json({"kept": True})

    async def explain(self, request: web.Request) -> web.Response:
        """The decision for a request body; nothing is sent."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        del headers[TOKEN_HEADER]
        decision = await self._relay.route(Exchange(raw=await read_body(request), headers=headers))
        return _json(decision.as_json())

    # -- configuration ---------------------------------------------------------------------

    async def reload(self, _: web.Request) -> web.Response:
        await self._host.reload(always=True)
        await self._relay.look()
        return await self.issues(_)

    async def issues(self, _: web.Request) -> web.Response:
        return _json(
            {
                "issues": [
                    {
                        "where": issue.where,
                        "problem": issue.problem,
                        "hint": issue.hint,
                        "severity": issue.severity,
                    }
                    for issue in self._host.issues
                ]
            }
        )

    async def config(self, _: web.Request) -> web.Response:
        """The file as it is written, with secrets masked; references stay."""
        store = self._host.store
        return _json(
            {
                "path": str(self._host.config.source) if self._host.config.source else None,
                "save_path": str(store.save_path) if store else None,
                "revision": store.revision if store else None,
                "config": masked(dict(self._host.config.raw)),
            }
        )

    async def save_config(self, request: web.Request) -> web.Response:
        """Replace the file. `revision` is that of the state which was changed; masks stay."""
        wanted = await _object(request)
        raw = wanted.get("config")
        if not isinstance(raw, dict):
            raise ClientError("config: an object is required")
        base = wanted.get("revision")
        if not isinstance(base, str | None):
            raise ClientError("revision: a text is required", "GET /api/config tells it.")
        return await self._changed(self._host.change(lambda old: unmasked(raw, old), base))

    async def versions(self, _: web.Request) -> web.Response:
        found = await self._host.versions()
        return _json({"versions": [{"id": v.name, "kept_s": v.kept_at.timestamp()} for v in found]})

    async def restore(self, request: web.Request) -> web.Response:
        version = str((await _object(request)).get("version") or "")
        return await self._changed(self._host.restore(version))

    async def _changed(self, change: Awaitable[Config]) -> web.Response:
        try:
            await change
        except ConfigConflict as exc:
            raise ClientError(exc.title, exc.message, status=409) from exc
        except ConfigError as exc:
            raise ClientError(exc.title, exc.message) from exc
        store = self._host.store
        return _json({"revision": store.revision if store else None})

    async def providers(self, _: web.Request) -> web.Response:
        return _json(
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
        return _json({"decisions": told[:limit]})

    async def stop_request(self, request: web.Request) -> web.Response:
        request_id = request.match_info["id"]
        if not self._host.cancel_request(request_id):
            hint = "GET /api/decisions tells the latest."
            raise ClientError(f"No request {request_id[:100]!r} is running", hint, status=404)
        return _json({"stopping": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What happens, as server-sent events."""
        return await stream_events(request, self._host.bus, self._released)

    async def logs(self, _: web.Request) -> web.Response:
        return _json({"logs": await asyncio.to_thread(list_logs, paths.log_dir())})

    async def log(self, request: web.Request) -> web.Response:
        """The last lines of one log file."""
        count = _number(request, "lines", 200)
        name = request.match_info["name"]
        lines = await asyncio.to_thread(read_log, paths.log_dir(), name, min(count, _MOST_LINES))
        return _json({"name": name, "lines": lines})

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


def _json(payload: JsonObject) -> web.Response:
    return web.Response(body=dumps_safe(payload), content_type="application/json")


async def _object(request: web.Request) -> JsonObject:
    try:
        value = loads(await read_body(request))
    except JSONDecodeError as exc:
        raise ClientError("The request body is not valid JSON", str(exc)) from exc
    if not isinstance(value, dict):
        raise ClientError("The request body must be a JSON object")
    return value


def _number(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ClientError(f"{name}: {text[:40]!r} is no number")
    return int(text)
