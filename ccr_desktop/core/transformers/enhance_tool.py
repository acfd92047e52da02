"""`enhancetool`: tool arguments that are not quite JSON are put right."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.arguments import ArgumentScanner, parse_object, unwrap_object
from ccr_desktop.core.protocol.deltas import Delta, Finish, ToolDelta, ToolEnd
from ccr_desktop.core.protocol.finish import CUT
from ccr_desktop.core.protocol.json import dumps_text

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

log = logging.getLogger(__name__)


class EnhanceTool:
    """Collects the arguments of each call and sends them on when they are complete and mended.

    Arguments that a limit cut off stay as they are: half a command must never run.
    """

    name = "enhancetool"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def open(self, _context: TransformContext) -> ArgumentMender:
        return ArgumentMender()


class ArgumentMender:
    """Holds the arguments of the calls of one answer back until they are whole."""

    def __init__(self) -> None:
        self._parts: dict[object, list[str]] = {}
        self._names: dict[object, str] = {}
        self._was_cut = False

    def feed(self, delta: Delta) -> Iterator[Delta]:
        match delta:
            case ToolDelta():
                yield from self._tool(delta)
            case ToolEnd(key):
                yield from self._released(key)
                yield delta
            case Finish(reason):
                self._was_cut = reason in CUT
                yield from self.finish()
                yield delta
            case _:
                yield delta

    def finish(self) -> Iterator[Delta]:
        for key in list(self._parts):
            yield from self._released(key)

    def _tool(self, delta: ToolDelta) -> Iterator[Delta]:
        key = delta.key
        if key not in self._names:
            yield from self._released_if_whole()
        self._names[key] = self._names.get(key) or delta.name
        if delta.id or delta.name:
            yield ToolDelta(key, delta.id, delta.name)
        if delta.arguments:
            self._parts.setdefault(key, []).append(delta.arguments)
        if delta.is_whole:
            yield from self._released(key)
            yield ToolEnd(key)

    def _released_if_whole(self) -> Iterator[Delta]:
        """Another call begins: those that are valid as they stand need not wait any longer."""
        for key, parts in list(self._parts.items()):
            if parse_object("".join(parts)) is not None:
                yield from self._released(key)

    def _released(self, key: object) -> Iterator[Delta]:
        parts = self._parts.pop(key, [])
        if not parts:
            return
        if self._was_cut and parse_object("".join(parts)) is None:
            yield ToolDelta(key, arguments="".join(parts))
        else:
            yield ToolDelta(key, arguments=mended(parts, self._names[key]))


def mended(parts: Sequence[str], name: str = "") -> str:
    """The arguments in the pieces *parts* as the text of a JSON object."""
    text = "".join(parts)
    if parse_object(text) is not None:
        return text
    # A server that repeats itself: the last piece is everything.
    if len(parts) > 1 and parse_object(parts[-1]) is not None:
        return parts[-1]
    found = unwrap_object(text) or _json5(text)
    if found is None and _ends_in_string(text):
        log.warning("the arguments of the tool call %s were cut off", name)
        return text
    found = found or _repaired(text)
    if found is None:
        log.warning("the arguments of the tool call %s are beyond repair", name)
    return dumps_text(found or {})


def _ends_in_string(text: str) -> bool:
    """Whether *text* breaks off within a word of it: nobody knows how that went on."""
    scanner = ArgumentScanner()
    scanner.feed(text)
    return scanner.in_string


def _json5(text: str) -> JsonObject | None:
    import pyjson5  # noqa: PLC0415  # only for what is no JSON

    try:
        found = pyjson5.decode(text)
    except (pyjson5.Json5Exception, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _repaired(text: str) -> JsonObject | None:
    import json_repair  # noqa: PLC0415  # only for what is no JSON

    try:
        found = json_repair.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
