"""Stop sequences that are honoured although the provider does not know them."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.stops import stopping
from ccr_desktop.core.protocol.deltas import (
    Delta,
    Finish,
    TextDelta,
    ThinkingDelta,
    ToolDelta,
    Usage,
    UsageDelta,
)
from ccr_desktop.core.protocol.sse import SseEvent

EVENT = SseEvent("", b"")


class Played:
    """A decoder that gives what it is told to, an event at a time."""

    is_done = False

    def __init__(self, *events: list[Delta], last: list[Delta] | None = None) -> None:
        self._events = list(events)
        self._last = last or []

    def feed(self, _event: SseEvent) -> list[Delta]:
        return self._events.pop(0)

    def feed_run(self, _events: Any, _start: int) -> None:
        raise AssertionError("texts must be looked at")

    def finish(self) -> list[Delta]:
        return self._last

    def decode(self, _payload: Any) -> list[Delta]:
        return [delta for event in self._events for delta in event]


def streamed(*events: list[Delta], stops: list[Any]) -> tuple[str, list[Delta]]:
    """The text, and everything else, of a streamed answer as far as it is read."""
    decoder = stopping(Played(*events), stops)
    found: list[Delta] = []
    for _ in events:
        if decoder.is_done:
            break
        found += decoder.feed(EVENT)
    found += decoder.finish()
    text = "".join(delta.text for delta in found if isinstance(delta, TextDelta))
    return text, [delta for delta in found if not isinstance(delta, TextDelta)]


@given(st.text("abE", max_size=20), st.lists(st.integers(0, 20), max_size=4))
def test_text_ends_before_the_sequence_however_it_is_cut(words: str, cuts: list[int]) -> None:
    edges = sorted({0, len(words), *(cut for cut in cuts if cut <= len(words))})
    pieces: list[list[Delta]] = [[TextDelta(words[a:b])] for a, b in itertools.pairwise(edges)]

    text, others = streamed(*pieces, stops=["EaE", "bb"])

    at = [words.find(stop) for stop in ("EaE", "bb") if stop in words]
    assert text == (words[: min(at)] if at else words)
    assert [type(delta) for delta in others] == ([Finish] if at else [])


def test_the_end_says_which_sequence_it_was_and_nothing_follows() -> None:
    usage = UsageDelta(Usage(output=3))

    text, others = streamed(
        [TextDelta("one END two"), usage, ToolDelta("k", "i", "Bash")], stops=["END", "two"]
    )

    assert text == "one "
    assert others == [Finish("stop", "END"), usage]


def test_what_is_held_back_goes_before_whatever_follows() -> None:
    call = ToolDelta("k", "i", "Bash")

    text, others = streamed([TextDelta("EN"), call], [TextDelta("D")], stops=["END"])

    assert (text, others) == ("END", [call])


def test_only_the_text_is_looked_at() -> None:
    thought = ThinkingDelta("the END")

    assert streamed([thought, TextDelta("ok"), Finish("stop")], stops=["END"]) == (
        "ok",
        [thought, Finish("stop")],
    )


def test_a_complete_answer_is_cut_too() -> None:
    decoder = stopping(Played([TextDelta("one END two"), Finish("stop")]), ["END"])

    assert decoder.decode({}) == [TextDelta("one "), Finish("stop", "END")]


@pytest.mark.parametrize("stops", [[], [""], [5], ()])
def test_without_a_sequence_nothing_stands_between(stops: list[Any]) -> None:
    decoder = Played()

    assert stopping(decoder, stops) is decoder
