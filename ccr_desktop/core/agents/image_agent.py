"""The image agent: lets a model that sees no pictures ask one that does.

One object serves one request through all its rounds: the model answers, what it asks about
pictures is found out, and it answers again. All of it becomes one message for the client.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.agents import image_tool, memory
from ccr_desktop.core.agents.image_tool import Look
from ccr_desktop.core.agents.pictures import without_pictures
from ccr_desktop.core.agents.rounds import Round
from ccr_desktop.core.protocol.deltas import UNKNOWN, BlockEnd, CarrierDelta, Usage
from ccr_desktop.core.protocol.messages import last_user_words
from ccr_desktop.core.protocol.usage import anthropic_usage

if TYPE_CHECKING:
    from ccr_desktop.core.agents.output import Output
    from ccr_desktop.core.config.schema import Route
    from ccr_desktop.core.protocol.emitter import AnswerContext
    from ccr_desktop.core.protocol.json import JsonObject

MAX_ROUNDS = 12
_LAST = "\n\n(You can't look again in this turn. Answer with what you know now.)"
_STOPPED = f"(The model asked to look at images more than {MAX_ROUNDS} times; the router stopped.)"
_COUNTS = ("prompt", "cached", "written", "output", "thinking")


class ImageAgent:
    """Serves *body*, the client's request, with *routes* to look at its pictures."""

    def __init__(self, body: JsonObject, routes: Sequence[Route]) -> None:
        self.routes = tuple(routes)
        self.looks = 0
        self._client = body
        self._tool = image_tool.tool_name(body)
        self._said: list[JsonObject] = []  # the blocks of the answer so far
        self._rounds: list[Usage] = []
        self._round: Round | None = None
        self._output: Output | None = None
        self.body, self._pictures = self._told()

    @property
    def has_answered(self) -> bool:
        """Whether a round is complete: all further ones go on with its message."""
        return bool(self._rounds)

    @property
    def output(self) -> Output | None:
        return self._output if self.has_answered else None

    @property
    def calls(self) -> list[JsonObject]:
        """What the model wants to know before it goes on."""
        return self._round.calls if self._round else []

    @property
    def is_complete(self) -> bool:
        """Whether the client's message has its end."""
        return self._output is not None and self._output.emitter.has_ended

    @property
    def is_bound(self) -> bool:
        """Whether the present answer has become a part of the message that earlier ones began."""
        return self.has_answered and self._round is not None and self._round.has_begun

    @property
    def summary(self) -> str:
        """Who looks, and how often he did, for people."""
        times = f"{self.looks} time" if self.looks == 1 else f"{self.looks} times"
        return f"{self.routes[0]} looked {times}"

    # -- the request -----------------------------------------------------------------------

    def _told(self) -> tuple[JsonObject, tuple[JsonObject, ...]]:
        """The request without pictures, and the pictures."""
        body, answer = self._client, {"role": "assistant", "content": self._said}
        history = [*body["messages"], *([answer] if self._said else ())]
        messages, pictures = without_pictures(memory.recalled(history, self._tool), self._tool)
        told = {
            **body,
            "system": _with_note(body.get("system"), image_tool.note(self._tool)),
            "messages": messages,
            "tools": [*(body.get("tools") or ()), image_tool.declaration(self._tool)],
        }
        return told, pictures

    def question(self, call: JsonObject) -> JsonObject:
        """The request for a model that sees; raises `WrongCall` when *call* names no picture."""
        said = last_user_words(self._client["messages"])
        return image_tool.question(call, self._pictures, said, self.routes[0])

    # -- the answer ------------------------------------------------------------------------

    def begin(self, output: Output, context: AnswerContext, *, is_live: bool) -> Round:
        """What takes the model's next answer."""
        self._output = output
        self._round = Round(output.emitter, context, self._tool, is_live=is_live)
        return self._round

    def end_round(self) -> None:
        """The model's answer is complete. When it asks for nothing, the message is, too."""
        made = self._round
        if made is None or made.failure or not made.has_ended:
            return
        self._rounds.append(made.usage)
        if not made.calls:
            self._close(made)
        elif len(self._rounds) > MAX_ROUNDS:
            made.calls.clear()
            self._close(made, _STOPPED)

    def note_looks(self, looks: Sequence[Look]) -> None:
        """Go on with what was found out for `calls`, in their order."""
        made, output = self._round, self._output
        if made is None or output is None:
            raise RuntimeError("there is no round to go on with")
        self.looks += len(looks)
        if len(self._rounds) == MAX_ROUNDS:
            looks = [Look(look.call, look.text + _LAST, look.is_error) for look in looks]
        self._remember(made, looks, output)
        made.calls.clear()
        if made.has_client_calls:
            self._close(made)
        else:
            self.body, self._pictures = self._told()

    def _remember(self, made: Round, looks: Sequence[Look], output: Output) -> None:
        """Keep the looks for the next round, and for the requests that follow in the client."""
        names = {look.call["id"] for look in looks}
        is_mixed = made.has_client_calls
        block = memory.thinking_block(looks, is_mixed=is_mixed)
        self._said += [b for b in made.content if b.get("id") not in names] + [block]
        output.emitter.feed(BlockEnd())
        if is_mixed or self._wants_thinking:
            output.emitter.feed(CarrierDelta(block["signature"]))
            output.emitter.feed(BlockEnd())

    @property
    def _wants_thinking(self) -> bool:
        """Whether the client expects thinking blocks, and so sends them back."""
        thinking = self._client.get("thinking")
        kind = thinking.get("type") if isinstance(thinking, dict) else None
        return kind not in {None, "disabled"}

    def _close(self, made: Round, closing: str = "") -> None:
        if self._output:
            self._output.emitter.usage_details = self._details
        made.release(self.usage, closing=closing)

    # -- usage -----------------------------------------------------------------------------

    @property
    def usage(self) -> Usage:
        """The counts of all rounds together; None is what no round told."""
        made = [*self._rounds]
        if self._round and not self._round.has_ended:
            made.append(self._round.usage)
        sums = {name: _sum([getattr(usage, name) for usage in made]) for name in _COUNTS}
        return Usage(**sums)

    @property
    def record(self) -> JsonObject:
        """The counts in Anthropic's form."""
        return {**anthropic_usage(self.usage, UNKNOWN), **self._details}

    @property
    def _details(self) -> JsonObject:
        """The rounds apart, when there are several."""
        if len(self._rounds) < 2:
            return {}
        return {"iterations": [_iteration(usage) for usage in self._rounds]}


def _with_note(system: Any, note: str) -> Any:
    """A system prompt, text or blocks, with *note* behind it."""
    if isinstance(system, str) and system:
        return f"{system}\n\n{note}"
    block = {"type": "text", "text": note}
    return [*system, block] if isinstance(system, list) else [block]


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _iteration(usage: Usage) -> JsonObject:
    """A round as Anthropic counts those of its own tools (`BetaUsage.iterations` of its SDK).

    Claude Code takes the last for the size of the conversation.
    """
    counts = anthropic_usage(usage, UNKNOWN)
    names = (
        "input_tokens",
        "output_tokens",
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
    )
    return {"type": "message", **{name: counts.get(name) or 0 for name in names}}
