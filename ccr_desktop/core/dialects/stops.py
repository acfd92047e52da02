"""Stop sequences that the client named and that the provider may know nothing of.

The Responses API has no member for them, reasoning models refuse them, and servers take only so
many. A provider that stops by itself never sends one, so nothing is cut twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.deltas import (
    Alive,
    Delta,
    ErrorDelta,
    Finish,
    TextDelta,
    UsageDelta,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ccr_desktop.core.dialects.base import StreamDecoder
    from ccr_desktop.core.protocol.deltas import DeltaRun
    from ccr_desktop.core.protocol.sse import Events, SseEvent

_BESIDE_TEXT = (UsageDelta, Alive, ErrorDelta)
_AFTER_THE_CUT = (UsageDelta, ErrorDelta)


def stopping(decoder: StreamDecoder, sequences: Collection[Any]) -> StreamDecoder:
    """*decoder*, whose text ends before the first of *sequences*."""
    wanted = tuple(text for text in sequences if text and isinstance(text, str))
    return StopDecoder(decoder, wanted) if wanted else decoder


class StopDecoder:
    """Ends an answer at a stop sequence, wherever the pieces of its text are cut."""

    def __init__(self, decoder: StreamDecoder, sequences: Sequence[str]) -> None:
        self._decoder = decoder
        self._sequences = sequences
        self._held = ""  # may be the beginning of a sequence
        self._has_stopped = False

    @property
    def is_done(self) -> bool:
        """What is generated after a stop sequence is not waited for."""
        return self._has_stopped or self._decoder.is_done

    def feed(self, event: SseEvent) -> list[Delta]:
        return self._passed(self._decoder.feed(event))

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """Each piece of text is looked at."""
        return None

    def finish(self) -> list[Delta]:
        return [*self._passed(self._decoder.finish()), *self._released()]

    def decode(self, payload: Any) -> list[Delta]:
        return [*self._passed(self._decoder.decode(payload)), *self._released()]

    def _passed(self, deltas: list[Delta]) -> list[Delta]:
        out: list[Delta] = []
        for delta in deltas:
            if self._has_stopped:
                if isinstance(delta, _AFTER_THE_CUT):
                    out.append(delta)
            elif isinstance(delta, TextDelta):
                out += self._cut(delta.text)
            elif isinstance(delta, _BESIDE_TEXT):
                out.append(delta)
            else:
                out += [*self._released(), delta]
        return out

    def _cut(self, text: str) -> Iterator[Delta]:
        text, self._held = self._held + text, ""
        found = [(at, stop) for stop in self._sequences if (at := text.find(stop)) >= 0]
        if found:
            at, stop = min(found)
            self._has_stopped = True
            yield TextDelta(text[:at])
            yield Finish("stop", stop)
            return
        keep = max(_overlap(text, stop) for stop in self._sequences)
        self._held = text[len(text) - keep :]
        yield TextDelta(text[: len(text) - keep])

    def _released(self) -> list[Delta]:
        held, self._held = self._held, ""
        return [TextDelta(held)] if held else []


def _overlap(text: str, stop: str) -> int:
    """How many characters at the end of *text* may be the beginning of *stop*."""
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if stop.startswith(text[-n:])), 0)
