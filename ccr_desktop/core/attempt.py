"""One try at getting an answer from one target: by translation, or by passing through.

Both kinds are synchronous and hold all that one answer needs to remember; the relay feeds them
and awaits everything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.agents.output import Output, TargetWriter
from ccr_desktop.core.dialects.answer import MAX_JSON_BYTES, AnswerTranslator
from ccr_desktop.core.dialects.anthropic import passthrough_call
from ccr_desktop.core.dialects.anthropic.decoder import MessagesDecoder
from ccr_desktop.core.dialects.anthropic.fold import fold_events
from ccr_desktop.core.dialects.anthropic.replay import replay_message
from ccr_desktop.core.dialects.anthropic.splice import replace_member
from ccr_desktop.core.dialects.anthropic.stream import MessageStream
from ccr_desktop.core.dialects.base import ClientNames
from ccr_desktop.core.dialects.known import dialect_of
from ccr_desktop.core.dialects.stops import stopping
from ccr_desktop.core.ids import new_id
from ccr_desktop.core.protocol.deltas import UNKNOWN, Finish
from ccr_desktop.core.protocol.emitter import AnswerContext, MessageEmitter
from ccr_desktop.core.protocol.failures import Failure, failure_of, unreadable
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, dumps_safe, loads_lenient
from ccr_desktop.core.protocol.messages import tool_use_ids
from ccr_desktop.core.protocol.sinks import MessageFold
from ccr_desktop.core.protocol.sse import EventTooLarge, SseDecoder
from ccr_desktop.core.protocol.tools import strict_tools
from ccr_desktop.core.protocol.usage import anthropic_usage
from ccr_desktop.core.upstream.failures import named, secrets_of

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
    from ccr_desktop.core.transformers.chain import ChainRun
    from ccr_desktop.core.upstream.reply import Reply

_CHARS_PER_TOKEN = 4
_CUT_SHORT = "the provider closed the stream before the answer was finished"
_EMPTY = Failure.of(502, "the provider sent an empty answer")


class Attempt(Protocol):
    """What the relay needs of a try.

    `feed` and `finish` return bytes for a streaming client; `whole` is the body for one that
    does not stream. `has_told_failure` says that those bytes held an `error` event.
    """

    target: Target

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
        return failure or (_EMPTY if self._is_empty else None)

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
        body = await run.request(self._body) if run else self._body
        encoded = dialect.encode(body, self.target, exchange.session_id)
        self._names.encoded = encoded
        if run is None:
            return dialect.call(encoded, self.target)
        encoded = replace(encoded, body=await run.upstream_request(encoded.body))
        return await run.upstream_call(dialect.call(encoded, self.target))

    def renews_token(self) -> bool:
        return self._run is not None and self._run.renews_token()

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


class NormalisedAttempt(TranslatedAttempt):
    """An answer in the client's own protocol that transformers want to see."""

    def _new_decoder(self) -> StreamDecoder:
        return MessagesDecoder()

    async def call(self) -> UpstreamCall:
        if self._agent is None:
            return await _messages_call(self._exchange, self.target, self._run)
        told = replace(self._exchange, body=self._body, raw=dumps_safe(self._body))
        return await _messages_call(told, self.target, self._run)


class PassthroughAttempt:
    """An answer that is in the client's protocol already."""

    lacks_estimate = False
    grace_s = None
    wants_answer = True
    is_bound = False

    def __init__(self, exchange: Exchange, target: Target, run: ChainRun | None = None) -> None:
        self.target = target
        self._exchange = exchange
        self._run = run
        self._model = str(exchange.body["model"])
        self._stream = MessageStream(self._model, target.model, exchange.id, secrets_of(target))
        self._sse = SseDecoder()
        self._is_stream = False
        self._body = bytearray()
        self._usage: JsonObject = {}
        self._failure: Failure | None = None

    @property
    def failure(self) -> Failure | None:
        return self._failure or self._stream.failure

    @property
    def usage(self) -> JsonObject:
        return self._usage or self._stream.usage

    @property
    def is_over(self) -> bool:
        return self._stream.has_ended or self.failure is not None

    @property
    def has_told_failure(self) -> bool:
        return self._stream.failure is not None

    async def call(self) -> UpstreamCall:
        return await _messages_call(self._exchange, self.target, self._run)

    def renews_token(self) -> bool:
        return self._run is not None and self._run.renews_token()

    async def received(self, reply: Reply) -> Reply:
        return await self._run.reply(reply) if self._run else reply

    def begin(self, headers: Mapping[str, str]) -> None:
        self._is_stream = "event-stream" in headers.get("content-type", "")

    def feed(self, data: bytes) -> bytes:
        if not self._is_stream:
            return self._collect(data)
        try:
            out = self._stream.feed(self._sse.feed(data))
        except EventTooLarge as exc:
            out = self._tell(Failure.of(502, str(exc)))
        return out if self._exchange.is_stream else self._collect(out)

    def _collect(self, data: bytes) -> bytes:
        if len(self._body) + len(data) > MAX_JSON_BYTES:
            self._failure = Failure.of(502, "the provider's answer is too large")
        else:
            self._body += data
        return b""

    def estimate(self, tokens: int) -> None:
        """The provider counts by itself."""

    def take(self) -> bytes:
        return b""

    def finish(self) -> bytes:
        if self._is_stream:
            rest = self._finish_stream()
            return rest if self._exchange.is_stream else self._collect(rest)
        if self._failure:
            return b""
        message = self._read_message()
        if message is None or not self._exchange.is_stream:
            return b""
        return self._stream.feed(self._sse.feed(replay_message(message)))

    def _finish_stream(self) -> bytes:
        rest = self._stream.feed(self._sse.finish())
        if self._stream.has_ended or self.failure:
            return rest
        if self._stream.has_started:
            return rest + self._tell(Failure.of(502, _CUT_SHORT))
        self._failure = _EMPTY
        return rest

    def _tell(self, failure: Failure) -> bytes:
        return self._stream.fail(named(failure, self.target))

    def fail(self, failure: Failure) -> bytes:
        return self._tell(failure)

    def whole(self) -> bytes:
        body = bytes(self._body)
        if self._is_stream:
            return dumps_safe(fold_events(SseDecoder().feed(body)))
        return replace_member(body, "model", self.target.model, self._model)

    def _read_message(self) -> JsonObject | None:
        body = bytes(self._body)
        try:
            payload = loads_lenient(body)
        except JSONDecodeError:
            payload = None
        if isinstance(payload, dict) and isinstance(payload.get("content"), list):
            usage = payload.get("usage")
            self._usage = usage if isinstance(usage, dict) else {}
            return payload
        failure = failure_of(payload) if payload is not None else None
        self._failure = failure or unreadable(body)
        return None


async def _messages_call(exchange: Exchange, target: Target, run: ChainRun | None) -> UpstreamCall:
    """The request for an Anthropic endpoint: the client's own bytes, unless something changes."""
    raw, body = exchange.raw, exchange.body
    if run and run.chain.changes_requests:
        changed = await run.request(body)
        body = await run.upstream_request({**changed, "model": target.model})
        raw = dumps_safe(body)
    call = passthrough_call(raw, body, target, exchange.headers, exchange.query)
    return await run.upstream_call(call) if run else call
