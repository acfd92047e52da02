"""Asking one route: its target and key, the request on its way, and what comes back.

The relay decides whom to ask and what becomes of the answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core import patience
from ccr_desktop.core.agents.image_agent import ImageAgent
from ccr_desktop.core.attempt import Attempt, TranslatedAttempt
from ccr_desktop.core.dialects.anthropic.signers import Signers
from ccr_desktop.core.dialects.openai_chat.failed_generation import holds_call
from ccr_desktop.core.dialects.search_wish import search_wish
from ccr_desktop.core.mending import STATUSES
from ccr_desktop.core.messages_attempt import NormalisedAttempt, PassthroughAttempt
from ccr_desktop.core.protocol.checks import check_translatable
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.sse import PING
from ccr_desktop.core.refusals import Refusals
from ccr_desktop.core.routing.counting import tokens_for
from ccr_desktop.core.routing.windows import room_for_answer
from ccr_desktop.core.search_rounds import searched
from ccr_desktop.core.targets import find_target
from ccr_desktop.core.transformers.base import ProviderInfo, TransformContext
from ccr_desktop.core.upstream.failures import passed_headers, refusal
from ccr_desktop.core.upstream.fetching import fetch
from ccr_desktop.core.upstream.keys import REFUSED_REST_S, KeyPools
from ccr_desktop.core.upstream.reply import NoReply, ReadReply
from ccr_desktop.core.upstream.timeouts import ReadTimer
from ccr_desktop.errors import (
    CcrError,
    TransformerError,
    UpstreamError,
    UpstreamKeyMissing,
    UpstreamRejected,
)

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Provider, Route
    from ccr_desktop.core.dialects.base import Target, UpstreamCall
    from ccr_desktop.core.exchange import Exchange
    from ccr_desktop.core.planner import Planner
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.transformers.chain import Chain
    from ccr_desktop.core.transformers.registry import Transformers
    from ccr_desktop.core.tries import Try
    from ccr_desktop.core.upstream.client import UpstreamClient
    from ccr_desktop.core.upstream.reply import Reply

log = logging.getLogger(__name__)

_STEP_BYTES = 32 * 1024  # what is translated between two turns of the loop: about 150 us
_TARGETS = 1000
_MAX_ERROR_BYTES = 1024 * 1024
_RATE_LIMIT_REST_S = 30.0  # of a key whose provider does not say when it may be used again


class Asker:
    """Asks providers; remembers targets, and how the keys of pools fare."""

    def __init__(self, client: UpstreamClient, planner: Planner) -> None:
        self._client = client
        self._planner = planner
        self._keys = KeyPools()
        self._signers = Signers()
        self._refusals = Refusals()
        self._targets: dict[tuple[object, ...], tuple[Target, Chain]] = {}
        self._transformers: Transformers | None = None

    def attempt(self, exchange: Exchange, route: Route, turn: Try | None) -> Attempt:
        """A try at *route*; with another key than before where *turn* asks for that."""
        attempt = self._new_attempt(exchange, route, turn)
        attempt.refused = self._refusals.of(attempt.target) or attempt.refused
        return attempt

    def _new_attempt(self, exchange: Exchange, route: Route, turn: Try | None) -> Attempt:
        decision = exchange.decision
        if decision is None:
            raise RuntimeError("an exchange must be routed before it is answered")
        exchange.route = route
        exchange.try_began_s = exchange.age_s
        exchange.reply_headers = {}
        target, chain = self._target(exchange, route)
        target = _searching(exchange, target, decision)
        target = self._with_key(exchange, target, turn)
        run = chain.begin(_context(exchange, target, self._client)) if chain.is_active else None
        agent = exchange.agent = _agent(exchange, route, decision)
        if target.dialect == "anthropic":
            # An answer that is put into another protocol must be in order.
            if agent or exchange.is_foreign or (run and chain.changes_answers):
                tokens, signers = decision.tokens, self._signers
                return NormalisedAttempt(exchange, target, tokens, run, agent, signers=signers)
            return PassthroughAttempt(exchange, target, run, self._signers)
        check_translatable(exchange.body)
        target = _fitted(exchange, target, route)
        return TranslatedAttempt(exchange, target, decision.tokens, run, agent)

    def _target(self, exchange: Exchange, route: Route) -> tuple[Target, Chain]:
        transformers = exchange.transformers
        if transformers is None:
            raise RuntimeError("an exchange must be routed before it is answered")
        if transformers is not self._transformers:
            self._transformers, self._targets = transformers, {}
            self._refusals.clear()
        further = exchange.decision.chain if exchange.decision else ()
        key = (route, *((link.name, dumps_safe(link.options)) for link in further))
        found = self._targets.get(key)
        if found is None:
            chain = transformers.chain(route, further)
            target = chain.adapted(find_target(route, transformers.config, further))
            found = self._targets[key] = target, chain
            if len(self._targets) > _TARGETS:
                del self._targets[next(iter(self._targets))]  # clients may name any model
        if found[1].problem:
            name, _, problem = found[1].problem.partition(": ")
            raise TransformerError(name, problem)
        return found

    def _with_key(self, exchange: Exchange, target: Target, turn: Try | None) -> Target:
        provider = _provider(exchange)
        exchange.key = ""
        if provider is None:
            return target
        if provider.keys:
            refused = exchange.refused_keys if turn and turn.needs_other_key else ()
            exchange.key = self._keys.choose(provider, exchange.session_id, refused) or ""
            return replace(target, api_key=exchange.key)
        return target

    async def open(self, exchange: Exchange, attempt: Attempt) -> Reply:
        """Send the request; a provider's refusal is raised."""
        if not attempt.wants_answer:
            return NoReply()
        provider = _provider(exchange)
        assert provider is not None  # noqa: S101  # the target was found in it
        timeouts = provider.timeouts
        target = attempt.target
        opening = self._mended(attempt, provider)
        left_s = patience.total_left_s(exchange, timeouts)
        try:
            reply = await (opening if left_s is None else asyncio.wait_for(opening, left_s))
        except TimeoutError as exc:
            raise patience.too_slow(target, timeouts) from exc
        if reply.status < 300:
            self._refusals.note(target, attempt.refused)
        else:
            reply = await _answer_after_all(reply, target)
        exchange.reply_headers = passed_headers(reply.headers, attempt.target)
        try:
            left_s = patience.total_left_s(exchange, timeouts)
            async with nullcontext() if left_s is None else asyncio.timeout(left_s):
                reply = await _received(attempt, reply)
        except BaseException as exc:
            reply.close()
            if isinstance(exc, TimeoutError):
                raise patience.too_slow(target, timeouts) from exc
            raise
        attempt.begin(reply.headers)
        return reply

    async def _mended(self, attempt: Attempt, provider: Provider) -> Reply:
        """The reply; where a part of the request was refused that can be spared, that without.

        An attempt leaves out each part once.
        """
        reply = await self._sent(attempt, provider)
        while reply.status in STATUSES:
            try:
                body = await reply.read_all(_MAX_ERROR_BYTES)
            finally:
                reply.close()
            if not attempt.mends(body):
                return ReadReply(reply.headers, body, reply.status)
            target = attempt.target
            log.info("%s,%s refuses a part: it is asked without", target.provider, target.model)
            reply = await self._sent(attempt, provider)
        return reply

    async def _sent(self, attempt: Attempt, provider: Provider) -> Reply:
        """The reply; where a token is refused before its time, that to one more request."""
        try:
            reply = await self._reply(attempt, provider)
        except UpstreamKeyMissing:
            raise
        except UpstreamRejected as exc:
            if exc.failure.status != 401 or not attempt.renews_token():
                raise
        else:
            if reply.status != 401 or not attempt.renews_token():
                return reply
            reply.close()
        return await self._reply(attempt, provider)

    async def _reply(self, attempt: Attempt, provider: Provider) -> Reply:
        call = await attempt.call()
        target, timeouts = attempt.target, provider.timeouts

        async def send(call: UpstreamCall) -> Reply:
            return await self._client.open(call, target, timeouts, provider.proxy_url)

        if target.search and (tool := target.profile.web_search.echoes):
            return await searched(send, call, tool, target.search.max_uses, timeouts.idle_s)
        return await send(call)

    def _waiting(self, exchange: Exchange, attempt: Attempt) -> patience.Patience:
        provider = _provider(exchange)
        assert provider is not None  # noqa: S101  # the target was found in it
        return patience.Patience(exchange, attempt.target, provider.timeouts)

    async def read_whole(self, exchange: Exchange, attempt: Attempt, reply: Reply) -> None:
        """Feed *attempt* until its answer is complete."""
        waiting = self._waiting(exchange, attempt)
        with ReadTimer() as timer:
            while not attempt.is_over:
                data = await _read(reply, attempt, waiting, timer)
                if data is None:
                    continue
                if not data:
                    return
                attempt.feed(data)

    async def chunks(
        self, exchange: Exchange, attempt: Attempt, reply: Reply
    ) -> AsyncGenerator[bytes, None]:
        """What the client gets for each read: translated bytes, or a ping in silence."""
        waiting = self._waiting(exchange, attempt)
        with ReadTimer() as timer:
            while not attempt.is_over:
                data = await _read(reply, attempt, waiting, timer)
                if data is None:
                    yield PING
                    continue
                if not data:
                    return
                out = attempt.feed(data[:_STEP_BYTES])
                try:
                    for start in range(_STEP_BYTES, len(data), _STEP_BYTES):
                        await asyncio.sleep(0)
                        out += attempt.feed(data[start : start + _STEP_BYTES])
                except CcrError:
                    yield out  # what came before the failure
                    raise
                if out:
                    waiting.quiet_since_s = None
                    yield out
                else:
                    yield waiting.ping_if_quiet()

    async def finish(self, exchange: Exchange, attempt: Attempt) -> bytes:
        if attempt.lacks_estimate:
            tokens, _ = await self._planner.count(exchange.body, route=exchange.route)
            attempt.estimate(tokens)
        return attempt.finish()

    def rest_key(self, exchange: Exchange, error: CcrError) -> bool:
        """Leave a key of a pool alone that was refused; whether another is left to try."""
        key, provider = exchange.key, _provider(exchange)
        if not key or provider is None or not isinstance(error, UpstreamRejected):
            return False
        status = error.failure.status
        if status in {401, 402, 403}:
            self._keys.rest(key, REFUSED_REST_S)
        elif status == 429:
            self._keys.rest(key, error.failure.retry_after_s or _RATE_LIMIT_REST_S)
        else:
            return False
        exchange.refused_keys.add(key)
        return any(other.key not in exchange.refused_keys for other in provider.keys)


async def _received(attempt: Attempt, reply: Reply) -> Reply:
    """The answer as it is to be read; a refusal that a plugin made of it is raised."""
    made = await attempt.received(reply)
    if made.status >= 300:
        raise refusal(attempt.target, made, await made.read_all(_MAX_ERROR_BYTES))
    return made


async def _answer_after_all(reply: Reply, target: Target) -> Reply:
    """A refusal that holds what the model answered; any other one is raised."""
    try:
        body = await reply.read_all(_MAX_ERROR_BYTES)
    finally:
        reply.close()
    if target.dialect == "openai-chat" and holds_call(body):
        return ReadReply(reply.headers, body)
    raise refusal(target, reply, body)


async def _read(
    reply: Reply, attempt: Attempt, waiting: patience.Patience, timer: ReadTimer
) -> bytes | None:
    """The next bytes: none at the end, None after a silence that may last on."""
    wait_s = waiting.wait_s(attempt.grace_s)
    try:
        data = await timer.run(reply.read_some(), wait_s)
    except UpstreamError:
        if attempt.grace_s is not None:
            return b""  # the answer was complete; only its connection was not
        raise
    except TimeoutError:
        if attempt.grace_s is not None:
            return b""
        waiting.note_silence(wait_s)
        return None
    if data:
        waiting.note_bytes()
    return data


def _searching(exchange: Exchange, target: Target, decision: Decision) -> Target:
    """*target* with the web search that the request asks for, if it does."""
    route = exchange.config.router.route("webSearch") if exchange.config else None
    wish = search_wish(
        exchange.body,
        is_chosen=decision.scenario == "webSearch",
        elsewhere=str(route) if route else "",
    )
    return replace(target, search=wish) if wish else target


def _agent(exchange: Exchange, route: Route, decision: Decision) -> ImageAgent | None:
    """Who looks at pictures for the model of *route*; None where nobody needs to."""
    if exchange.agent and exchange.agent.has_answered:
        return exchange.agent  # whoever answers goes on with what was begun
    sees = route in decision.image_routes
    if sees or not decision.image_routes or exchange.body.get("max_tokens") == 0:
        return None
    check_translatable(exchange.body)
    return ImageAgent(exchange.body, decision.image_routes)


def _context(exchange: Exchange, target: Target, client: UpstreamClient) -> TransformContext:
    """What transformers are told of a try."""
    provider, decision = _provider(exchange), exchange.decision
    proxy_url = provider.proxy_url if provider else ""
    return TransformContext(
        provider=ProviderInfo(
            name=target.provider,
            url=target.url,
            dialect=target.dialect,
            models=provider.models if provider else (),
            api_key=target.api_key,
        ),
        model=target.model,
        scenario=decision.scenario if decision else "",
        session_id=exchange.session_id,
        headers=exchange.headers,
        tools=objects(exchange.body.get("tools")),
        body=exchange.body,
        request_id=exchange.id,
        fetch=lambda call: fetch(client, call, target, proxy_url),
    )


def _fitted(exchange: Exchange, target: Target, route: Route) -> Target:
    """*target* with a limit for answers that leaves the prompt its place in the window."""
    config, decision = exchange.config, exchange.decision
    assert config is not None  # noqa: S101  # the target was found in it
    tokens = tokens_for(route, decision.tokens, decision.by_encoding, config) if decision else None
    room = room_for_answer(route, tokens, config)
    limit = target.profile.max_tokens_limit
    if room is None or (limit is not None and limit <= room):
        return target
    return replace(target, profile=replace(target.profile, max_tokens_limit=room))


def _provider(exchange: Exchange) -> Provider | None:
    if exchange.config is None or exchange.route is None:
        return None
    return exchange.config.providers.get(exchange.route.provider)
