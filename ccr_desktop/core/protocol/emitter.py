"""Deltas in, one well-formed Anthropic message out.

The emitter owns everything that makes a message legal: block order and nesting, tool ids and
names, the stop reason, usage, and the single end. Blocks never interleave: while the arguments
of one call are incomplete, what arrives for others waits its turn.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.arguments import BrokenArguments
from ccr_desktop.core.protocol.deltas import (
    UNKNOWN,
    ArgumentsDelta,
    BlockEnd,
    CarrierDelta,
    CitationDelta,
    Delta,
    DeltaRun,
    ErrorDelta,
    Finish,
    RefusalDelta,
    ResultDelta,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    ToolEnd,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.protocol.finish import CUT, EMPTY_ANSWER, Outcome, broken_off, stop_delta
from ccr_desktop.core.protocol.json import JsonObject, dumps_text
from ccr_desktop.core.protocol.tool_call import ToolCall
from ccr_desktop.core.protocol.usage import anthropic_usage

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.sinks import MessageSink

log = logging.getLogger(__name__)

_GOOD_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CUT_SHORT = "the provider closed the stream before the answer was finished"


class Phase(Enum):
    IDLE = auto()
    RUNNING = auto()
    CLOSED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """What the emitter must know of the request.

    `input_estimate` (tokens) stands in until the provider reports usage. `client_name` turns the
    name of a tool as the provider saw it into the one that the client declared. `required` names
    the tools that refuse an empty input. `new_id` makes a fresh tool id.
    """

    message_id: str
    model: str
    new_id: Callable[[], str]
    input_estimate: int = 0
    used_ids: Collection[str] = frozenset()
    client_name: Callable[[str], str] = str
    required: Collection[str] = frozenset()
    stop_sequences: Collection[str] = ()


class MessageEmitter:
    """The state machine between a provider's deltas and a message sink."""

    def __init__(self, sink: MessageSink, context: AnswerContext) -> None:
        self.phase = Phase.IDLE
        self.usage = UNKNOWN
        self.failure: Failure | None = None
        self.finish_reason: Finish | None = None
        self.input_estimate = context.input_estimate
        self.usage_details: JsonObject = {}  # further members of the message's `usage`
        self._sink = sink
        self._context = context
        self._open: type[TextDelta] | type[ThinkingDelta] | ToolCall | None = None
        self._calls: dict[object, ToolCall] = {}
        self._queue: deque[Delta | ToolCall] = deque()
        self._ids = set[str]()
        self._signature = ""
        self._output_chars = 0
        self._blocks = 0
        self._whole_tools = 0
        self._has_refusal = False

    # -- input -----------------------------------------------------------------------------

    def feed(self, delta: Delta) -> None:
        """Take in the next delta. After the end everything is ignored."""
        if type(delta) is self._open and not self._queue:
            self._append(delta.text)
            return
        if type(delta) is ArgumentsDelta and self._has_taken(delta):
            return
        if self.has_ended:
            return
        if type(delta) is ErrorDelta:
            self.fail(delta.failure)
            return
        self._start()
        try:
            self._dispatch(delta)
        except BrokenArguments as exc:
            self.fail(Failure.of(502, str(exc)))

    def feed_run(self, run: DeltaRun) -> None:
        """Take in deltas of one kind, together when they continue the block that is open."""
        if run.kind is self._open and not self._queue:
            self._append_all(run.texts)
            return
        call = self._calls.get(run.key) if run.kind is ArgumentsDelta else None
        if call and call is self._open and call.is_streamed and not self._queue:
            try:
                self._append_all(call.add_all(run.texts))
            except BrokenArguments as exc:
                self.fail(Failure.of(502, str(exc)))
            return
        for delta in run.deltas():
            self.feed(delta)

    def _has_taken(self, delta: ArgumentsDelta) -> bool:
        """Write a fragment for the call that is open, the usual case among fragments."""
        call = self._calls.get(delta.key)
        if call is None or call is not self._open:
            return False
        try:
            self._stream_arguments(call, call.add(delta.text))
            if self._queue:
                self._advance()
        except BrokenArguments as exc:
            self.fail(Failure.of(502, str(exc)))
        return True

    def finish(self) -> None:
        """The provider's stream has ended."""
        if self.phase is Phase.IDLE:
            self.fail(EMPTY_ANSWER)
        elif self.finish_reason is None:
            self.fail(Failure.of(502, _CUT_SHORT))
        elif self.phase is Phase.RUNNING:
            try:
                self._finalize(self.finish_reason)
            except BrokenArguments as exc:
                self.fail(Failure.of(502, str(exc)))

    def fail(self, failure: Failure) -> None:
        """End with an error. Before the first delta nothing is written: the status can tell."""
        if self.has_ended:
            return
        if self.phase is Phase.RUNNING:
            self._sink.fail(failure)
        self.phase = Phase.FAILED
        self.failure = failure
        self._open = None

    @property
    def has_ended(self) -> bool:
        return self.phase is Phase.CLOSED or self.phase is Phase.FAILED

    def _dispatch(self, delta: Delta) -> None:
        match delta:
            case TextDelta(text) | ThinkingDelta(text):
                if text:
                    self._enqueue(delta)
            case CarrierDelta() | BlockEnd() | ResultDelta() | CitationDelta():
                self._enqueue(delta)
            case RefusalDelta(text):
                self._has_refusal = True
                if text:
                    self._enqueue(TextDelta(text))
            case ToolDelta():
                self._feed_tool(delta)
            case ArgumentsDelta(key, text):
                self._feed_tool(ToolDelta(key, arguments=text))
            case ToolEnd(key):
                self._end_call(key)
            case _:
                self._note(delta)

    def _note(self, delta: Delta) -> None:
        """Remember what only matters at the end."""
        if isinstance(delta, UsageDelta):
            self.usage = self.usage.merged(delta.usage)
        elif isinstance(delta, Finish):
            self.finish_reason = delta

    # -- order -----------------------------------------------------------------------------

    def _enqueue(self, item: Delta | ToolCall) -> None:
        self._queue.append(item)
        self._advance()

    def _advance(self) -> None:
        """Write what may be written now; stop at a call that is still incomplete or nameless."""
        while self._queue:
            if isinstance(self._open, ToolCall) and not self._open.is_ready:
                return
            item = self._queue[0]
            if isinstance(item, ToolCall) and not item.name:
                return
            self._queue.popleft()
            self._write(item)

    def _write(self, item: Delta | ToolCall) -> None:
        match item:
            case TextDelta(text) | ThinkingDelta(text):
                if self._open is not type(item):
                    self._open_text(type(item))
                self._append(text)
            case CarrierDelta(signature):
                self._signature = signature
            case BlockEnd():
                if self._signature and self._open is not ThinkingDelta:
                    self._open_text(ThinkingDelta)
                if not isinstance(self._open, ToolCall):
                    self._close()
            case CitationDelta(citation) if self._open is TextDelta:
                self._sink.cite(citation)
            case ResultDelta(block):
                self._close()
                self._write_whole(block)
            case ToolCall():
                self._open_call(item)

    def _write_whole(self, block: JsonObject) -> None:
        """Write a block that is known in full; clients read the input of a tool in pieces."""
        is_call = block["type"] == "server_tool_use"
        self._open_block({**block, "input": {}} if is_call else block)
        if is_call and isinstance(given := block.get("input"), dict) and given:
            self._sink.append(dumps_text(given))
        self._sink.close_block()

    def _open_text(self, kind: type[TextDelta] | type[ThinkingDelta]) -> None:
        self._close()
        if kind is TextDelta:
            self._open_block({"type": "text", "text": ""})
        else:
            self._open_block({"type": "thinking", "thinking": "", "signature": ""})
        self._open = kind

    def _append(self, text: str) -> None:
        if text:
            self._output_chars += len(text)
            self._sink.append(text)

    def _append_all(self, texts: list[str]) -> None:
        if len(texts) == 1:
            self._append(texts[0])
        elif texts := [text for text in texts if text] if "" in texts else texts:
            self._output_chars += sum(map(len, texts))
            self._sink.append_all(texts)

    def _open_block(self, block: JsonObject) -> None:
        self._blocks += 1
        self._sink.open_block(block)

    def _close(self) -> None:
        """Close whatever is open."""
        if isinstance(self._open, ToolCall):
            self._close_call(self._open)
        elif self._open is ThinkingDelta:
            self._sink.close_block(self._signature)
            self._signature = ""
        elif self._open is TextDelta:
            self._sink.close_block()
        self._open = None

    # -- tool calls ------------------------------------------------------------------------

    def _feed_tool(self, delta: ToolDelta) -> None:
        call = self._calls.get(delta.key)
        if call is None:
            call = self._calls[delta.key] = ToolCall()
            self._queue.append(call)
        if call.is_closed:
            if delta.arguments.strip():
                log.warning("tool call %s: arguments after its end ignored", call.name)
            return
        fragment = call.absorb(delta)
        if call is self._open:
            self._stream_arguments(call, fragment)
        self._advance()

    def _end_call(self, key: object) -> None:
        if call := self._calls.get(key):
            call.has_ended = True
            self._advance()

    def _open_call(self, call: ToolCall) -> None:
        if self._signature and self._open is not ThinkingDelta:
            self._open_text(ThinkingDelta)
        self._close()
        call.id = self._client_id(call.id)
        call.name = self._context.client_name(call.name)
        self._open_block({"type": "tool_use", "id": call.id, "name": call.name, "input": {}})
        self._open = call
        self._stream_arguments(call, call.text)

    def _stream_arguments(self, call: ToolCall, fragment: str) -> None:
        """Hand on arguments as they come, once they are seen to be an object."""
        if not call.has_begun or call.is_odd:
            return
        if not call.is_streamed:
            call.is_streamed = True
            fragment = call.text
        self._append(fragment)

    def _close_call(self, call: ToolCall) -> None:
        may_be_empty = call.name not in self._context.required
        rest = call.close(was_cut=self._was_cut, may_be_empty=may_be_empty)
        if rest:
            self._append(rest)
        self._whole_tools += call.is_complete or not self._was_cut
        self._sink.close_block()

    @property
    def _was_cut(self) -> bool:
        return self.finish_reason is not None and self.finish_reason.reason in CUT

    def _client_id(self, given: str) -> str:
        """The provider's id if the client can use it: legal, and new in the conversation."""
        usable = _GOOD_ID.fullmatch(given) and given != "null"
        taken = given in self._ids or given in self._context.used_ids
        chosen = given if usable and not taken else self._context.new_id()
        self._ids.add(chosen)
        return chosen

    # -- start and end ---------------------------------------------------------------------

    def _start(self) -> None:
        if self.phase is not Phase.IDLE:
            return
        self.phase = Phase.RUNNING
        self._sink.start(
            {
                "id": self._context.message_id,
                "type": "message",
                "role": "assistant",
                "model": self._context.model,
                "content": [],
                "stop_reason": None,
                "stop_sequence": None,
                "usage": {"input_tokens": self._context.input_estimate, "output_tokens": 0},
            }
        )

    def _finalize(self, finish: Finish) -> None:
        failure = broken_off(finish.reason)
        if failure and not all(call.is_ready for call in self._calls.values()):
            self.fail(failure)  # a call that was broken off must never run
            return
        self._flush()
        outcome = Outcome(
            finish=finish,
            has_tool=any(call.is_closed for call in self._calls.values()),
            has_whole_tool=self._whole_tools > 0,
            has_refusal=self._has_refusal,
        )
        delta = stop_delta(outcome, self._context.stop_sequences)
        if isinstance(delta, Failure):
            self.fail(delta)
            return
        estimate = Usage(prompt=self.input_estimate, output=(self._output_chars + 3) // 4)
        self._sink.stop(delta, {**anthropic_usage(self.usage, estimate), **self.usage_details})
        self.phase = Phase.CLOSED

    def _flush(self) -> None:
        """Write all that waited, call by call, and close the last block."""
        while self._queue:
            item = self._queue.popleft()
            if isinstance(item, ToolCall) and not item.name and not self._invent_name(item):
                continue
            self._write(item)
        has_late_state = self._signature and self._open is not ThinkingDelta
        if has_late_state and (self._calls or not self._blocks):
            self._open_text(ThinkingDelta)  # it would be lost without a block
        self._close()

    def _invent_name(self, call: ToolCall) -> bool:
        """A call without a name is an error that only the model can mend, if it has arguments."""
        if call.text:
            call.name = f"tool_{list(self._calls.values()).index(call)}"
            return True
        log.warning("a tool call without name and arguments was dropped")
        return False
