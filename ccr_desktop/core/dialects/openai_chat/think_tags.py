"""Reasoning that a server leaves in the text as `<think>…</think>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.deltas import TextDelta, ThinkingDelta

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkTags:
    """Splits text into thinking and text. Tags may be cut anywhere.

    Only a tag before the first other text of the answer opens; later ones are the model's own
    words.
    """

    def __init__(self) -> None:
        self._state = "before"  # before, inside, after
        self._held = ""
        self._strips_newline = False

    def feed(self, text: str) -> Iterator[TextDelta | ThinkingDelta]:
        held, self._held = self._held + text, ""
        if self._state == "before":
            held = self._open(held)
        if self._state == "inside":
            inner, held = self._close(held)
            if inner:
                yield ThinkingDelta(inner)
        if self._state == "after" and (rest := self._without_newline(held)):
            yield TextDelta(rest)

    def finish(self) -> Iterator[TextDelta | ThinkingDelta]:
        held, self._held = self._held, ""
        if held:
            yield ThinkingDelta(held) if self._state == "inside" else TextDelta(held)

    def _open(self, held: str) -> str:
        start = held.lstrip()
        if start.startswith(_OPEN):
            self._state, self._strips_newline = "inside", True
            return start[len(_OPEN) :]
        if _OPEN.startswith(start):
            self._held = held
            return ""
        self._state = "after"
        return held

    def _close(self, held: str) -> tuple[str, str]:
        """The thinking that is certain, and the text after it."""
        inner, tag, rest = held.partition(_CLOSE)
        if tag:
            inner = self._without_newline(inner)
            self._state, self._strips_newline = "after", True
            return inner, rest
        keep = _overlap(held, _CLOSE)
        self._held = held[len(held) - keep :]
        return self._without_newline(held[: len(held) - keep]), ""

    def _without_newline(self, text: str) -> str:
        """*text* without the one newline that may follow a tag."""
        if not self._strips_newline or not text:
            return text
        self._strips_newline = False
        return text.removeprefix("\n")


def _overlap(text: str, tag: str) -> int:
    """How many characters at the end of *text* may be the beginning of *tag*."""
    longest = min(len(text), len(tag) - 1)
    return next((n for n in range(longest, 0, -1) if tag.startswith(text[-n:])), 0)
