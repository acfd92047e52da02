"""One tool call of an answer while it is put together."""

from __future__ import annotations

import logging

from ccr_desktop.core.protocol.arguments import (
    JSON_SPACE,
    ArgumentScanner,
    BrokenArguments,
    closing_suffix,
    unwrap_object,
)
from ccr_desktop.core.protocol.deltas import ToolDelta
from ccr_desktop.core.protocol.json import dumps_text

log = logging.getLogger(__name__)

MAX_ARGUMENT_CHARS = 32 * 1024 * 1024
_DECIDED_AFTER = 3  # fragments that were no snapshots prove that the provider appends
_SNAPSHOTS_LOCK = 2  # so many snapshots prove that the provider repeats itself


class ToolCall:
    """Collects id, name and arguments of one call.

    Most providers append argument fragments; some repeat everything so far in each chunk
    (snapshots), and some repeat the whole at the end. `absorb` returns what is really new.
    """

    def __init__(self) -> None:
        self.id = ""
        self.name = ""
        self.is_closed = False
        self.has_ended = False  # the provider said so
        self.is_odd = False  # the arguments are something else than an object, as far as seen
        self.is_streamed = False  # fragments have been handed on; otherwise all waits for the end
        self._parts: list[str] = []
        self._scanner = ArgumentScanner()
        self.has_begun = False  # more than space has come
        self._chars = 0
        self._appends = 0
        self._snapshots = 0

    @property
    def text(self) -> str:
        """The arguments so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def is_complete(self) -> bool:
        """Whether the arguments are one whole JSON object."""
        return self._scanner.is_complete and not self.is_odd

    @property
    def is_ready(self) -> bool:
        """Whether nothing more will come that the client must see."""
        return self.has_ended or self.is_complete

    def absorb(self, delta: ToolDelta) -> str:
        """Take in a piece; the argument text that it adds."""
        if delta.id and not self.id:
            self.id = delta.id
        if delta.name and not self.name:
            self.name = delta.name
        self.has_ended = self.has_ended or delta.is_whole
        return self.add(delta.arguments) if delta.arguments else ""

    def add(self, fragment: str) -> str:
        """Take in a piece of the arguments; what of it is new."""
        if self._appends < _DECIDED_AFTER and self._parts and fragment:
            fragment = self._without_repetition(fragment)
        if self._scanner.is_complete:
            self._report_rest(fragment)
            return ""
        used = self._scanner.feed(fragment)
        self._report_rest(fragment[used:])
        fragment = fragment[:used]
        if fragment:
            self._parts.append(fragment)
            self._chars += len(fragment)
            if self._chars > MAX_ARGUMENT_CHARS:
                raise BrokenArguments(f"the arguments of the tool call {self.name} are too large")
            if not self.has_begun and (start := fragment.lstrip(JSON_SPACE)):
                self.has_begun = True
                self.is_odd = not start.startswith("{")
        return fragment

    def add_all(self, fragments: list[str]) -> list[str]:
        """Take in pieces of the arguments one after another; what of each is new."""
        added: list[str] = []
        for at, fragment in enumerate(fragments):
            if self._appends >= _DECIDED_AFTER:
                return [*added, *self._append_all(fragments[at:])]
            if new := self.add(fragment):
                added.append(new)
        return added

    def _append_all(self, fragments: list[str]) -> list[str]:
        """Take in pieces of a provider that is known to append."""
        text = "".join(fragments)
        if self._scanner.is_complete or self._chars + len(text) > MAX_ARGUMENT_CHARS:
            return [new for fragment in fragments if (new := self.add(fragment))]
        used = self._scanner.feed(text)
        self._parts.append(text[:used])
        self._chars += used
        if used == len(text):
            return fragments
        self._report_rest(text[used:])
        return _first_chars(fragments, used)

    def _without_repetition(self, fragment: str) -> str:
        so_far = self.text
        if self._snapshots >= _SNAPSHOTS_LOCK or self._is_snapshot(fragment, so_far):
            self._snapshots += 1
            return fragment.removeprefix(so_far)
        self._appends += 1
        return fragment

    def _is_snapshot(self, fragment: str, so_far: str) -> bool:
        if not fragment.startswith(so_far):
            return False
        if self._scanner.is_complete:
            return fragment == so_far
        return len(fragment) > len(so_far) and (len(so_far) > 1 or so_far == "{")

    def close(self, *, was_cut: bool, may_be_empty: bool) -> str:
        """End the call; what must still be written so that its arguments are an object.

        *was_cut* says that the answer's length was limited, so that arguments may stay
        incomplete. Raises `BrokenArguments` when nothing can be done.
        """
        self.is_closed = True
        text, self._parts = self.text, []
        if self.is_odd:
            return self._replacement(text, was_cut=was_cut, may_be_empty=may_be_empty)
        if not self.has_begun or (was_cut and not self.is_complete):
            return ""
        suffix = closing_suffix(text, self._scanner)
        if suffix is None:
            raise BrokenArguments(f"the arguments of the tool call {self.name} are broken")
        if suffix:
            log.warning("tool call %s: incomplete arguments, closed with %r", self.name, suffix)
        return suffix

    def _replacement(self, text: str, *, was_cut: bool, may_be_empty: bool) -> str:
        """Arguments that are no object: nothing was written yet, so they can be put right."""
        value = unwrap_object(text)
        if value is not None:
            return dumps_text(value)
        if not may_be_empty:
            return "{}"  # the client's own check fails and tells the model
        if was_cut:
            return ""
        raise BrokenArguments(f"the arguments of the tool call {self.name} are no object")

    def _report_rest(self, rest: str) -> None:
        if rest.strip() and rest != self.text:
            log.warning(
                "tool call %s: %d characters after the arguments ignored", self.name, len(rest)
            )


def _first_chars(fragments: list[str], chars: int) -> list[str]:
    """*fragments* without what comes after the first *chars* characters."""
    kept = []
    for fragment in fragments:
        if chars <= 0:
            break
        kept.append(fragment[:chars])
        chars -= len(fragment)
    return kept
