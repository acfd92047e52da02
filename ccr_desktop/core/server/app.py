"""The HTTP surface: one handler a path, one place where errors become answers."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop import __version__
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.http_library import web
from ccr_desktop.core.ids import new_id
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.server.access import AccessPolicy
from ccr_desktop.core.server.answers import (
    JSON_TYPE,
    MAX_BODY_BYTES,
    EventStream,
    MessagesFace,
    answer_headers,
    error_answer,
    failure_answer,
    json_answer,
    no_such_path,
    read_body,
    too_large,
    wrong_method,
)
from ccr_desktop.core.server.models import find_model, list_models
from ccr_desktop.errors import CcrError, ClientError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.relay import Relay
    from ccr_desktop.core.server.answers import Face
    from ccr_desktop.core.server.management import Management

log = logging.getLogger(__name__)

_request_id = ContextVar("request_id", default="")  # aiohttp gives each request a context
_STOPPING = Failure.of(503, "The router is stopping. Ask again once it runs.")
_STOPPED = Failure.of(400, "This request was stopped at the router, as its user asked.")


class Api:
    """The handlers for clients. Running requests get *grace_s* to finish when the service stops."""

    def __init__(
        self, relay: Relay, config: Config, management: Management, grace_s: float
    ) -> None:
        self._relay = relay
        self._config = config
        self._host = config.host
        self._access = AccessPolicy(config)
        self._management = management
        self._grace_s = grace_s
        self._is_stopping = False
        self._running: set[asyncio.Task[object]] = set()
        self._exchanges: dict[str, tuple[Exchange, asyncio.Task[object]]] = {}
        self._stopped: set[str] = set()

    @property
    def running_requests(self) -> int:
        return len(self._running)

    def cancel_request(self, request_id: str) -> bool:
        """End a running request and tell its client; False when no such request runs."""
        if request_id not in self._exchanges:
            return False
        exchange, task = self._exchanges[request_id]
        if not exchange.stop_reason:
            exchange.stop_reason = "stopped at the router"
            self._stopped.add(request_id)
            task.cancel()
        return True

    def use(self, config: Config) -> None:
        """Serve by *config* from the next request on. Whose names it answers to stays."""
        self._config = config
        self._access = AccessPolicy(replace(config, host=self._host))

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[self._guard])
        app.add_routes(
            [
                web.post("/v1/messages", self.messages),
                web.post("/v1/messages/count_tokens", self.count_tokens),
                web.post("/v1/chat/completions", self.chat),
                web.post("/v1/responses", self.responses),
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

    def close(self) -> None:
        """Let go of what answered: aiohttp remembers handlers, and so their owner, for ever."""
        self._management.close()
        del self._relay, self._management

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
            self._stopped.discard(request_id)
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
        path, request_id = request.path, _request_id.get()
        try:
            self._check(request)
            return await handler(request)
        except CcrError as exc:
            return error_answer(exc, path, request_id)
        except web.HTTPRequestEntityTooLarge:
            return error_answer(too_large(), path, request_id)
        except web.HTTPNotFound:
            return error_answer(no_such_path(request), path, request_id)
        except web.HTTPMethodNotAllowed as exc:
            return error_answer(wrong_method(request, exc), path, request_id)
        except web.HTTPException as exc:
            return error_answer(ClientError(exc.reason, status=exc.status), path, request_id)
        except asyncio.CancelledError:
            if (failure := self._why_stopped()) is None:
                raise
            is_final = {"x-should-retry": "false"} if failure is _STOPPED else None
            return failure_answer(failure, path, request_id, is_final)
        except ConnectionError:
            raise  # the client went away
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            message = "The router failed on this request. The log says more."
            return failure_answer(Failure.of(500, message), path, request_id)

    def _check(self, request: web.Request) -> None:
        self._access.check(request.path, request.headers, request.remote or "")
        if (request.content_length or 0) > MAX_BODY_BYTES:
            raise too_large()

    # -- handlers --------------------------------------------------------------------------

    async def messages(self, request: web.Request) -> web.StreamResponse:
        exchange = Exchange(
            raw=await read_body(request),
            headers={name.lower(): value for name, value in request.headers.items()},
            query=request.rel_url.raw_query_string,
            id=_request_id.get(),
        )
        return await self._exchanged(request, exchange, MessagesFace(exchange.id))

    async def chat(self, request: web.Request) -> web.StreamResponse:
        # Seldom used, and only then loaded.
        from ccr_desktop.core.server.chat import chat_exchange  # noqa: PLC0415

        raw = await read_body(request)
        exchange, face = chat_exchange(raw, request.headers, _request_id.get())
        return await self._exchanged(request, exchange, face)

    async def responses(self, request: web.Request) -> web.StreamResponse:
        # Seldom used, and only then loaded.
        from ccr_desktop.core.server.responses import responses_exchange  # noqa: PLC0415

        raw = await read_body(request)
        exchange, face = responses_exchange(raw, request.headers, _request_id.get())
        return await self._exchanged(request, exchange, face)

    async def _exchanged(
        self, request: web.Request, exchange: Exchange, face: Face
    ) -> web.StreamResponse:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # handlers run in tasks
        self._exchanges[exchange.id] = exchange, task
        try:
            await self._relay.admit(exchange, _fitting(face))
            if exchange.is_stream:
                return await self._stream(request, exchange, face)
            body = face.whole(await self._relay.answer(exchange))
            headers = answer_headers(exchange)
            return web.Response(body=body, content_type=JSON_TYPE, headers=headers)
        except CcrError as exc:
            return error_answer(exc, request.path, exchange.id, answer_headers(exchange))
        finally:
            del self._exchanges[exchange.id]

    async def _stream(
        self, request: web.Request, exchange: Exchange, face: Face
    ) -> web.StreamResponse:
        response: web.StreamResponse | None = None
        try:
            async with aclosing(self._relay.stream(exchange)) as chunks:
                first = await anext(chunks)  # an error here still gets its status
                response = EventStream(answer_headers(exchange))
                await response.prepare(request)
                await response.write(face.feed(first))
                async for chunk in chunks:
                    if exchange.failure and _loses_error_events(exchange) and request.transport:
                        request.transport.abort()
                        return response
                    await response.write(face.feed(chunk))
        except asyncio.CancelledError:
            failure = self._why_stopped() if response else None
            if response is None or failure is None:
                raise
            await response.write(face.failed(failure))
        await response.write_eof()
        return response

    def _why_stopped(self) -> Failure | None:
        """What to tell the client of a request that was cancelled here; None: it went away."""
        task = asyncio.current_task()
        if task is None or not task.cancelling():
            return None
        is_wanted = _request_id.get() in self._stopped
        if not is_wanted and not self._is_stopping:
            return None
        task.uncancel()
        return _STOPPED if is_wanted else _STOPPING

    async def count_tokens(self, request: web.Request) -> web.Response:
        body = parse_body(await read_body(request))
        if not isinstance(body.get("messages"), list):
            raise ClientError("messages: a list is required")
        tokens, _ = await self._relay.count(body, exactly=True)
        return json_answer({"input_tokens": tokens})

    async def models(self, _request: web.Request) -> web.Response:
        return json_answer(list_models(self._config))

    async def model(self, request: web.Request) -> web.Response:
        model_id = request.match_info["model"]
        found = find_model(self._config, model_id)
        if found is None:
            raise ClientError(f"No model {model_id!r}", "GET /v1/models lists all.", status=404)
        return json_answer(found)

    async def health(self, _request: web.Request) -> web.Response:
        return json_answer({"status": "ok", "version": __version__})

    async def about(self, _request: web.Request) -> web.Response:
        return json_answer(
            {"name": "CCR Desktop", "version": __version__, "messages": "/v1/messages"}
        )


def _fitting(face: Face) -> Callable[[Exchange, Config], None] | None:
    """What requests of other protocols need once their route is known."""
    if isinstance(face, MessagesFace):
        return None
    from ccr_desktop.core.server.chat import fit_to_routes  # noqa: PLC0415  # few clients need it

    return fit_to_routes


def _loses_error_events(exchange: Exchange) -> bool:
    """Whether the client must be told of a failure in mid-stream by a broken connection.

    Claude Code 1 may drop an `error` event that closely follows other events, and the turn with
    it; a connection that breaks makes it ask again.
    """
    return exchange.headers.get("user-agent", "").startswith("claude-cli/1.")
