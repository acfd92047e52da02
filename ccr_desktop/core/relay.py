"""The life of one request: route, encode, send, decode, emit, record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from ccr_desktop.core.attempt import Attempt, PassthroughAttempt, TranslatedAttempt
from ccr_desktop.core.exchange import Exchange, SessionMemory
from ccr_desktop.core.observe.events import ExchangeEnded
from ccr_desktop.core.protocol.messages import check_request, check_translatable, parse_body
from ccr_desktop.core.protocol.sse import PING
from ccr_desktop.core.protocol.usage import prompt_tokens
from ccr_desktop.core.routing.router import decide, needs_count
from ccr_desktop.core.routing.tokens import TokenCounter
from ccr_desktop.core.routing.turn import RequestFacts, session_id
from ccr_desktop.core.targets import find_target
from ccr_desktop.core.upstream.failures import (
    failure_of_error,
    passed_headers,
    refusal,
    rejection,
)
from ccr_desktop.core.upstream.timeouts import ReadTimer
from ccr_desktop.errors import CcrError, UpstreamTimeout

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Timeouts
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.upstream.client import Reply, UpstreamClient

PING_INTERVAL_S = 5.0
GONE = 499  # the status that logs give to a request whose client went away
_STEP_BYTES = 16 * 1024  # what is translated between two turns of the loop
_INLINE_CHARS = 32 * 1024  # new text that is counted on the loop; more goes to a thread
_EXACT_CHARS = 1024 * 1024  # new text that is counted exactly; of more only a part is
_MAX_ERROR_BYTES = 1024 * 1024


class Relay:
    """Answers requests with a configuration and a connection pool."""

    def __init__(self, config: Config, client: UpstreamClient, bus: EventBus) -> None:
        self.config = config
        self._counter = TokenCounter()
        self._client = client
        self._bus = bus
        self._sessions = SessionMemory()

    # -- routing ---------------------------------------------------------------------------

    async def route(self, exchange: Exchange) -> Decision:
        """Read the body and decide; both are kept in *exchange*."""
        exchange.body = parse_body(exchange.raw)
        check_request(exchange.body)
        exchange.decision = decide(await self._facts(exchange), self.config)
        return exchange.decision

    async def count(self, body: JsonObject, *, exactly: bool = False) -> tuple[int, bool]:
        """The tokens of a request, and whether they are an estimate."""
        unknown = self._counter.unknown_chars(body)
        if unknown > _EXACT_CHARS and not exactly:
            enough = self.config.router.long_context_threshold
            return await asyncio.to_thread(self._counter.estimate, body, enough), True
        if unknown > _INLINE_CHARS:
            return await asyncio.to_thread(self._counter.count, body), False
        return self._counter.count(body), False

    async def _facts(self, exchange: Exchange) -> RequestFacts:
        body, headers = exchange.body, exchange.headers
        last_prompt = self._sessions.last_prompt(session_id(body, headers))
        if not needs_count(self.config, exchange.raw):
            return RequestFacts(body, headers, last_prompt=last_prompt)
        tokens, is_estimate = await self.count(body)
        return RequestFacts(body, headers, tokens, is_estimate, last_prompt)

    # -- answers ---------------------------------------------------------------------------

    async def answer(self, exchange: Exchange) -> bytes:
        """The body of a non-streaming answer; raises a `CcrError` when there is none."""
        attempt = self._attempt(exchange)
        status, error = 200, ""
        try:
            async with AsyncExitStack() as stack:
                reply = await self._open(exchange, attempt, stack)
                async for _ in self._chunks(exchange, attempt, reply):
                    pass
                await self._finish(exchange, attempt)
            if attempt.failure:
                raise rejection(attempt.target, attempt.failure, reply)
            exchange.note_first()
            return attempt.whole()
        except CcrError as exc:
            failure = failure_of_error(exc)
            status, error = failure.status, failure.message
            raise
        except asyncio.CancelledError:
            status, error = GONE, "the client went away"
            raise
        finally:
            self._record(exchange, attempt, status, error)

    async def stream(self, exchange: Exchange) -> AsyncGenerator[bytes, None]:
        """The bytes of a streamed answer.

        Whatever fails before the first bytes is raised; later it becomes an `error` event. The
        first bytes are a ping when the provider is silent for long.
        """
        attempt = self._attempt(exchange)
        status, error = 200, ""
        try:
            async with AsyncExitStack() as stack:
                async for out in self._events(exchange, attempt, stack):
                    exchange.note_first()
                    yield out
            error = attempt.failure.message if attempt.failure else ""
        except CcrError as exc:
            failure = failure_of_error(exc)
            status, error = failure.status, failure.message
            if exchange.first_s is None:
                raise
            yield attempt.fail(failure)
        except (asyncio.CancelledError, GeneratorExit):
            status, error = GONE, "the client went away"
            raise
        finally:
            self._record(exchange, attempt, status, error)

    async def _events(
        self, exchange: Exchange, attempt: Attempt, stack: AsyncExitStack
    ) -> AsyncIterator[bytes]:
        opening = asyncio.ensure_future(self._open(exchange, attempt, stack))
        stack.callback(opening.cancel)
        while not opening.done():
            await asyncio.wait({opening}, timeout=PING_INTERVAL_S)
            if not opening.done():
                yield PING
        reply = opening.result()
        async for out in self._chunks(exchange, attempt, reply):
            if attempt.failure and exchange.first_s is None:
                break
            if out:
                yield out
        rest = await self._finish(exchange, attempt)
        if attempt.failure and exchange.first_s is None:
            raise rejection(attempt.target, attempt.failure, reply)
        if rest:
            yield rest

    # -- one attempt -----------------------------------------------------------------------

    def _attempt(self, exchange: Exchange) -> Attempt:
        decision = exchange.decision
        if decision is None:
            raise RuntimeError("an exchange must be routed before it is answered")
        target = find_target(decision.route, self.config)
        if target.dialect == "anthropic":
            return PassthroughAttempt(exchange, target)
        check_translatable(exchange.body)
        return TranslatedAttempt(exchange, target, decision.tokens)

    async def _open(self, exchange: Exchange, attempt: Attempt, stack: AsyncExitStack) -> Reply:
        """Send the request; a provider's refusal is raised."""
        provider = self.config.providers[attempt.target.provider]
        opening = self._client.open(
            attempt.call(), attempt.target, provider.timeouts, provider.proxy_url
        )
        reply = await stack.enter_async_context(opening)
        if reply.status >= 300:
            raise refusal(attempt.target, reply, await reply.read_all(_MAX_ERROR_BYTES))
        attempt.begin(reply.headers)
        exchange.reply_headers = passed_headers(reply.headers)
        return reply

    async def _chunks(
        self, exchange: Exchange, attempt: Attempt, reply: Reply
    ) -> AsyncIterator[bytes]:
        """What the client gets for each read: translated bytes, or a ping in silence."""
        timeouts = self.config.providers[attempt.target.provider].timeouts
        silent_s = 0.0
        with ReadTimer() as timer:
            while not attempt.is_over:
                wait_s = _wait_s(exchange, attempt, timeouts)
                try:
                    data = await timer.run(reply.read_some(), wait_s)
                except TimeoutError:
                    if attempt.grace_s is not None:
                        return
                    silent_s += wait_s
                    _check_patience(exchange, attempt, timeouts, silent_s)
                    yield PING
                    continue
                if not data:
                    return
                silent_s = 0.0
                yield attempt.feed(data[:_STEP_BYTES])
                for start in range(_STEP_BYTES, len(data), _STEP_BYTES):
                    await asyncio.sleep(0)
                    yield attempt.feed(data[start : start + _STEP_BYTES])

    async def _finish(self, exchange: Exchange, attempt: Attempt) -> bytes:
        if attempt.lacks_estimate:
            attempt.estimate((await self.count(exchange.body))[0])
        return attempt.finish()

    def _record(self, exchange: Exchange, attempt: Attempt, status: int, error: str) -> None:
        session = session_id(exchange.body, exchange.headers)
        self._sessions.note(session, prompt_tokens(attempt.usage))
        decision = exchange.decision
        self._bus.publish(
            ExchangeEnded(
                request_id=exchange.id,
                session_id=session,
                model=str(exchange.body.get("model")),
                route=str(decision.route) if decision else "",
                scenario=decision.scenario if decision else "",
                reason=decision.reason if decision else "",
                status=status,
                is_stream=exchange.is_stream,
                duration_s=exchange.age_s,
                first_s=exchange.first_s,
                usage=attempt.usage,
                error=error,
            )
        )


def _wait_s(exchange: Exchange, attempt: Attempt, timeouts: Timeouts) -> float:
    """How long the next read may take before something else is due."""
    grace_s = attempt.grace_s
    wait_s = min(PING_INTERVAL_S if grace_s is None else grace_s, timeouts.idle_s)
    if timeouts.total_s is None:
        return wait_s
    return min(wait_s, max(0.0, timeouts.total_s - exchange.age_s))


def _check_patience(
    exchange: Exchange, attempt: Attempt, timeouts: Timeouts, silent_s: float
) -> None:
    target = attempt.target
    title = f"{target.provider},{target.model} timed out"
    if silent_s >= timeouts.idle_s:
        reason = f"nothing came for {timeouts.idle_s:g} s."
    elif timeouts.total_s is not None and exchange.age_s >= timeouts.total_s:
        reason = f"the answer took longer than {timeouts.total_s:g} s."
    else:
        return
    raise UpstreamTimeout(target.provider, target.model, title, reason)
