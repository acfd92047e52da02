"""`chutes-glm`: tool calls that GLM prints as text become calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import (
    Alive,
    CarrierDelta,
    Delta,
    TextDelta,
    ToolDelta,
    UsageDelta,
)
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.transformers.printed_call import OPENER, PrintedCall, Progress
from ccr_desktop.core.transformers.printed_values import read_value

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

_SHORTENED_CHARS = 64  # longer names reach some providers shortened, and can't be compared


class ChutesGlm:
    """Takes printed calls out of the text while it comes; nobody sees them as text first.

    What is no call of a tool that the client offers, or is never finished, stays text.
    """

    name = "chutes-glm"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def open(self, context: TransformContext) -> PrintedCalls:
        return PrintedCalls(context.tools)


class PrintedCalls:
    """The text of one answer, and the calls in it."""

    def __init__(self, tools: Sequence[JsonObject]) -> None:
        self._schemas = {str(tool.get("name")).casefold(): _properties(tool) for tool in tools}
        self._takes_any = any(len(name) > _SHORTENED_CHARS for name in self._schemas)
        self._held = ""  # may be the beginning of a call
        self._call: PrintedCall | None = None
        self._lead = ""  # the opening tag of that call, and the space before it
        self._calls = 0
        self._is_after_call = False

    def feed(self, delta: Delta) -> Iterator[Delta]:
        match delta:
            case TextDelta(text) if self._schemas:
                yield from self._fed(text)
            case UsageDelta() | Alive() | CarrierDelta():
                yield delta
            case _:
                yield from self.finish()
                yield delta

    def finish(self) -> Iterator[Delta]:
        while call := self._call:
            yield from self._told(self._given_up())
            yield from self._fed(call.text)
        held, self._held = self._held, ""
        yield from self._told(held)

    def _fed(self, rest: str) -> Iterator[Delta]:
        while True:
            if self._call is None:
                certain, rest = self._split(self._held + rest)
                yield from self._told(certain)
            if (call := self._call) is None:
                return
            match call.feed(rest):
                case Progress.MORE:
                    return
                case Progress.DONE if self._is_offered(call.name):
                    self._call, rest = None, call.rest
                    yield self._made(call)
                case _:
                    yield from self._told(self._given_up())
                    rest = call.text

    def _split(self, text: str) -> tuple[str, str]:
        """The text that is certain to be text, and what follows an opening tag."""
        before, tag, rest = text.partition(OPENER)
        if not tag:
            before = text[: len(text) - _overlap(text)]
        certain = before.rstrip()
        if tag:
            self._held, self._lead = "", before[len(certain) :] + tag
            self._call = PrintedCall()
        else:
            self._held = text[len(certain) :]
        return certain, rest

    def _given_up(self) -> str:
        """The tag, which is none but text; what came after it may still hold a call."""
        self._call = None
        return self._lead

    def _is_offered(self, name: str) -> bool:
        return self._takes_any or name.casefold() in self._schemas

    def _made(self, call: PrintedCall) -> ToolDelta:
        self._calls += 1
        self._is_after_call = True
        known = self._schemas.get(call.name.casefold(), {})
        arguments = {key: read_value(value, known.get(key)) for key, value in call.pairs}
        key = (ChutesGlm.name, self._calls)
        return ToolDelta(key, "", call.name, dumps_text(arguments), is_whole=True)

    def _told(self, text: str) -> Iterator[Delta]:
        """*text*, less the space between a call and what follows."""
        if self._is_after_call:
            text = text.lstrip()
        if text:
            self._is_after_call = False
            yield TextDelta(text)


def _properties(tool: JsonObject) -> JsonObject:
    """The schemas of a tool's arguments."""
    schema = tool.get("input_schema")
    found = schema.get("properties") if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}


def _overlap(text: str) -> int:
    """How many characters at the end of *text* may be the beginning of a call."""
    longest = min(len(text), len(OPENER) - 1)
    return next((n for n in range(longest, 0, -1) if OPENER.startswith(text[-n:])), 0)
