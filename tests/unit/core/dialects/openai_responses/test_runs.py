from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.openai_responses.runs import Runs
from ccr_desktop.core.protocol.deltas import ArgumentsDelta, TextDelta
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.sse import SseEvent

TEXT, ARGUMENTS = "response.output_text.delta", "response.function_call_arguments.delta"


def event(kind: str, index: Any, delta: Any, name: str = "") -> SseEvent:
    payload = {"type": kind, "output_index": index, "delta": delta, "obfuscation": "x"}
    return SseEvent(name, dumps(payload))


@pytest.mark.parametrize("name", ["", TEXT])
def test_a_run_ends_where_another_text_begins(name: str) -> None:
    events = [event(TEXT, 0, "a", name), event(TEXT, 0, '"', name), event(TEXT, 1, "c", name)]

    assert Runs().read(events, 0) == (0, TextDelta, ["a", '"'])


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([event(TEXT, 0, "a")], id="one alone"),
        pytest.param([event(TEXT, 0, "a"), event(ARGUMENTS, 0, "a")], id="of two kinds"),
        pytest.param([event(TEXT, 0, "a"), event(TEXT, 1, "a")], id="of two texts"),
        pytest.param([event(TEXT, 0, 1), event(TEXT, 0, 2)], id="no text"),
        pytest.param([event(TEXT, None, "a")] * 2, id="no place"),
        pytest.param([event("response.odd", 0, TEXT)] * 2, id="another kind"),
        pytest.param([SseEvent(TEXT, b"{}")] * 2, id="no members"),
        pytest.param([SseEvent(TEXT, b"{")] * 2, id="broken"),
        pytest.param([SseEvent(TEXT, b"1")] * 2, id="no objects"),
        pytest.param(
            [SseEvent(TEXT, b'{"delta":"a'), SseEvent(TEXT, b'b"},{}')], id="whole only together"
        ),
    ],
)
def test_what_is_no_run_is_left_to_be_read_one_by_one(events: list[SseEvent]) -> None:
    assert Runs().read(events, 0) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from((TEXT, ARGUMENTS)), st.integers(0, 1), st.sampled_from(("a", ""))
        ),
        min_size=1,
        max_size=60,
    )
)
def test_a_run_holds_what_its_events_hold(pieces: list[tuple[str, int, str]]) -> None:
    events, runs, at = [event(*piece) for piece in pieces], Runs(), 0

    while at < len(events):
        run = runs.read(events, at)
        if run is None:
            at += 1
            continue
        index, kind, texts = run
        name = TEXT if kind is TextDelta else ARGUMENTS
        assert kind in (TextDelta, ArgumentsDelta)
        assert pieces[at : at + len(texts)] == [(name, index, text) for text in texts]
        at += len(texts)
