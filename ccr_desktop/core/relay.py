"""The life of one request: route, encode, send, decode, emit, record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING

from ccr_desktop.core import patience
from ccr_desktop.core.asking import Asker
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.looks import look
from ccr_desktop.core.observe.events import AnswerBegan, FellBack, RouteChosen
from ccr_desktop.core.outcome import Outcome, failed_attempt, skipped_attempt
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.protocol.sse import PING
from ccr_desktop.core.protocol.usage import conversation_tokens
from ccr_desktop.core.transformers.registry import Transformers
from ccr_desktop.core.tries import USUAL, Tries
from ccr_desktop.core.upstream.failures import rejection
from ccr_desktop.errors import CcrError, UpstreamError

if TYPE_CHECKING:
    from ccr_desktop.core.attempt import Attempt
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.observe.bus import EventBus
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.custom import CustomRouter
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.routing.pause import Pause
    from ccr_desktop.core.routing.rests import Rests
    from ccr_desktop.core.transformers.plugin_files import PluginFiles
    from ccr_desktop.core.tries import Try
    from ccr_desktop.core.upstream.client import UpstreamClient
    from ccr_desktop.core.upstream.reply import Reply


class Relay:
    """Answers requests with a configuration and a connection pool."""

    def __init__(
        self,
        config: Config,
        client: UpstreamClient,
        bus: EventBus,
        plugins: PluginFiles,
        pause: Pause | None = None,
        *,
        rests: Rests | None = None,
    ) -> None:
        self.config = config
        self._bus = bus
        self._plugins = plugins
        self._sidecar = plugins.sidecar
        self._planner = Planner(config, self._sidecar, pause, rests)
        self._asker = Asker(client, self._planner)
        self.transformers = Transformers(config, self._plugins.load(config.plugins))

    def use(self, config: Config) -> None:
        """Answer by *config* from now on; requests that are running keep theirs.

        What can fail comes first, and leaves everything as it was.
        """
        transformers = Transformers(config, self._plugins.load(config.plugins))
        self._planner.use(config)
        self.config, self.transformers = config, transformers

    async def close(self) -> None:
        """End what runs beside the router."""
        await self._sidecar.stop()

    def load_plugins(self, config: Config) -> bool:
        """Load the plugins that `use` will want, and tell whether any changed. May block."""
        has_changed = self._plugins.has_changed(config.plugins)
        self._plugins.load(config.plugins)
        return has_changed

    # -- routing ---------------------------------------------------------------------------

    @property
    def issues(self) -> list[Issue]:
        """What is wrong with the files of the user's that requests need."""
        return [*self.transformers.issues, *self._planner.issues]

    @property
    def custom_router(self) -> CustomRouter | None:
        """The user's own router, when he has one."""
        return self._planner.custom_router

    async def look(self) -> None:
        """See whether those files changed."""
        await self._planner.look()

    async def route(self, exchange: Exchange) -> Decision:
        """Read the body and decide; both are kept in *exchange*."""
        exchange.config, exchange.transformers = self.config, self.transformers
        return await self._planner.plan(exchange)

    async def count(self, body: JsonObject, *, exactly: bool = False) -> tuple[int, bool]:
        """The tokens of a request, and whether they are an estimate."""
        return await self._planner.count(body, exactly=exactly)

    async def admit(
        self, exchange: Exchange, fit: Callable[[Exchange, Config], None] | None = None
    ) -> None:
        """Route a request that is to be answered, and *fit* it to those who may answer.

        One that is refused, or given up meanwhile, has its record now.
        """
        try:
            await self.route(exchange)
            if fit:
                fit(exchange, exchange.config or self.config)
        except BaseException:
            with self._recorded(exchange):
                raise
        if exchange.decision and exchange.decision.skipped:
            skipped = exchange.decision.skipped
            exchange.failed += [skipped_attempt(exchange, route) for route in skipped]
        self._publish_route(exchange)

    def _publish_route(self, exchange: Exchange) -> None:
        if (decision := exchange.decision) is None:
            return
        self._bus.publish(
            RouteChosen(
                request_id=exchange.id,
                session_id=exchange.session_id,
                model=str(exchange.body.get("model")),
                decision=decision,
                is_aside=exchange.is_aside,
                folder=exchange.folder,
                rules=decision.rules,
                asked=exchange.asked,
            )
        )

    # -- answers ---------------------------------------------------------------------------

    async def answer(self, exchange: Exchange) -> bytes:
        """The body of a non-streaming answer; raises a `CcrError` when there is none."""
        with self._recorded(exchange) as outcome:
            tries = _tries(exchange)
            turn: Try | None = None
            while True:
                try:
                    attempt = outcome.attempt = self._asker.attempt(exchange, tries.route, turn)
                    body = await self._whole(exchange, attempt)
                    if not (exchange.agent and exchange.agent.calls):
                        return body
                    await look(exchange, self._ask_aside)
                    if exchange.agent.is_complete:
                        return attempt.whole()
                    tries, turn = _tries(exchange), None
                    continue
                except CcrError as exc:
                    turn = self._next(exchange, tries, exc)
                await asyncio.sleep(turn.pause_s)

    async def _whole(self, exchange: Exchange, attempt: Attempt) -> bytes:
        reply = await self._asker.open(exchange, attempt)
        try:
            await self._asker.read_whole(exchange, attempt, reply)
            await self._asker.finish(exchange, attempt)
            if attempt.failure:
                raise rejection(attempt.target, attempt.failure, reply)
            self._note_first(exchange)
            await reply.drain()
            return attempt.whole()
        finally:
            reply.close()

    async def stream(self, exchange: Exchange) -> AsyncGenerator[bytes, None]:
        """The bytes of a streamed answer.

        Whatever fails before the first bytes is raised; later it becomes an `error` event. The
        first bytes are a ping when the provider is silent for long. As long as nothing but pings
        went out, another route can take over.
        """
        with self._recorded(exchange) as outcome:
            try:
                tries = _tries(exchange)
                turn: Try | None = None
                while True:
                    try:
                        attempt = outcome.attempt = self._asker.attempt(exchange, tries.route, turn)
                        async with aclosing(self._events(exchange, attempt, turn)) as events:
                            async for out in events:
                                self._note_sent(exchange, out)
                                yield out
                        if not (exchange.agent and exchange.agent.calls):
                            break
                        async with aclosing(self._looks(exchange, attempt)) as looks:
                            async for out in looks:
                                self._note_sent(exchange, out)
                                yield out
                        if exchange.agent.is_complete:
                            break
                        tries, turn = _tries(exchange), None
                        exchange.has_begun = False  # the next answer may come from another route
                        continue
                    except CcrError as exc:
                        if exchange.has_begun:
                            raise
                        turn = self._next(exchange, tries, exc)
            except Exception as exc:
                if not exchange.has_sent or outcome.attempt is None:
                    raise
                exchange.failure = outcome.note_in_band(exc)
                yield outcome.attempt.fail(exchange.failure)

    def _note_sent(self, exchange: Exchange, out: bytes) -> None:
        """These bytes of a stream go to the client."""
        if exchange.has_begun:
            return
        exchange.has_sent = True
        if out is not PING:
            exchange.has_begun = True
            self._note_first(exchange)

    def _note_first(self, exchange: Exchange) -> None:
        """The first bytes of the answer are ready."""
        if exchange.first_s is None:
            exchange.first_s = exchange.age_s
            self._bus.publish(
                AnswerBegan(
                    request_id=exchange.id,
                    route=str(exchange.route),
                    first_s=exchange.first_s,
                    waited_s=exchange.try_age_s,
                )
            )

    async def _events(
        self, exchange: Exchange, attempt: Attempt, turn: Try | None
    ) -> AsyncGenerator[bytes, None]:
        async with self._opening(exchange, attempt, turn) as opening:
            while not opening.done():
                await asyncio.wait({opening}, timeout=patience.PING_INTERVAL_S)
                if not opening.done():
                    yield PING
            reply = opening.result()
            last = b""  # goes out with what ends the message, at one system call less
            async with aclosing(self._asker.chunks(exchange, attempt, reply)) as chunks:
                async for out in chunks:
                    if _is_last(attempt):
                        last += out
                    elif out:
                        yield out
            rest = last + await self._asker.finish(exchange, attempt)
            if attempt.failure and not (exchange.has_begun or attempt.is_bound):
                raise rejection(attempt.target, attempt.failure, reply)
            exchange.failure = attempt.failure
            if rest:
                yield rest
            if attempt.failure and not attempt.has_told_failure:
                yield attempt.fail(attempt.failure)
            await reply.drain()

    async def _looks(self, exchange: Exchange, attempt: Attempt) -> AsyncGenerator[bytes, None]:
        """Pings while the pictures are looked at that the model asked about, and what follows."""
        looking = asyncio.ensure_future(look(exchange, self._ask_aside))
        try:
            while not looking.done():
                await asyncio.wait({looking}, timeout=patience.PING_INTERVAL_S)
                if not looking.done():
                    yield PING
            looking.result()
            if out := attempt.take():
                yield out
        finally:
            if not looking.done():
                looking.cancel()
                await asyncio.wait({looking})

    async def _ask_aside(self, side: Exchange) -> bytes:
        """The answer to a request of the router's own."""
        self._publish_route(side)
        return await self.answer(side)

    @asynccontextmanager
    async def _opening(
        self, exchange: Exchange, attempt: Attempt, turn: Try | None
    ) -> AsyncIterator[asyncio.Future[Reply]]:
        """The request on its way, after the pause of *turn*, so that pings can be sent meanwhile.

        Leaving ends it wherever it is: no connection to a provider outlives its client.
        """
        opening = asyncio.ensure_future(self._open(exchange, attempt, turn))
        try:
            yield opening
        finally:
            if not opening.done():
                opening.cancel()
                await asyncio.wait({opening})
            if not opening.cancelled() and opening.exception() is None:
                opening.result().close()

    async def _open(self, exchange: Exchange, attempt: Attempt, turn: Try | None) -> Reply:
        if turn and turn.pause_s:
            await asyncio.sleep(turn.pause_s)
            exchange.try_began_s = exchange.age_s
        return await self._asker.open(exchange, attempt)

    # -- tries -----------------------------------------------------------------------------

    def _next(self, exchange: Exchange, tries: Tries, error: CcrError) -> Try:
        """What to try after *error*, told to whom it concerns; raises when nothing is left."""
        before, has_other_key = tries.route, self._asker.rest_key(exchange, error)
        turn = tries.after(error, has_other_key=has_other_key)
        if turn is None:
            if isinstance(error, UpstreamError):
                exchange.last_failure = failed_attempt(exchange, before, error)
                exchange.withheld = tries.withheld
            raise tries.final_error() from error
        is_same = turn.route == before
        failed = failed_attempt(exchange, before, error, turn.pause_s if is_same else None)
        exchange.failed.append(failed)
        self._bus.publish(failed)
        if not is_same:
            self._bus.publish(
                FellBack(
                    request_id=exchange.id,
                    from_route=str(before),
                    to_route=str(turn.route),
                    reason=failed.reason,
                )
            )
        return turn

    # -- records ---------------------------------------------------------------------------

    def _recorded(self, exchange: Exchange) -> Outcome:
        """Publish what becomes of *exchange*, however it ends."""
        return Outcome(exchange, self._record)

    def _record(self, outcome: Outcome) -> None:
        if not outcome.exchange.is_side:
            self._planner.learn(outcome.exchange, conversation_tokens(outcome.usage))
        self._bus.publish(outcome.ended())


def _is_last(attempt: Attempt) -> bool:
    """Whether what it gave is followed at once by what ends the message, or by an error."""
    return attempt.is_over and (attempt.failure is not None or not attempt.lacks_estimate)


def _tries(exchange: Exchange) -> Tries:
    return Tries(_routes(exchange), exchange.config.failover if exchange.config else USUAL)


def _routes(exchange: Exchange) -> list[Route]:
    """The routes to ask, in their order; who has answered a part goes on with it."""
    decision = exchange.decision
    if decision is None:
        raise RuntimeError("an exchange must be routed before it is answered")
    routes = [decision.route, *decision.fallbacks]
    if exchange.agent and exchange.agent.has_answered and exchange.route:
        return list(dict.fromkeys([exchange.route, *routes]))
    return routes
