"""generateContent answers, streamed or complete, as deltas.

Every event is a complete `GenerateContentResponse`; calls come whole (on Vertex AI also in
pieces), and nothing but the end of the stream says that it has ended. Source:
https://ai.google.dev/api/generate-content#generatecontentresponse
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.gemini.grounding import citations, search_blocks
from ccr_desktop.core.dialects.gemini.partial_args import PartialArgs
from ccr_desktop.core.dialects.gemini.repeats import CountedRepeats
from ccr_desktop.core.dialects.gemini.signatures import encode_state
from ccr_desktop.core.dialects.gemini.usage import read_usage
from ccr_desktop.core.protocol.deltas import (
    Alive,
    CarrierDelta,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure, failure_of
from ccr_desktop.core.protocol.json import (
    JSONDecodeError,
    JsonObject,
    dumps_text,
    loads,
    loads_lenient,
)
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.sse import Events, SseEvent

log = logging.getLogger(__name__)

_GOOD_END = "STOP"
_MAX_UNREADABLE = 3
_NOTHING_KNOWN = Usage()


class GeminiDecoder:
    """Decodes one answer of a generateContent server."""

    def __init__(self, target: Target) -> None:
        self.is_done = False
        self._target = target
        self._has_finished = False
        self._calls = 0
        self._partial: PartialArgs | None = None  # of the last call, while it is incomplete
        self._state: JsonObject = {}  # signatures that the client has not been given yet
        self._grounding: JsonObject = {}
        self._usage: Any = None  # of the last plain chunk: it counts if no later one does
        self._unreadable = 0
        self._texts = CountedRepeats()
        self._thoughts = CountedRepeats()

    # -- input -----------------------------------------------------------------------------

    def feed(self, event: SseEvent) -> list[Delta]:
        """The deltas in one event."""
        data = event.data
        try:
            chunk = loads(data)
        except JSONDecodeError:
            try:
                chunk = loads_lenient(data)
            except JSONDecodeError:
                return self._feed_other(data)
        self._unreadable = 0
        if "thought" not in self._state and (delta := _plain_delta(chunk)) is not None:
            self._usage = chunk.get("usageMetadata")
            if type(delta) is TextDelta:
                self._texts.learn(data, delta.text, _text_of)
            else:
                self._thoughts.learn(data, delta.text, _thought_of)
            return [delta]
        if event.name == "error" and isinstance(chunk, dict) and "error" not in chunk:
            chunk = {"error": chunk}
        return [delta for each in _chunks(chunk) for delta in self._decode_chunk(each)]

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """The texts of the events from *start* on that are known to hold one text each.

        None when the first of them must be read by `feed`.
        """
        if "thought" in self._state:
            return None
        if texts := self._texts.texts(events, start):
            run = DeltaRun(TextDelta, None, texts)
        elif texts := self._thoughts.texts(events, start):
            run = DeltaRun(ThinkingDelta, None, texts)
        else:
            return None
        self._unreadable = 0
        self._usage = events[start + len(texts) - 1].data
        return run

    def finish(self) -> list[Delta]:
        """What was held back until the stream ended."""
        out: list[Delta] = []
        self._close_partial(out)
        if "thought" in self._state:
            self._carry({}, out)
        out += [*citations(self._grounding), *search_blocks(self._grounding)]
        usage = self._usage
        if isinstance(usage, bytes):
            usage = loads_lenient(usage).get("usageMetadata")
        self._note_usage(usage, out)
        return out

    def decode(self, payload: Any) -> list[Delta]:
        """The deltas in a complete answer: one response, or a list of a stream's responses."""
        chunks = _chunks(payload)
        deltas = [delta for chunk in chunks for delta in self._decode_chunk(chunk)]
        if failures := [delta for delta in deltas if isinstance(delta, ErrorDelta)]:
            return [failures[0]]
        if not any(_candidate(chunk) for chunk in chunks) and not self._has_finished:
            return [ErrorDelta(Failure.of(502, "the provider's answer holds no candidates"))]
        if not self._has_finished:
            deltas.append(Finish(""))
        return [*deltas, *self.finish()]

    def _feed_other(self, data: bytes) -> list[Delta]:
        text = data.strip()
        if text == b"[DONE]":  # from gateways
            self.is_done = True
        if not text or self.is_done:
            return []
        self._unreadable += 1
        log.warning("an event of %s is not JSON", self._target.provider)
        if self._unreadable <= _MAX_UNREADABLE:
            return []
        return [ErrorDelta(Failure.of(502, "the provider's stream can't be read as JSON"))]

    # -- chunks ----------------------------------------------------------------------------

    def _decode_chunk(self, chunk: JsonObject) -> list[Delta]:
        if chunk.get("error"):
            told = failure_of(chunk) or Failure.of(502, "the provider reported an error")
            return [ErrorDelta(told)]
        out: list[Delta] = []
        if candidate := _candidate(chunk):
            self._decode_candidate(candidate, out)
        elif reason := _block_reason(chunk):
            self._finish_with(f"PROMPT_BLOCKED: {reason}", out)
        elif failure := failure_of(chunk):
            return [ErrorDelta(failure)]
        self._note_usage(chunk.get("usageMetadata"), out)
        if not out and (candidate or chunk.get("responseId")):
            out.append(Alive())
        return out

    def _decode_candidate(self, candidate: JsonObject, out: list[Delta]) -> None:
        content = candidate.get("content")
        for part in objects(content.get("parts")) if isinstance(content, dict) else ():
            self._decode_part(part, out)
        if isinstance(grounding := candidate.get("groundingMetadata"), dict):
            self._grounding = {**self._grounding, **grounding}
        reason = candidate.get("finishReason")
        if isinstance(reason, str):
            self._close_partial(out, is_cut=reason != _GOOD_END)
            self._finish_with(reason, out)

    def _finish_with(self, reason: str, out: list[Delta]) -> None:
        self._has_finished = True
        out.append(Finish(reason))

    def _note_usage(self, usage: Any, out: list[Delta]) -> None:
        if isinstance(usage, dict) and (read := read_usage(usage)) != _NOTHING_KNOWN:
            self._usage = None
            out.append(UsageDelta(read))

    # -- parts -----------------------------------------------------------------------------

    def _decode_part(self, part: JsonObject, out: list[Delta]) -> None:
        found = part.get("thoughtSignature") or part.get("thought_signature")
        signature = found if isinstance(found, str) else ""
        call = part.get("functionCall") or part.get("function_call")
        if isinstance(call, dict) or "functionCall" in part:
            self._decode_call(call if isinstance(call, dict) else {}, signature, out)
        elif isinstance(text := part.get("text"), str):
            if part.get("thought") is True:
                self._decode_thought(text, signature, out)
            else:
                self._decode_text(text, signature, out)

    def _decode_thought(self, text: str, signature: str, out: list[Delta]) -> None:
        if text:
            out.append(ThinkingDelta(text))
        if signature:
            self._state["thought"] = signature

    def _decode_text(self, text: str, signature: str, out: list[Delta]) -> None:
        if text:
            if "thought" in self._state:
                self._carry({}, out)
            out.append(TextDelta(text))
        if signature:
            # It has its place before a call that follows; a last text needs none.
            self._state["text" if text else "tail"] = signature

    def _carry(self, more: JsonObject, out: list[Delta]) -> None:
        """Hand over the signatures so far with the thinking block that is open or comes next."""
        if state := {**self._state, **more}:
            out.append(CarrierDelta(encode_state(self._target, state)))
        self._state = {}

    # -- calls -----------------------------------------------------------------------------

    def _decode_call(self, call: JsonObject, signature: str, out: list[Delta]) -> None:
        name, will_continue = call.get("name"), call.get("willContinue") is True
        if isinstance(name, str) and name:
            self._close_partial(out)
            out.append(self._begin_call(call, name, signature, out))
        elif self._partial is None:
            log.warning("a part of %s is a call without a name", self._target.provider)
        if self._partial:
            self._partial.add(call.get("partialArgs"))
            if not will_continue:
                self._close_partial(out)

    def _begin_call(
        self, call: JsonObject, name: str, signature: str, out: list[Delta]
    ) -> ToolDelta:
        """The call, with its arguments unless they come in pieces."""
        identity, args = call.get("id"), call.get("args")
        has_id = isinstance(identity, str) and bool(identity)
        more: JsonObject = {"call": signature} if signature else {}
        if has_id and (more or self._state):
            more["ids"] = True
        self._carry(more, out)
        self._calls += 1
        is_whole = "partialArgs" not in call and call.get("willContinue") is not True
        if not is_whole:
            self._partial = PartialArgs()
        text = dumps_text(args) if is_whole and args is not None else ""
        return ToolDelta(self._calls, str(identity) if has_id else "", name, text, is_whole)

    def _close_partial(self, out: list[Delta], *, is_cut: bool = False) -> None:
        """End the call whose arguments came in pieces; one that was cut must not look whole."""
        if self._partial is None:
            return
        text = dumps_text(self._partial.values)
        self._partial = None
        if is_cut:
            out.append(ToolDelta(self._calls, arguments=text[:-1]))
        else:
            out.append(ToolDelta(self._calls, arguments=text, is_whole=True))


def _chunks(payload: Any) -> list[JsonObject]:
    """The responses in a payload, without the envelope that Code Assist puts them in."""
    found = objects(payload) if isinstance(payload, list) else objects([payload])
    return [inner if isinstance(inner := chunk.get("response"), dict) else chunk for chunk in found]


def _candidate(chunk: JsonObject) -> JsonObject | None:
    """The one candidate; no more are ever asked for."""
    return next(iter(objects(chunk.get("candidates"))), None)


def _block_reason(chunk: JsonObject) -> str:
    feedback = chunk.get("promptFeedback")
    reason = feedback.get("blockReason") if isinstance(feedback, dict) else None
    return reason if isinstance(reason, str) else ""


def _plain_delta(chunk: Any) -> TextDelta | ThinkingDelta | None:
    """The delta of a chunk that holds a text or a thought and nothing else.

    Nearly all chunks of an answer are such; they skip every check that can't concern them.
    """
    try:
        (candidate,) = chunk["candidates"]
        (part,) = candidate["content"]["parts"]
        text = part["text"]
        is_more = candidate.get("finishReason") or candidate.get("groundingMetadata")
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if is_more or type(text) is not str or not text or "error" in chunk:
        return None
    if len(part) == 1:
        return TextDelta(text)
    is_thought = len(part) == 2 and part.get("thought") is True
    return ThinkingDelta(text) if is_thought else None


def _text_of(chunk: Any) -> str | None:
    delta = _plain_delta(chunk)
    return delta.text if isinstance(delta, TextDelta) else None


def _thought_of(chunk: Any) -> str | None:
    delta = _plain_delta(chunk)
    return delta.text if isinstance(delta, ThinkingDelta) else None
