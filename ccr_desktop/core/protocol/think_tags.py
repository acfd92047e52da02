"""Reasoning that a model leaves in its text as `<think>…</think>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.deltas import TextDelta, ThinkingDelta

if TYPE_CHECKING:
    from collections.abc import Iterator


class ThinkTags:
    """Splits text into thinking and text. Tags may be cut anywhere.

    Only the first tag opens; later ones are the model's own words. With *anywhere* text may stand
    before it, else it must be the first of the answer.
    """

    def __init__(self, tag: str = "think", *, anywhere: bool = False) -> None:
        self._opener, self._closer = f"<{tag}>", f"</{tag}>"
        self._anywhere = anywhere
        self._state = "before"  # before, inside, after
        self._held = ""
        self._strips_newline = False
        self._has_text = False  # before the tag

    def feed(self, text: str) -> Iterator[TextDelta | ThinkingDelta]:
        held, self._held = self._held + text, ""
        if self._state == "before":
            before, held = self._open(held)
            if before:
                yield TextDelta(before)
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

    def _open(self, held: str) -> tuple[str, str]:
        """The text that is certain to stand before the tag, and what follows it."""
        before, tag, rest = held.partition(self._opener)
        if tag and (self._anywhere or not before.strip()):
            self._state, self._strips_newline = "inside", True
            return before if before.strip() or self._has_text else "", rest
        start = held.lstrip()
        if self._opener.startswith(start) and not self._has_text:
            self._held = held
            return "", ""
        if not self._anywhere:
            self._state = "after"
            return "", held
        self._has_text = True
        certain = len(held) - _overlap(held, self._opener)
        self._held = held[certain:]
        return held[:certain], ""

    def _close(self, held: str) -> tuple[str, str]:
        """The thinking that is certain, and the text after it."""
        inner, tag, rest = held.partition(self._closer)
        if tag:
            inner = self._without_newline(inner)
            self._state, self._strips_newline = "after", True
            return inner, rest
        keep = _overlap(held, self._closer)
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
