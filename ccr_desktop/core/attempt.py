"""One try at getting an answer from one target, and the kind that translates.

Every kind is synchronous and holds all that one answer needs to remember; the relay feeds them
and awaits everything. Those in the client's own protocol are in `core/messages_attempt.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.agents.output import Output, TargetWriter
from ccr_desktop.core.dialects.answer import AnswerTranslator
from ccr_desktop.core.dialects.base import ClientNames
from ccr_desktop.core.dialects.known import dialect_of
from ccr_desktop.core.dialects.stops import stopping
from ccr_desktop.core.ids import new_id
from ccr_desktop.core.mending import Mending
from ccr_desktop.core.protocol.deltas import UNKNOWN, Finish
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.finish import EMPTY_ANSWER
from ccr_desktop.core.protocol.json import JsonObject, dumps_safe
from ccr_desktop.core.protocol.messages import tool_use_ids
from ccr_desktop.core.protocol.sinks import MessageFold
from ccr_desktop.core.protocol.tools import strict_tools
from ccr_desktop.core.protocol.usage import anthropic_usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.agents.image_agent import ImageAgent
    from ccr_desktop.core.agents.rounds import Round
    from ccr_desktop.core.dialects.base import (
        StreamDecoder,
        Target,
        UpstreamCall,
    )
    from ccr_desktop.core.exchange import Exchange
    from ccr_desktop.core.refusals import Refused
    from ccr_desktop.core.transformers.chain import ChainRun
    from ccr_desktop.core.upstream.reply import Reply

_CHARS_PER_TOKEN = 4


class Attempt(Protocol):
    """What the relay needs of a try.

    `feed` and `finish` return bytes for a streaming client; `whole` is the body for one that
    does not stream. `has_told_failure` says that those bytes held an `error` event.
    """

    target: Target
    refused: Refused
    """What is left out of the request, since it was refused."""

    @property
    def failure(self) -> Failure | None: ...
    @property
    def usage(self) -> JsonObject: ...
    @property
    def is_over(self) -> bool: ...
    @property
    def grace_s(self) -> float | None: ...
    @property
    def lacks_estimate(self) -> bool: ...
    @property
    def has_told_failure(self) -> bool: ...
    @property
    def wants_answer(self) -> bool:
        """Whether anything is to be generated at all."""
        ...

    @property
    def is_bound(self) -> bool:
        """Whether another try would come too late for the message that this one goes on with."""
        ...

    async def call(self) -> UpstreamCall: ...
    def renews_token(self) -> bool:
        """After a 401: whether `call` would be signed by another token now."""
        ...

    def mends(self, body: bytes) -> bool:
        """After a refusal with *body*: whether `call` would leave out now what was refused."""
        ...

    async def received(self, reply: Reply) -> Reply:
        """The provider's answer as it is to be read."""
        ...

    def begin(self, headers: Mapping[str, str]) -> None: ...
    def feed(self, data: bytes) -> bytes: ...
    def estimate(self, tokens: int) -> None: ...
    def finish(self) -> bytes: ...
    def take(self) -> bytes:
        """What of a streamed message was written otherwise."""
        ...

    def fail(self, failure: Failure) -> bytes: ...
    def whole(self) -> bytes: ...


class TranslatedAttempt:
    """An answer in another protocol, turned into Messages."""

    def __init__(
        self,
        exchange: Exchange,
        target: Target,
        tokens: int | None,
        run: ChainRun | None = None,
        agent: ImageAgent | None = None,
    ) -> None:
        self.target = target
        self._exchange = exchange
        self._run = run
        self._agent = agent
        self._names = ClientNames()
        self.refused = self._new_refused()
        context = self._context(tokens)
        output = (agent and agent.output) or _new_output(exchange, target, context)
        self._emitter, self._writer, self._fold = output.emitter, output.writer, output.fold
        self._receiver: MessageEmitter | Round = output.emitter
        if agent:
            output.writer.target = target
            self._receiver = agent.begin(output, context, is_live=exchange.is_stream)
        decoder = self._new_decoder()
        decoder = run.filtered(decoder) if run else decoder
        decoder = stopping(decoder, context.stop_sequences)
        self._translator = AnswerTranslator(decoder, self._receiver)

    def _new_refused(self) -> Refused:
        return Mending()

    def _new_decoder(self) -> StreamDecoder:
        return dialect_of(self.target.dialect).decoder(self.target)

    @property
    def _body(self) -> JsonObject:
        """The request as it is to be translated."""
        return self._agent.body if self._agent else self._exchange.body

    def _context(self, tokens: int | None) -> AnswerContext:
        body = self._body
        return AnswerContext(
            message_id=new_id("msg"),
            model=body["model"],
            new_id=lambda: new_id("toolu"),
            input_estimate=tokens or len(self._exchange.raw) // _CHARS_PER_TOKEN,
            used_ids=tool_use_ids(body),
            client_name=self._names,
            required=strict_tools(body),
            stop_sequences=body.get("stop_sequences") or (),
        )

    @property
    def failure(self) -> Failure | None:
        failure = self._receiver.failure or self._emitter.failure
        return failure or (EMPTY_ANSWER if self._is_empty else None)

    @property
    def _is_empty(self) -> bool:
        """Whether the model ended without a word: agents stall on that, another try may help."""
        return not self._agent and (self._writer.is_empty or self._fold.is_empty)

    @property
    def usage(self) -> JsonObject:
        if self._agent:
            return self._agent.record
        return anthropic_usage(self._emitter.usage, UNKNOWN)

    @property
    def is_over(self) -> bool:
        return self._translator.is_over

    @property
    def grace_s(self) -> float | None:
        return self._translator.grace_s

    @property
    def lacks_estimate(self) -> bool:
        return self._receiver.usage.prompt is None and self._receiver.finish_reason is not None

    @property
    def has_told_failure(self) -> bool:
        return self._writer.has_failed

    @property
    def wants_answer(self) -> bool:
        """Not with `max_tokens: 0`, which only fills Anthropic's prompt cache."""
        return self._exchange.body.get("max_tokens") != 0

    @property
    def is_bound(self) -> bool:
        return self._agent is not None and self._agent.is_bound

    async def call(self) -> UpstreamCall:
        dialect, exchange, run = dialect_of(self.target.dialect), self._exchange, self._run
        body = self.refused.body(self._body)
        body = await run.request(body) if run else body
        encoded = dialect.encode(body, self.target, exchange.session_id)
        self._names.encoded = encoded
        if run is None:
            return dialect.call(encoded, self.target)
        encoded = replace(encoded, body=await run.upstream_request(encoded.body))
        return await run.upstream_call(dialect.call(encoded, self.target))

    def renews_token(self) -> bool:
        return self._run is not None and self._run.renews_token()

    def mends(self, body: bytes) -> bool:
        return self.refused.learns(body, self._body, self._exchange.headers)

    async def received(self, reply: Reply) -> Reply:
        return await self._run.reply(reply) if self._run else reply

    def begin(self, headers: Mapping[str, str]) -> None:
        self._translator.expect(headers.get("content-type", ""))

    def feed(self, data: bytes) -> bytes:
        self._translator.feed(data)
        return self._writer.take()

    def take(self) -> bytes:
        return self._writer.take()

    def estimate(self, tokens: int) -> None:
        self._emitter.input_estimate = tokens

    def finish(self) -> bytes:
        if self.wants_answer:
            self._translator.finish()
        else:
            self._emitter.feed(Finish("length"))
            self._emitter.finish()
        if self._agent:
            self._agent.end_round()
        return self.take()

    def fail(self, failure: Failure) -> bytes:
        self._emitter.fail(failure)
        if not self._writer.has_failed:
            self._writer.fail(failure)
        return self.take()

    def whole(self) -> bytes:
        return dumps_safe(self._fold.message)


def _new_output(exchange: Exchange, target: Target, context: AnswerContext) -> Output:
    writer, fold = TargetWriter(exchange.id, target), MessageFold()
    emitter = MessageEmitter(writer if exchange.is_stream else fold, context)
    return Output(emitter, writer, fold)
