"""`tooluse`: a model that would rather talk has to call a tool, and has one for talking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.arguments import ArgumentScanner, closing_suffix, parse_object
from ccr_desktop.core.protocol.deltas import Delta, TextDelta, ToolDelta, ToolEnd
from ccr_desktop.core.protocol.messages import blocks, objects

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

_EXIT, _WORDS = "ExitTool", "response"
_REMINDER = (
    "Tool mode is on. Go on with the task by calling the tool that fits best. "
    f"When no tool fits, or the task is done, call `{_EXIT}` with your answer in `{_WORDS}`."
)
_TOOL: JsonObject = {
    "name": _EXIT,
    "description": "Answer the user in words: use it when no other tool fits, or to end the task.",
    "input_schema": {
        "type": "object",
        "properties": {_WORDS: {"type": "string", "description": "What the user is to read."}},
        "required": [_WORDS],
    },
}
_LONGEST_ESCAPE = 6  # characters, as in \u00e9


class ToolUse:
    """Demands a tool call of every answer; one of `ExitTool` becomes text again.

    The reminder stands at the end of the system prompt, where it is the same in every request.
    Requests without tools, or that demand or forbid one themselves, pass unchanged.
    """

    name = "tooluse"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        tools = objects(body.get("tools"))
        choice = (body.get("tool_choice") or {}).get("type", "auto")
        if not tools or choice != "auto" or any(tool.get("name") == _EXIT for tool in tools):
            return body
        reminder = {"type": "text", "text": _REMINDER}
        return {
            **body,
            "system": [*blocks(body.get("system")), reminder],
            "tools": [*tools, _TOOL],
            "tool_choice": {**(body.get("tool_choice") or {}), "type": "any"},
        }

    def open(self, _context: TransformContext) -> ExitFilter:
        return ExitFilter()


class ExitFilter:
    """Turns calls of `ExitTool` into text, as they arrive."""

    def __init__(self) -> None:
        self._exits: dict[object, _Words] = {}
        self._others = set[object]()
        self._nameless: dict[object, list[ToolDelta]] = {}
        self._has_text = False

    def feed(self, delta: Delta) -> Iterator[Delta]:
        match delta:
            case ToolDelta():
                yield from self._tool(delta)
            case ToolEnd(key) if key in self._exits:
                yield from self._said(self._exits[key].rest())
            case _:
                self._has_text = self._has_text or isinstance(delta, TextDelta)
                yield delta

    def finish(self) -> Iterator[Delta]:
        for words in self._exits.values():
            yield from self._said(words.rest())
        for held in self._nameless.values():
            yield from held

    def _tool(self, delta: ToolDelta) -> Iterator[Delta]:
        if delta.key in self._others:
            yield delta
        elif words := self._exits.get(delta.key):
            yield from self._said(words.feed(delta.arguments))
        elif not delta.name:
            self._nameless.setdefault(delta.key, []).append(delta)
        else:
            yield from self._named(delta)

    def _named(self, delta: ToolDelta) -> Iterator[Delta]:
        """The call has its name now; what came before it counts too."""
        held = [*self._nameless.pop(delta.key, ()), delta]
        if delta.name != _EXIT:
            self._others.add(delta.key)
            yield from held
            return
        words = self._exits[delta.key] = _Words(is_continued=self._has_text)
        yield from self._said(words.feed("".join(piece.arguments for piece in held)))

    def _said(self, text: str) -> Iterator[Delta]:
        if text:
            self._has_text = True
            yield TextDelta(text)


class _Words:
    """The text in the arguments of one `ExitTool` call, while they come in pieces."""

    def __init__(self, *, is_continued: bool) -> None:
        self._separator = "\n\n" if is_continued else ""
        self._text = ""
        self._told = 0
        self._scanner = ArgumentScanner()

    def feed(self, fragment: str) -> str:
        """What *fragment* adds to the words. A character that may be cut waits."""
        self._scanner.feed(fragment)
        self._text += fragment
        if not self._scanner.is_complete and "\\" in self._text[-_LONGEST_ESCAPE:]:
            return ""
        return self._new(self._words())

    def rest(self) -> str:
        """What was held back; arguments that can't be read at all are better than nothing."""
        words = self._words()
        return self._new(self._text if words is None and not self._told else words)

    def _words(self) -> str | None:
        suffix = closing_suffix(self._text, self._scanner)
        found = None if suffix is None else parse_object(self._text + suffix)
        words = found.get(_WORDS) if found else None
        return words if isinstance(words, str) else None

    def _new(self, words: str | None) -> str:
        if not words or len(words) <= self._told:
            return ""
        new, self._told = words[self._told :], len(words)
        separator, self._separator = self._separator, ""
        return separator + new
