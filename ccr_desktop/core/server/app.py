"""The HTTP surface: one handler a path, one place where errors become answers."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from contextvars import ContextVar
from typing import TYPE_CHECKING

from aiohttp import web

from ccr_desktop import __version__
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.ids import new_id
from ccr_desktop.core.protocol.failures import Failure, envelope
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.protocol.sinks import error_event
from ccr_desktop.core.server.access import AccessPolicy
from ccr_desktop.core.server.models import find_model, list_models
from ccr_desktop.core.upstream.failures import failure_of_error
from ccr_desktop.errors import CcrError, ClientError, UpstreamRejected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.relay import Relay
    from ccr_desktop.core.server.management import Management

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024 * 1024
_JSON = "application/json"
_request_id = ContextVar("request_id", default="")  # aiohttp gives each request a context
_STOPPING = Failure.of(503, "The router is stopping. Ask again once it runs.")
_STREAM_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",  # nginx would collect the events
}


class Api:
    """The handlers for clients. Running requests get *grace_s* to finish when the service stops."""

    def __init__(
        self, relay: Relay, config: Config, management: Management, grace_s: float
    ) -> None:
        self._relay = relay
        self._config = config
        self._access = AccessPolicy(config)
        self._management = management
        self._grace_s = grace_s
        self._is_stopping = False
        self._running: set[asyncio.Task[object]] = set()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[self._guard])
        app.add_routes(
            [
                web.post("/v1/messages", self.messages),
                web.post("/v1/messages/count_tokens", self.count_tokens),
                web.get("/v1/models", self.models),
                web.get("/v1/models/{model:.+}", self.model),
                web.get("/health", self.health),
                web.get("/", self.about),
                *self._management.routes(),
            ]
        )
        app.on_shutdown.append(self._drain)
        return app

    async def _drain(self, _app: web.Application) -> None:
        self._management.release_all()
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=self._grace_s)
        self._is_stopping = True
        for task in late:
            task.cancel("the router stopped")

    @web.middleware
    async def _guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Check access, and give every answer its id."""
        request_id = new_id("req")
        _request_id.set(request_id)
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # handlers run in tasks
        self._running.add(task)
        try:
            response = await self._answer(request, handler)
        finally:
            self._running.discard(task)
        if not response.prepared:
            if request.content.exception():
                response.force_close()  # where the next request would begin is not known
            response.headers.setdefault("request-id", request_id)
            response.headers.setdefault("x-ccr-request-id", request_id)
        return response

    async def _answer(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Turn every error into an answer that clients understand."""
        request_id = _request_id.get()
        try:
            self._check(request)
            return await handler(request)
        except CcrError as exc:
            return _error_response(exc, request_id)
        except web.HTTPRequestEntityTooLarge:
            return _error_response(_too_large(), request_id)
        except web.HTTPNotFound:
            return _error_response(_no_such_path(request), request_id)
        except web.HTTPMethodNotAllowed as exc:
            return _error_response(_wrong_method(request, exc), request_id)
        except web.HTTPException as exc:
            return _error_response(ClientError(exc.reason, status=exc.status), request_id)
        except asyncio.CancelledError:
            if not self._has_been_stopped():
                raise
            return _failure_response(_STOPPING, {}, request_id)
        except ConnectionError:
            raise  # the client went away
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            message = "The router failed on this request. The log says more."
            return _failure_response(Failure.of(500, message), {}, request_id)

    def _check(self, request: web.Request) -> None:
        self._access.check(request.path, request.headers)
        if (request.content_length or 0) > MAX_BODY_BYTES:
            raise _too_large()

    # -- handlers --------------------------------------------------------------------------

    async def messages(self, request: web.Request) -> web.StreamResponse:
        exchange = Exchange(
            raw=await _read_body(request),
            headers={name.lower(): value for name, value in request.headers.items()},
            query=request.rel_url.raw_query_string,
            id=_request_id.get(),
        )
        try:
            await self._relay.admit(exchange)
            if exchange.is_stream:
                return await self._stream(request, exchange)
            body = await self._relay.answer(exchange)
            return web.Response(body=body, content_type=_JSON, headers=_answer_headers(exchange))
        except CcrError as exc:
            return _error_response(exc, exchange.id, _answer_headers(exchange))

    async def _stream(self, request: web.Request, exchange: Exchange) -> web.StreamResponse:
        response: web.StreamResponse | None = None
        try:
            async with aclosing(self._relay.stream(exchange)) as chunks:
                first = await anext(chunks)  # an error here still gets its status
                headers = {**_STREAM_HEADERS, **_answer_headers(exchange)}
                response = web.StreamResponse(headers=headers)
                await response.prepare(request)
                await response.write(first)
                async for chunk in chunks:
                    if exchange.failure and _loses_error_events(exchange) and request.transport:
                        request.transport.abort()
                        return response
                    await response.write(chunk)
        except asyncio.CancelledError:
            if response is None or not self._has_been_stopped():
                raise
            await response.write(error_event(_STOPPING, exchange.id))
        await response.write_eof()
        return response

    def _has_been_stopped(self) -> bool:
        """Whether this request was cancelled because the service stops, and may still say so."""
        task = asyncio.current_task()
        if self._is_stopping and task is not None and task.cancelling():
            task.uncancel()
            return True
        return False

    async def count_tokens(self, request: web.Request) -> web.Response:
        body = parse_body(await _read_body(request))
        if not isinstance(body.get("messages"), list):
            raise ClientError("messages: a list is required")
        tokens, _ = await self._relay.count(body, exactly=True)
        return _json({"input_tokens": tokens})

    async def models(self, _request: web.Request) -> web.Response:
        return _json(list_models(self._config))

    async def model(self, request: web.Request) -> web.Response:
        model_id = request.match_info["model"]
        found = find_model(self._config, model_id)
        if found is None:
            raise ClientError(f"No model {model_id!r}", "GET /v1/models lists all.", status=404)
        return _json(found)

    async def health(self, _request: web.Request) -> web.Response:
        return _json({"status": "ok", "version": __version__})

    async def about(self, _request: web.Request) -> web.Response:
        return _json({"name": "CCR Desktop", "version": __version__, "messages": "/v1/messages"})


def _loses_error_events(exchange: Exchange) -> bool:
    """Whether the client must be told of a failure in mid-stream by a broken connection.

    Claude Code 1 may drop an `error` event that closely follows other events, and the turn with
    it; a connection that breaks makes it ask again.
    """
    return exchange.headers.get("user-agent", "").startswith("claude-cli/1.")


# -- answers -----------------------------------------------------------------------------------


async def _read_body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except asyncio.CancelledError:
        raise
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as exc:
        request.content.feed_eof()  # or aiohttp goes on reading, and logs the same again
        hint = f"{request.headers.get('Content-Encoding', 'no encoding')} was announced."
        raise ClientError("The request body can't be unpacked", hint) from exc


def _json(payload: JsonObject, status: int = 200) -> web.Response:
    return web.Response(body=dumps_safe(payload), content_type=_JSON, status=status)


def _answer_headers(exchange: Exchange) -> dict[str, str]:
    headers = {**exchange.reply_headers, "request-id": exchange.id, "x-ccr-request-id": exchange.id}
    if exchange.decision:
        headers["x-ccr-route"] = _header_text(str(exchange.decision.route))
        headers["x-ccr-scenario"] = exchange.decision.scenario
    return headers


def _header_text(text: str) -> str:
    """Names may hold any character; headers hold ASCII."""
    return text.encode("ascii", "backslashreplace").decode().replace("\n", " ").replace("\r", " ")


def _error_response(
    error: CcrError, request_id: str, headers: Mapping[str, str] | None = None
) -> web.Response:
    headers = {**(headers or {})}
    failure = failure_of_error(error)
    if isinstance(error, UpstreamRejected):
        headers |= error.headers
        if error.raw is not None:
            return web.Response(
                body=error.raw, status=failure.status, content_type=_JSON, headers=headers
            )
    return _failure_response(failure, headers, request_id)


def _failure_response(
    failure: Failure, headers: Mapping[str, str], request_id: str
) -> web.Response:
    body = dumps_safe(envelope(failure, request_id))
    return web.Response(body=body, status=failure.status, content_type=_JSON, headers=headers)


def _too_large() -> ClientError:
    limit = MAX_BODY_BYTES // (1024 * 1024)
    hint = f"At most {limit} MiB are accepted; compact the conversation or send smaller files."
    return ClientError("The request is too large", hint, status=413)


def _no_such_path(request: web.Request) -> ClientError:
    hint = "Claude Code's base URL is the address without a path."
    return ClientError(f"There is no {request.method} {request.path[:200]}", hint, status=404)


def _wrong_method(request: web.Request, exc: web.HTTPMethodNotAllowed) -> ClientError:
    allowed = ", ".join(sorted(exc.allowed_methods))
    return ClientError(f"{request.path} does not take {request.method}", f"{allowed}.", status=405)
