"""From the bytes of a provider's answer to a message, whatever the bytes turn out to be.

A server asked for a stream may answer with JSON, one asked for JSON with a stream, and either
with an error page. The first bytes tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ccr_desktop.core.protocol.failures import Failure, unreadable
from ccr_desktop.core.protocol.finish import EMPTY_ANSWER
from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.core.protocol.ndjson import LineDecoder
from ccr_desktop.core.protocol.sse import BOM, Events, EventTooLarge, SseDecoder, parse_frame

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import StreamDecoder
    from ccr_desktop.core.protocol.deltas import Delta, DeltaRun, Finish, Usage

MAX_JSON_BYTES = 64 * 1024 * 1024


class Receiver(Protocol):
    """Where the deltas of an answer go: the emitter, or what stands before it."""

    @property
    def has_ended(self) -> bool: ...
    @property
    def finish_reason(self) -> Finish | None: ...
    @property
    def usage(self) -> Usage: ...
    def feed(self, delta: Delta) -> None: ...
    def feed_run(self, run: DeltaRun) -> None: ...
    def fail(self, failure: Failure) -> None: ...
    def finish(self) -> None: ...


class AnswerTranslator:
    """Feeds an emitter from an answer's bytes; pure, so that tests need no server."""

    def __init__(self, decoder: StreamDecoder, emitter: Receiver) -> None:
        self._decoder = decoder
        self._emitter = emitter
        self._sse = SseDecoder()
        self._lines: LineDecoder | None = None
        self._is_stream: bool | None = None  # not known before the first bytes
        self._body = bytearray()

    def expect(self, content_type: str) -> None:
        """The answer's headers are there."""
        if "ndjson" in content_type:
            self._lines, self._is_stream = LineDecoder(), True

    @property
    def is_over(self) -> bool:
        """Whether nothing more is of interest."""
        return self._emitter.has_ended or self._decoder.is_done

    @property
    def grace_s(self) -> float | None:
        """How long to wait for more, in seconds: some servers never end a finished stream."""
        if self._emitter.finish_reason is None:
            return None
        return 5.0 if self._emitter.usage.output is None else 2.0

    def feed(self, chunk: bytes) -> None:
        """Translate what *chunk* completes."""
        if self._is_stream is None:
            self._sniff(chunk)
        elif self._is_stream:
            self._feed_stream(chunk)
        elif len(self._body) + len(chunk) > MAX_JSON_BYTES:
            self._emitter.fail(Failure.of(502, "the provider's answer is too large"))
        else:
            self._body += chunk

    def finish(self) -> None:
        """The answer has ended."""
        if self._is_stream:
            self._feed_events(self._last_events())
            self._emit(self._decoder.finish())
            self._emitter.finish()
        elif not self._emitter.has_ended:
            self._finish_json()

    def _sniff(self, chunk: bytes) -> None:
        self._body += chunk
        start = self._body.removeprefix(BOM).lstrip()[:1]
        if start and not BOM.startswith(self._body):
            self._is_stream = start not in b"{[<"
            if self._is_stream:
                self._feed_stream(bytes(self._body))

    def _last_events(self) -> Events:
        if self._lines:
            return self._lines.finish()
        return Events.of(filter(None, map(parse_frame, self._sse.finish())))

    def _feed_stream(self, chunk: bytes) -> None:
        try:
            self._feed_events((self._lines or self._sse).events(chunk))
        except EventTooLarge as exc:
            self._emitter.fail(Failure.of(502, f"the provider sent {exc}"))

    def _feed_events(self, events: Events) -> None:
        decoder, emitter = self._decoder, self._emitter
        at, count = 0, len(events.data)
        while at < count and not decoder.is_done:
            if run := decoder.feed_run(events, at):
                emitter.feed_run(run)
                at += len(run.texts)
                continue
            for delta in decoder.feed(events[at]):
                emitter.feed(delta)
            at += 1

    def _emit(self, deltas: list[Delta]) -> None:
        for delta in deltas:
            self._emitter.feed(delta)

    def _finish_json(self) -> None:
        body = bytes(self._body)
        try:
            payload = loads_lenient(body)
        except JSONDecodeError:
            if lines := _json_lines(body):
                self._feed_events(lines)
                self._emit(self._decoder.finish())
                self._emitter.finish()
            else:
                self._emitter.fail(unreadable(body) if body.strip() else _empty())
            return
        self._emit(self._decoder.decode(payload))
        self._emitter.finish()


def _json_lines(body: bytes) -> Events | None:
    """The lines of a stream of JSON that proxies have called something else."""
    decoder = LineDecoder()
    lines = [*decoder.events(body.removeprefix(BOM)).data, *decoder.finish().data]
    is_stream = len(lines) > 1 and all(line.startswith(b"{") for line in lines)
    return Events(lines) if is_stream and _is_json(lines[0]) else None


def _is_json(line: bytes) -> bool:
    try:
        loads_lenient(line)
    except JSONDecodeError:
        return False
    return True


def _empty() -> Failure:
    return EMPTY_ANSWER
