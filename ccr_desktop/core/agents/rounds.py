"""One answer of a model that cannot see, watched for calls of the router's own tool.

What the model says goes on to the client as it comes. Tool calls wait until the answer is
complete: those of the router's tool never reach the client, those of the client's tools stand
behind what was found out in the meantime.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.deltas import (
    ArgumentsDelta,
    BlockEnd,
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
from ccr_desktop.core.protocol.emitter import MessageEmitter
from ccr_desktop.core.protocol.finish import CUT
from ccr_desktop.core.protocol.sinks import MessageFold

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.emitter import AnswerContext
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject

_ToolPiece = ToolDelta | ArgumentsDelta | ToolEnd


class Round:
    """Takes the deltas of one answer, as an emitter does, and hands on what is for the client.

    `calls` are the calls of the router's tool, `content` is the whole answer, both once it has
    ended. `has_begun` says that something of it is in the client's message. An answer that is not
    *live* goes on only when it is complete, so that another try can take the place of one that
    failed.
    """

    def __init__(
        self, outer: MessageEmitter, context: AnswerContext, tool: str, *, is_live: bool
    ) -> None:
        self.failure: Failure | None = None
        self.calls: list[JsonObject] = []
        self.has_client_calls = False
        self._outer = outer
        self._tool = tool
        self._is_live = is_live
        self._client_name = context.client_name
        self.has_begun = False
        self._is_complete = False
        self._fold = MessageFold()
        self._inner = MessageEmitter(self._fold, context)
        self._names: dict[object, str] = {}
        self._tools: list[_ToolPiece] = []
        self._waiting: list[Delta] = []

    # -- as an emitter ---------------------------------------------------------------------

    @property
    def has_ended(self) -> bool:
        return self._is_complete or self.failure is not None

    @property
    def finish_reason(self) -> Finish | None:
        return self._inner.finish_reason

    @property
    def usage(self) -> Usage:
        return self._inner.usage

    def feed(self, delta: Delta) -> None:
        if self.has_ended:
            return
        if type(delta) is ErrorDelta:
            self.fail(delta.failure)
            return
        self._inner.feed(delta)
        if self._inner.failure:
            self.fail(self._inner.failure)
        elif isinstance(delta, _ToolPiece):
            self._hold(delta)
        elif not isinstance(delta, UsageDelta | Finish):
            self._pass(delta)

    def feed_run(self, run: DeltaRun) -> None:
        for delta in run.deltas():
            self.feed(delta)

    def fail(self, failure: Failure) -> None:
        """The answer is none. As long as nothing of it went out, another can take its place."""
        if not self.has_ended:
            self.failure = failure

    def finish(self) -> None:
        """The provider's answer has ended."""
        if self.has_ended:
            return
        self._inner.finish()
        if self._inner.failure:
            self.fail(self._inner.failure)
            return
        self._is_complete = True
        self._hand_on()
        tools = [block for block in self.content if block["type"] == "tool_use"]
        self.has_client_calls = any(block["name"] != self._tool for block in tools)
        if not self._was_cut:
            self.calls = [block for block in tools if block["name"] == self._tool]

    def _hold(self, delta: _ToolPiece) -> None:
        if not any(delta.key == held.key for held in self._tools[-1:]):
            self._pass(BlockEnd())  # what follows is no continuation of what came before
        if type(delta) is ToolDelta and delta.name:
            self._names.setdefault(delta.key, delta.name)
        self._tools.append(delta)

    def _pass(self, delta: Delta) -> None:
        """Hand *delta* on; what writes nothing yet waits for what does."""
        self._waiting.append(delta)
        if self._is_live and (self.has_begun or _shows(delta)):
            self.has_begun = True
            self._hand_on()

    def _hand_on(self) -> None:
        for delta in self._waiting:
            self._outer.feed(delta)
        self._waiting.clear()

    # -- once it has ended -----------------------------------------------------------------

    @property
    def content(self) -> list[JsonObject]:
        """The blocks of the answer."""
        content: list[JsonObject] = self._fold.message.get("content", [])
        return content

    @property
    def _was_cut(self) -> bool:
        finish = self.finish_reason
        return finish is not None and finish.reason in CUT

    def release(self, usage: Usage, *, closing: str = "") -> None:
        """End the client's message with the calls of its own tools; *closing* is a last word."""
        for delta in self._tools:
            name = self._client_name(self._names.get(delta.key, ""))
            if name == self._tool:
                continue
            if isinstance(delta, ToolDelta) and delta.name:
                delta = replace(delta, name=name)  # noqa: PLW2901  # as the client knows it
            self._outer.feed(delta)
        if closing:
            self._outer.feed(TextDelta(closing))
        self._outer.feed(UsageDelta(usage))
        self._outer.feed(self.finish_reason or Finish("stop"))
        self._outer.finish()


def _shows(delta: Delta) -> bool:
    """Whether the client sees anything of *delta*."""
    match delta:
        case TextDelta(text) | ThinkingDelta(text) | RefusalDelta(text):
            return bool(text)
        case _:
            return isinstance(delta, ResultDelta)
