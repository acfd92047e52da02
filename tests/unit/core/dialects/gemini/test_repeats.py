"""Reading many chunks at once gives what reading each of them gives."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.gemini.decoder import GeminiDecoder
from ccr_desktop.core.dialects.gemini.repeats import CountedRepeats
from ccr_desktop.core.protocol.deltas import Delta
from ccr_desktop.core.protocol.sse import Events, SseEvent
from tests.support.replay import GEMINI


def chunk(text: str, count: int, *, ascii_only: bool = False, **part: Any) -> SseEvent:
    content = {"parts": [{"text": text, **part}], "role": "model"}
    usage = {"promptTokenCount": 9, "candidatesTokenCount": count, "totalTokenCount": 9 + count}
    payload = {
        "candidates": [{"content": content, "index": 0}],
        "usageMetadata": usage,
        "responseId": "r1",
    }
    data = json.dumps(payload, ensure_ascii=ascii_only, separators=(",", ":"))
    return SseEvent("", data.encode())


def one_by_one(events: list[SseEvent]) -> list[Delta]:
    decoder = GeminiDecoder(GEMINI.target)
    deltas = [delta for event in events for delta in decoder.feed(event)]
    return [*deltas, *decoder.finish()]


def in_runs(chunks: list[SseEvent]) -> tuple[list[Delta], int]:
    """The deltas, and how many events were read in runs."""
    decoder = GeminiDecoder(GEMINI.target)
    events = Events.of(chunks)
    deltas: list[Delta] = []
    at = run_events = 0
    while at < len(events):
        if run := decoder.feed_run(events, at):
            deltas += run.deltas()
            at += len(run.texts)
            run_events += len(run.texts)
        else:
            deltas += decoder.feed(events[at])
            at += 1
    return [*deltas, *decoder.finish()], run_events


def test_chunks_that_differ_in_text_and_counts_are_read_in_one_run() -> None:
    words = ['a "quoted" word', "back\\slash\\", "line\n", "é😀", '"}],"role":"model"', "\\", "x"]
    events = [chunk(word, count) for count, word in enumerate(words, 5)]

    deltas, run_events = in_runs(events)

    assert deltas == one_by_one(events)
    assert run_events >= len(words) - 3


_TEXTS = st.text('ab"\\,{}[]0 \n\u2028é😀', min_size=1, max_size=6)
_PARTS = st.sampled_from(({}, {}, {}, {"thought": True}, {"thoughtSignature": "c2ln"}))


@given(st.lists(st.tuples(_TEXTS, st.integers(0, 999), st.booleans(), _PARTS), max_size=8))
def test_runs_and_single_chunks_give_the_same(
    pieces: list[tuple[str, int, bool, dict[str, Any]]],
) -> None:
    events = [
        chunk(text, count, ascii_only=ascii_only, **part)
        for text, count, ascii_only, part in pieces
    ]

    assert in_runs(events)[0] == one_by_one(events)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(chunk("x", 1, thought=True), id="a thought"),
        pytest.param(chunk("x", 1, thoughtSignature="c2ln"), id="a signed text"),
        pytest.param(SseEvent("", b'{"candidates":[{"finishReason":"STOP"}]}'), id="the end"),
        pytest.param(SseEvent("", b'{"error":{"message":"no"}}'), id="an error"),
        pytest.param(SseEvent("", b"{"), id="broken"),
    ],
)
def test_a_run_ends_at_a_chunk_of_another_kind(other: SseEvent) -> None:
    events = [chunk("a", 1), chunk("b", 2), other, chunk("c", 3)]

    decoder = GeminiDecoder(GEMINI.target)
    decoder.feed(events[0])

    run = decoder.feed_run(Events.of(events), 1)
    assert run is not None
    assert run.texts == ["b"]
    assert in_runs(events)[0] == one_by_one(events)


def test_an_envelope_that_could_stand_in_a_text_is_not_used() -> None:
    repeats = CountedRepeats()

    repeats.learn(b'{"a":"x"}', "x", lambda chunk: chunk["a"])

    assert repeats.texts(Events([b'{"a":"y"}']), 0) == []


def test_the_plain_way_is_not_taken_again_for_known_envelopes() -> None:
    events = [chunk("word ", count) for count in range(100)]

    with patch.object(GeminiDecoder, "feed", autospec=True, side_effect=GeminiDecoder.feed) as feed:
        in_runs(events)

    assert feed.call_count == 1
