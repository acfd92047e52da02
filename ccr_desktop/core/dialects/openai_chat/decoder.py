"""Chat Completions answers, streamed or complete, as deltas.

Providers that call themselves compatible differ in what they leave out and repeat; the order of
the checks below is what all recorded streams agree with. Source of the plain format:
https://platform.openai.com/docs/api-reference/chat/streaming
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.openai_chat.call_keys import CallKeys
from ccr_desktop.core.dialects.openai_chat.chunk_parts import (
    REASONING_FIELDS,
    choice_index,
    chunk_failure,
    joined_text,
    list_failure,
    misplaced_usage,
    plain_thought,
    tool_delta,
)
from ccr_desktop.core.dialects.openai_chat.failed_generation import salvaged
from ccr_desktop.core.dialects.openai_chat.reasoning import merge_details, origin
from ccr_desktop.core.dialects.openai_chat.repeated_details import RepeatedDetails
from ccr_desktop.core.dialects.openai_chat.usage import read_usage
from ccr_desktop.core.dialects.repeats import Repeats
from ccr_desktop.core.protocol.carrier import encode_carrier
from ccr_desktop.core.protocol.deltas import (
    Alive,
    ArgumentsDelta,
    CarrierDelta,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    RefusalDelta,
    TextDelta,
    ThinkingDelta,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure, failure_of
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads, loads_lenient
from ccr_desktop.core.protocol.think_tags import ThinkTags

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.sse import Events, SseEvent

log = logging.getLogger(__name__)

_DONE = b"[DONE]"
_MAX_UNREADABLE = 3
_ERROR_HOLDERS = frozenset({"error", "x_groq"})
# Several choices are parts of one message; the strongest reason to stop counts.
_STRENGTH = {"tool_calls": 4, "function_call": 4, "length": 3, "content_filter": 2, "stop": 1}


class ChatDecoder:
    """Decodes one answer of a Chat Completions server."""

    def __init__(self, target: Target) -> None:
        self.is_done = False
        self._target = target
        self._keys = CallKeys()
        self._tags = ThinkTags() if target.profile.inline_think_tags else None
        self._finish: Finish | None = None
        self._reasoning_field = ""
        self._details: list[JsonObject] = []
        self._repeated = RepeatedDetails() if target.profile.may_repeat_details else None
        self._chunk: JsonObject | None = None
        self._has_carrier_due = False
        self._has_content = False
        self._unreadable = 0
        self._texts = Repeats()
        self._thoughts = Repeats()
        self._fragments = Repeats()
        self._fragments_key: object = None

    # -- input -----------------------------------------------------------------------------

    def feed(self, event: SseEvent) -> list[Delta]:
        """The deltas in one event."""
        data = event.data
        if data == _DONE:
            return self._feed_other(data)  # every stream has one, and what is no JSON costs much
        try:
            chunk = loads(data)
        except JSONDecodeError:
            try:
                chunk = loads_lenient(data)
            except JSONDecodeError:
                return self._feed_other(data)
        self._unreadable = 0
        if (delta := self._plain_delta(chunk)) is not None:
            self._learn(data, delta)
            return [delta]
        if not isinstance(chunk, dict):
            return list_failure(chunk)
        if event.name == "error" and "error" not in chunk:
            chunk = {"error": chunk}
        deltas = self._decode_chunk(chunk)
        if self._has_carrier_due:
            self._learn_thought(data, chunk, deltas)
        return deltas

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """The deltas of the events from *start* on that are known to hold one piece each.

        None when the first of them must be read by `feed`.
        """
        if not self._has_carrier_due and (texts := self._texts.texts(events, start)):
            run = DeltaRun(TextDelta, None, texts)
        elif fragments := self._fragments.texts(events, start):
            run = DeltaRun(ArgumentsDelta, self._fragments_key, fragments)
        elif thoughts := self._thoughts.texts(events, start):
            run = DeltaRun(ThinkingDelta, None, thoughts)
            self._has_carrier_due = True
        else:
            return None
        self._unreadable = 0
        return run

    def finish(self) -> list[Delta]:
        """What was held back until the stream ended."""
        out: list[Delta] = []
        for delta in self._tags.finish() if self._tags else ():
            self._emit(delta, out)
        return [*out, *self._carrier()]

    def decode(self, payload: Any) -> list[Delta]:
        """The deltas in a complete answer; something else than an answer is an error."""
        if not isinstance(payload, dict):
            failure = Failure.of(502, "the provider's answer is no JSON object")
            return list_failure(payload) or [ErrorDelta(failure)]
        payload = salvaged(payload) or payload
        deltas = self._decode_chunk(payload, is_whole=True)
        if not deltas or not payload.get("choices"):
            failure = Failure.of(502, "the provider's answer holds no choices")
            return [d for d in deltas if isinstance(d, ErrorDelta)] or [ErrorDelta(failure)]
        if self._finish is None:
            deltas.append(Finish(""))
        return [*deltas, *self.finish()]

    def _feed_other(self, data: bytes) -> list[Delta]:
        text = data.strip()
        if text == _DONE:
            self.is_done = True
            # Some servers never say why generation ended, only that it did.
            return [Finish("")] if self._has_content and self._finish is None else []
        if not text:
            return []
        self._unreadable += 1
        log.warning("an event of %s is not JSON", self._target.provider)
        if self._unreadable <= _MAX_UNREADABLE:
            return []
        return [ErrorDelta(Failure.of(502, "the provider's stream can't be read as JSON"))]

    def _plain_delta(self, chunk: Any) -> TextDelta | ArgumentsDelta | None:
        """The delta of a chunk that holds a piece of text or arguments and nothing else.

        Nearly all chunks of an answer are such; they skip every check that can't concern them.
        """
        try:
            (choice,) = chunk["choices"]
            delta = choice["delta"]
            is_plain = len(delta) == 1 and choice["finish_reason"] is None
            if not is_plain or "error" in chunk or chunk.get("usage"):
                return None
            if "content" in delta:
                text = delta["content"]
                if type(text) is not str or not text or self._tags or self._has_carrier_due:
                    return None
                self._has_content = True
                return TextDelta(text)
            (entry,) = delta["tool_calls"]
            return self._plain_arguments(entry, choice)
        except (KeyError, TypeError, ValueError):
            return None

    def _learn(self, data: bytes, delta: TextDelta | ArgumentsDelta) -> None:
        """Remember the envelope of a plain chunk."""
        repeats = self._texts
        if isinstance(delta, ArgumentsDelta):
            repeats, self._fragments_key = self._fragments, delta.key

        def read(chunk: Any) -> str | None:
            found = self._plain_delta(chunk)
            return found.text if type(found) is type(delta) else None

        repeats.learn(data, delta.text, read)

    def _learn_thought(self, data: bytes, chunk: JsonObject, deltas: list[Delta]) -> None:
        """Remember the envelope of a chunk that gave a piece of reasoning and nothing else."""
        if len(deltas) == 1 and type(deltas[0]) is ThinkingDelta and plain_thought(chunk):
            self._thoughts.learn(data, deltas[0].text, plain_thought)

    def _plain_arguments(self, entry: JsonObject, choice: JsonObject) -> ArgumentsDelta | None:
        function = entry["function"]
        arguments = function["arguments"]
        key = self._keys.continued(choice.get("index"), entry["index"])
        if key is None or entry.get("id") or function.get("name") or type(arguments) is not str:
            return None
        return ArgumentsDelta(key, arguments)

    # -- chunks ----------------------------------------------------------------------------

    def _decode_chunk(self, chunk: JsonObject, *, is_whole: bool = False) -> list[Delta]:
        choices = chunk.get("choices")
        is_usual = _ERROR_HOLDERS.isdisjoint(chunk)
        if is_usual and type(choices) is list and len(choices) == 1:
            out = self._decode_choice(choices[0], is_whole=is_whole)
        elif (answer := salvaged(chunk)) is not None:
            return self._decode_choices(answer["choices"], is_whole=True)
        elif failure := chunk_failure(chunk):
            return [ErrorDelta(failure)]
        else:
            out = self._decode_choices(choices, is_whole=is_whole)
            if not out and chunk.get("id"):
                out.append(Alive())
        usage = chunk.get("usage") or misplaced_usage(chunk, choices)
        if isinstance(usage, dict):
            out.append(UsageDelta(read_usage(usage, self._target.profile)))
        return out

    def _decode_choices(self, choices: Any, *, is_whole: bool) -> list[Delta]:
        if not isinstance(choices, list):
            return []
        parts = sorted((c for c in choices if isinstance(c, dict)), key=choice_index)
        return [d for choice in parts for d in self._decode_choice(choice, is_whole=is_whole)]

    def _decode_choice(self, choice: Any, *, is_whole: bool) -> list[Delta]:
        if not isinstance(choice, dict):
            return []
        delta = choice.get("delta")
        if not delta and (is_whole or not self._has_content):
            delta = choice.get("message")  # some servers end a stream with the whole message
        out: list[Delta] = []
        if isinstance(delta, dict):
            self._decode_delta(delta, choice_index(choice), out, is_whole=is_whole)
            if not out:
                out.append(Alive())
        reason = choice.get("finish_reason")
        if isinstance(reason, str):
            self._finish_with(reason, choice, out)
        return out

    def _decode_delta(
        self, delta: JsonObject, choice: int, out: list[Delta], *, is_whole: bool
    ) -> None:
        self._decode_reasoning(delta, out)
        content = delta.get("content")
        if content:
            self._decode_content(content, out)
        refusal = delta.get("refusal")
        if refusal and isinstance(refusal, str):
            self._emit(RefusalDelta(refusal), out)
        if calls := delta.get("tool_calls"):
            self._decode_calls(calls, choice, out, is_whole=is_whole)
        if isinstance(call := delta.get("function_call"), dict):
            self._emit(tool_delta(("legacy", choice), "", call, is_whole=is_whole), out)

    def _decode_content(self, content: Any, out: list[Delta]) -> None:
        if isinstance(content, str):
            if self._tags:
                for delta in self._tags.feed(content):
                    self._emit(delta, out)
            else:
                self._emit(TextDelta(content), out)
            return
        for part in content if isinstance(content, list) else ():
            match part:
                case {"type": "text", "text": str(text)}:
                    self._emit(TextDelta(text), out)
                case {"type": "thinking", "thinking": thinking}:
                    self._emit(ThinkingDelta(joined_text(thinking)), out)
                    self._note_chunk(part)

    def _emit(self, delta: Delta, out: list[Delta]) -> None:
        """Append content; what belongs to the reasoning before it goes first."""
        self._has_content = True
        if self._has_carrier_due and not isinstance(delta, ThinkingDelta):
            out += self._carrier()
        out.append(delta)

    # -- reasoning -------------------------------------------------------------------------

    def _decode_reasoning(self, delta: JsonObject, out: list[Delta]) -> None:
        details = delta.get("reasoning_details")
        text = self._note_details(details) if isinstance(details, list) else ""
        for field in REASONING_FIELDS:
            value = delta.get(field)
            if value and not text:
                text = joined_text(value)
            if value:
                self._reasoning_field = self._reasoning_field or field
                self._has_carrier_due = True
        if text:
            self._has_content = True
            out.append(ThinkingDelta(text))

    def _note_details(self, details: list[Any]) -> str:
        pieces = [piece for piece in details if isinstance(piece, dict)]
        pieces = self._repeated.news(pieces) if self._repeated else pieces
        self._details += pieces
        self._has_carrier_due = self._has_carrier_due or bool(pieces)
        texts = (piece.get("text") or piece.get("summary") for piece in pieces)
        return "".join(text for text in texts if isinstance(text, str))

    def _note_chunk(self, chunk: JsonObject) -> None:
        """Reasoning that stood in the content goes back there, with its signature if it has one."""
        signature = chunk.get("signature")
        self._chunk = {"signature": signature} if signature else self._chunk or {}
        self._has_carrier_due = True

    def _carrier(self) -> list[Delta]:
        """The state that must come back with the reasoning so far."""
        if not self._has_carrier_due:
            return []
        state: JsonObject = {"field": self._reasoning_field}
        if self._details:
            state = {"details": merge_details(self._details), **origin(self._target)}
        elif self._chunk is not None:
            state = {"chunk": self._chunk}
        self._details, self._chunk = [], None
        self._has_carrier_due = False
        return [CarrierDelta(encode_carrier(self._target.provider, state))]

    # -- calls and the end -----------------------------------------------------------------

    def _decode_calls(self, calls: Any, choice: int, out: list[Delta], *, is_whole: bool) -> None:
        self._fragments.forget()
        for entry in calls if isinstance(calls, list) else ():
            if not isinstance(entry, dict):
                continue
            function = entry.get("function")
            function = function if isinstance(function, dict) else {}
            identity = entry.get("id")
            identity = identity if isinstance(identity, str) and identity != "null" else ""
            name, arguments = function.get("name"), function.get("arguments")
            key = self._keys.key(choice, entry.get("index"), identity, name, arguments)
            if key is not None:
                self._emit(tool_delta(key, identity, function, is_whole=is_whole), out)

    def _finish_with(self, reason: str, choice: JsonObject, out: list[Delta]) -> None:
        before = self._finish
        if before and _STRENGTH.get(before.reason, 0) > _STRENGTH.get(reason, 0):
            return
        if reason == "error" and choice.get("error") and (failure := failure_of(choice)):
            out.append(ErrorDelta(failure))  # OpenRouter
            return
        matched = choice.get("stop_reason") or choice.get("matched_stop")
        self._finish = Finish(reason, matched if isinstance(matched, str) else None)
        out.append(self._finish)
