"""Tries at providers that speak the client's own protocol: by passing through, or decoded.

Thinking that another provider has signed is left out; who signed what is learned on the way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.attempt import TranslatedAttempt
from ccr_desktop.core.dialects.answer import MAX_JSON_BYTES
from ccr_desktop.core.dialects.anthropic import passthrough_call
from ccr_desktop.core.dialects.anthropic.call_ids import GivenIds
from ccr_desktop.core.dialects.anthropic.decoder import MessagesDecoder
from ccr_desktop.core.dialects.anthropic.fold import fold_events
from ccr_desktop.core.dialects.anthropic.foreign import holds_foreign, thinking_blocks
from ccr_desktop.core.dialects.anthropic.replay import replay_message
from ccr_desktop.core.dialects.anthropic.signers import Signers, is_thinking
from ccr_desktop.core.dialects.anthropic.splice import replace_member
from ccr_desktop.core.dialects.anthropic.stream import MessageStream
from ccr_desktop.core.protocol.failures import Failure, failure_of, unreadable
from ccr_desktop.core.protocol.finish import EMPTY_ANSWER
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, dumps_safe, loads_lenient
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.protocol.sse import BOM, EventTooLarge, SseDecoder
from ccr_desktop.core.refused_members import RefusedMembers
from ccr_desktop.core.upstream.failures import named, secrets_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.agents.image_agent import ImageAgent
    from ccr_desktop.core.dialects.base import StreamDecoder, Target, UpstreamCall
    from ccr_desktop.core.exchange import Exchange
    from ccr_desktop.core.refusals import Refused
    from ccr_desktop.core.transformers.chain import ChainRun
    from ccr_desktop.core.upstream.reply import Reply

_CUT_SHORT = "the provider closed the stream before the answer was finished"
_GRACE_S = 5.0
_SNIFFED = 256  # bytes, of which some may be blank
_STREAM_STARTS = (b"event:", b"data:", b"id:", b"retry:", b": ", b":\n")
_BAD_SIGNATURE = re.compile(rb"signature", re.I)


class Thoughts:
    """The thinking in a request to one target: what of it may be sent, and what came back."""

    def __init__(self, target: Target, signers: Signers) -> None:
        self._provider = target.provider
        self._signers = signers
        self._are_refused = False

    def note(self, block: JsonObject) -> None:
        """The provider has answered with *block*."""
        self._signers.note(self._provider, block)

    def is_foreign(self, block: JsonObject) -> bool:
        if self._are_refused:
            return is_thinking(block)
        return self._signers.is_foreign(self._provider, block)

    def are_to_blame(self, refusal: bytes, body: JsonObject) -> bool:
        """Whether a refusal means thinking of *body*; all of it stays behind from then on.

        A signature from before the service began may be anybody's.
        """
        if self._are_refused or not _BAD_SIGNATURE.search(refusal):
            return False
        self._are_refused = True
        for block in thinking_blocks(body):
            self._signers.note_refusal(self._provider, block)
        return holds_foreign(body, self.is_foreign)


class NormalisedAttempt(TranslatedAttempt):
    """An answer in the client's own protocol that transformers want to see."""

    def __init__(
        self,
        exchange: Exchange,
        target: Target,
        tokens: int | None,
        run: ChainRun | None = None,
        agent: ImageAgent | None = None,
        *,
        signers: Signers | None = None,
    ) -> None:
        self._thoughts = Thoughts(target, signers or Signers())
        super().__init__(exchange, target, tokens, run, agent)

    def _new_refused(self) -> Refused:
        return RefusedMembers()

    def _new_decoder(self) -> StreamDecoder:
        return MessagesDecoder(self._thoughts.note)

    def mends(self, body: bytes) -> bool:
        if self._thoughts.are_to_blame(body, self._body):
            return True
        return self.refused.learns(body, self._body, self._exchange.headers)

    async def call(self) -> UpstreamCall:
        told = self._exchange
        if self._agent:
            told = replace(told, body=self._body, raw=dumps_safe(self._body))
        told = _spared(told, self.refused)
        return await _messages_call(told, self.target, self._run, self._thoughts)


class PassthroughAttempt:
    """An answer that is in the client's protocol already."""

    lacks_estimate = False
    wants_answer = True
    is_bound = False

    def __init__(
        self,
        exchange: Exchange,
        target: Target,
        run: ChainRun | None = None,
        signers: Signers | None = None,
    ) -> None:
        self.target = target
        self._exchange = exchange
        self._run = run
        self._model = str(exchange.body["model"])
        self._thoughts = Thoughts(target, signers or Signers())
        self.refused: Refused = RefusedMembers()
        self._ids = GivenIds(exchange.body)
        self._stream = MessageStream(
            *(self._model, target.model, exchange.id, secrets_of(target), self._thoughts.note),
            ids=self._ids,
        )
        self._sse = SseDecoder()
        self._is_stream: bool | None = None  # not known before the first bytes
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
    def grace_s(self) -> float | None:
        """How long to wait for the end of an answer that said why it stopped, in seconds."""
        return _GRACE_S if self._stream.stop_reason else None

    @property
    def is_over(self) -> bool:
        return self._stream.has_ended or self.failure is not None

    @property
    def has_told_failure(self) -> bool:
        return self._stream.failure is not None

    async def call(self) -> UpstreamCall:
        told = _spared(self._exchange, self.refused)
        return await _messages_call(told, self.target, self._run, self._thoughts)

    def renews_token(self) -> bool:
        return self._run is not None and self._run.renews_token()

    def mends(self, body: bytes) -> bool:
        exchange = self._exchange
        if self._thoughts.are_to_blame(body, exchange.body):
            return True
        return self.refused.learns(body, exchange.body, exchange.headers)

    async def received(self, reply: Reply) -> Reply:
        return await self._run.reply(reply) if self._run else reply

    def begin(self, headers: Mapping[str, str]) -> None:
        if "event-stream" in headers.get("content-type", ""):
            self._is_stream = True

    def feed(self, data: bytes) -> bytes:
        if not self._is_stream:
            self._collect(data)
            if self._is_stream is None:
                data = self._sniff()
            if not self._is_stream:
                return b""
        try:
            out = self._stream.feed(self._sse.feed(data))
        except EventTooLarge as exc:
            out = self._tell(Failure.of(502, str(exc)))
        return out if self._exchange.is_stream else self._collect(out)

    def _sniff(self) -> bytes:
        """Whether the answer is a stream, whatever its headers say; all of it, if it is one."""
        start = bytes(self._body[:_SNIFFED]).removeprefix(BOM).lstrip()
        if any(each.startswith(start) for each in _STREAM_STARTS):
            return b""  # too little to tell
        self._is_stream = start.startswith(_STREAM_STARTS)
        if not self._is_stream:
            return b""
        body, self._body = bytes(self._body), bytearray()
        return body

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
        if message is None:
            return b""
        if not self._exchange.is_stream:
            self._give_own_ids(message)
            return b""
        return self._stream.feed(self._sse.feed(replay_message(message)))

    def _give_own_ids(self, message: JsonObject) -> None:
        blocks = objects(message["content"])
        owned = [self._ids.owned(block) for block in blocks]
        if owned != blocks:
            self._body = bytearray(dumps_safe({**message, "content": owned}))

    def _finish_stream(self) -> bytes:
        rest = self._stream.feed(self._sse.finish())
        if self._stream.has_ended or self.failure:
            return rest
        if self._stream.has_started and self._stream.stop_reason:
            return rest + self._stream.finish()
        if self._stream.has_started:
            return rest + self._tell(Failure.of(502, _CUT_SHORT))
        self._failure = EMPTY_ANSWER
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
            for block in objects(payload["content"]):
                self._thoughts.note(block)
            return payload
        failure = failure_of(payload) if payload is not None else None
        self._failure = failure or unreadable(body)
        return None


def _spared(exchange: Exchange, refused: Refused) -> Exchange:
    """The request without what was refused of it; itself while that is nothing."""
    if not refused:
        return exchange
    body, headers = refused.body(exchange.body), refused.headers(exchange.headers)
    raw = exchange.raw if body is exchange.body else dumps_safe(body)
    return replace(exchange, body=body, raw=raw, headers=headers)


async def _messages_call(
    exchange: Exchange, target: Target, run: ChainRun | None, thoughts: Thoughts
) -> UpstreamCall:
    """The request for an Anthropic endpoint: the client's own bytes, unless something changes."""
    raw, body = exchange.raw, exchange.body
    if run and run.chain.changes_requests:
        changed = await run.request(body)
        body = await run.upstream_request({**changed, "model": target.model})
        raw = dumps_safe(body)
    call = passthrough_call(
        raw, body, target, exchange.headers, exchange.query, is_foreign=thoughts.is_foreign
    )
    return await run.upstream_call(call) if run else call
