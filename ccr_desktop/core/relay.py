"""The life of one request: route, encode, send, decode, emit, record."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from ccr_desktop.core import patience
from ccr_desktop.core.attempt import Attempt, PassthroughAttempt, TranslatedAttempt
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.protocol.checks import check_translatable
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.sse import PING
from ccr_desktop.core.protocol.usage import prompt_tokens
from ccr_desktop.core.targets import find_target
from ccr_desktop.core.upstream.failures import (
    failure_of_error,
    passed_headers,
    refusal,
    rejection,
)
from ccr_desktop.core.upstream.reply import NoReply
from ccr_desktop.core.upstream.timeouts import ReadTimer
from ccr_desktop.errors import CcrError, UpstreamError

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.upstream.client import UpstreamClient
    from ccr_desktop.core.upstream.reply import Reply

log = logging.getLogger(__name__)

GONE = 499  # the status that logs give to a request whose client went away
_STEP_BYTES = 16 * 1024  # what is translated between two turns of the loop
_TARGETS = 1000
_MAX_ERROR_BYTES = 1024 * 1024


class Relay:
    """Answers requests with a configuration and a connection pool."""

    def __init__(self, config: Config, client: UpstreamClient, bus: EventBus) -> None:
        self.config = config
        self._planner = Planner(config)
        self._client = client
        self._bus = bus
        self._targets: dict[Route, Target] = {}

    async def route(self, exchange: Exchange) -> Decision:
        """Read the body and decide; both are kept in *exchange*."""
        return await self._planner.plan(exchange)

    async def count(self, body: JsonObject, *, exactly: bool = False) -> tuple[int, bool]:
        """The tokens of a request, and whether they are an estimate."""
        return await self._planner.count(body, exactly=exactly)

    async def admit(self, exchange: Exchange) -> None:
        """Route a request that is to be answered. One that is refused has its record now."""
        try:
            await self.route(exchange)
        except CcrError:
            with self._recorded(exchange):
                raise

    # -- answers ---------------------------------------------------------------------------

    async def answer(self, exchange: Exchange) -> bytes:
        """The body of a non-streaming answer; raises a `CcrError` when there is none."""
        with self._recorded(exchange) as outcome:
            attempt = outcome.attempt = self._attempt(exchange)
            async with AsyncExitStack() as stack:
                reply = await self._open(exchange, attempt, stack)
                async with aclosing(self._chunks(exchange, attempt, reply)) as chunks:
                    async for _ in chunks:
                        pass
                await self._finish(exchange, attempt)
            if attempt.failure:
                raise rejection(attempt.target, attempt.failure, reply)
            exchange.note_first()
            return attempt.whole()

    async def stream(self, exchange: Exchange) -> AsyncGenerator[bytes, None]:
        """The bytes of a streamed answer.

        Whatever fails before the first bytes is raised; later it becomes an `error` event. The
        first bytes are a ping when the provider is silent for long.
        """
        with self._recorded(exchange) as outcome:
            attempt = outcome.attempt = self._attempt(exchange)
            try:
                async with aclosing(self._events(exchange, attempt)) as events:
                    async for out in events:
                        exchange.note_first()
                        exchange.failure = attempt.failure
                        yield out
            except Exception as exc:
                if exchange.first_s is None:
                    raise
                exchange.failure = failure = _failure_in_band(exc)
                outcome.note(failure)
                yield attempt.fail(failure)

    async def _events(self, exchange: Exchange, attempt: Attempt) -> AsyncGenerator[bytes, None]:
        async with self._opening(exchange, attempt) as opening:
            while not opening.done():
                await asyncio.wait({opening}, timeout=patience.PING_INTERVAL_S)
                if not opening.done():
                    yield PING
            reply = opening.result()
            async with aclosing(self._chunks(exchange, attempt, reply)) as chunks:
                async for out in chunks:
                    if attempt.failure and exchange.first_s is None:
                        break
                    if out:
                        yield out
            rest = await self._finish(exchange, attempt)
            if attempt.failure and exchange.first_s is None:
                raise rejection(attempt.target, attempt.failure, reply)
            if rest:
                yield rest
            if attempt.failure and not attempt.has_told_failure:
                yield attempt.fail(attempt.failure)

    @asynccontextmanager
    async def _opening(
        self, exchange: Exchange, attempt: Attempt
    ) -> AsyncIterator[asyncio.Future[Reply]]:
        """The request on its way, so that pings can be sent meanwhile.

        Leaving ends it wherever it is: no connection to a provider outlives its client.
        """
        async with AsyncExitStack() as stack:
            opening = asyncio.ensure_future(self._open(exchange, attempt, stack))
            try:
                yield opening
            finally:
                opening.cancel()
                await asyncio.wait({opening})
                if not opening.cancelled():
                    opening.exception()  # seen: nobody may be left to be told

    # -- one attempt -----------------------------------------------------------------------

    def _attempt(self, exchange: Exchange) -> Attempt:
        decision = exchange.decision
        if decision is None:
            raise RuntimeError("an exchange must be routed before it is answered")
        target = self._target(decision.route)
        if target.dialect == "anthropic":
            return PassthroughAttempt(exchange, target)
        check_translatable(exchange.body)
        return TranslatedAttempt(exchange, target, decision.tokens)

    def _target(self, route: Route) -> Target:
        target = self._targets.get(route)
        if target is None:
            target = self._targets[route] = find_target(route, self.config)
            if len(self._targets) > _TARGETS:
                del self._targets[next(iter(self._targets))]  # clients may name any model
        return target

    async def _open(self, exchange: Exchange, attempt: Attempt, stack: AsyncExitStack) -> Reply:
        """Send the request; a provider's refusal is raised."""
        if not attempt.wants_answer:
            return NoReply()
        provider = self.config.providers[attempt.target.provider]
        timeouts = provider.timeouts
        opening = self._client.open(attempt.call(), attempt.target, timeouts, provider.proxy_url)
        try:
            async with asyncio.timeout(patience.total_left_s(exchange, timeouts)):
                reply = await stack.enter_async_context(opening)
        except TimeoutError as exc:
            raise patience.too_slow(attempt.target, timeouts) from exc
        if reply.status >= 300:
            raise refusal(attempt.target, reply, await reply.read_all(_MAX_ERROR_BYTES))
        attempt.begin(reply.headers)
        exchange.reply_headers = passed_headers(reply.headers)
        return reply

    async def _chunks(
        self, exchange: Exchange, attempt: Attempt, reply: Reply
    ) -> AsyncGenerator[bytes, None]:
        """What the client gets for each read: translated bytes, or a ping in silence."""
        timeouts = self.config.providers[attempt.target.provider].timeouts
        waiting = patience.Patience(exchange, attempt.target, timeouts)
        with ReadTimer() as timer:
            while not attempt.is_over:
                wait_s = waiting.wait_s(attempt.grace_s)
                try:
                    data = await timer.run(reply.read_some(), wait_s)
                except UpstreamError:
                    if attempt.grace_s is not None:
                        return  # the answer was complete; only its connection was not
                    raise
                except TimeoutError:
                    if attempt.grace_s is not None:
                        return
                    waiting.note_silence(wait_s)
                    yield PING
                    continue
                if not data:
                    return
                waiting.note_bytes()
                if out := attempt.feed(data[:_STEP_BYTES]):
                    waiting.quiet_since_s = None
                    yield out
                else:
                    yield waiting.ping_if_quiet()
                for start in range(_STEP_BYTES, len(data), _STEP_BYTES):
                    await asyncio.sleep(0)
                    yield attempt.feed(data[start : start + _STEP_BYTES])

    async def _finish(self, exchange: Exchange, attempt: Attempt) -> bytes:
        if attempt.lacks_estimate:
            attempt.estimate((await self.count(exchange.body))[0])
        return attempt.finish()

    # -- records ---------------------------------------------------------------------------

    @contextmanager
    def _recorded(self, exchange: Exchange) -> Iterator[_Outcome]:
        """Publish what becomes of *exchange*, however it ends."""
        outcome = _Outcome()
        try:
            yield outcome
        except CcrError as exc:
            outcome.note(failure_of_error(exc))
            raise
        except (asyncio.CancelledError, GeneratorExit) as exc:
            outcome.note(Failure(GONE, "", str(exc) or "the client went away"))
            raise
        except Exception:
            outcome.note(Failure.of(500, "the router failed"))
            raise
        finally:
            self._record(exchange, outcome)

    def _record(self, exchange: Exchange, outcome: _Outcome) -> None:
        attempt, decision = outcome.attempt, exchange.decision
        failure = outcome.failure or (attempt.failure if attempt else None)
        usage = attempt.usage if attempt else {}
        session = exchange.session_id
        self._planner.sessions.note(session, prompt_tokens(usage))
        self._bus.publish(
            ExchangeEnded(
                request_id=exchange.id,
                session_id=session,
                model=str(exchange.body.get("model")),
                route=str(decision.route) if decision else "",
                scenario=decision.scenario if decision else "",
                reason=decision.reason if decision else "",
                status=failure.status if failure else 200,
                is_stream=exchange.is_stream,
                duration_s=exchange.age_s,
                first_s=exchange.first_s,
                usage=usage,
                error=failure.message if failure else "",
            )
        )


class _Outcome:
    """What the record of an exchange is made of, as far as it came."""

    def __init__(self) -> None:
        self.attempt: Attempt | None = None
        self.failure: Failure | None = None

    def note(self, failure: Failure) -> None:
        self.failure = self.failure or failure


def _failure_in_band(error: Exception) -> Failure:
    """For the stream that broke; what is not ours to tell is in the log."""
    if isinstance(error, CcrError):
        return failure_of_error(error)
    log.error("the answer could not be translated", exc_info=error)
    return Failure.of(500, "the router failed on this answer; its log says more")
