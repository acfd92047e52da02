import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.dialects.openai_responses.runs import Runs, learn
from ccr_desktop.core.protocol.deltas import TextDelta
from ccr_desktop.core.protocol.json import dumps
from ccr_desktop.core.protocol.sse import Events, SseEvent

TEXT, ARGUMENTS = "response.output_text.delta", "response.function_call_arguments.delta"


def event(kind: str, index: Any, delta: Any, name: str = "") -> SseEvent:
    payload = {"type": kind, "output_index": index, "delta": delta, "obfuscation": "x"}
    return SseEvent(name, dumps(payload))


@pytest.mark.parametrize("name", ["", TEXT])
def test_a_run_ends_where_another_text_begins(name: str) -> None:
    events = [event(TEXT, 0, "a", name), event(TEXT, 0, '"', name), event(TEXT, 1, "c", name)]

    assert Runs().read(Events.of(events), 0) == (0, TextDelta, ["a", '"'])


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
    assert Runs().read(Events.of(events), 0) is None


NASTY = (
    "a",
    "",
    '"',
    "\\",
    '","',
    '"}',
    '","logprobs":[]',
    "\n",
    "é😀",
    "\ud83d",
    '"delta":"',
    "x" * 40,
)
FORMS = ("openai", "sorted", "xai", "delta last", "bare")


def members(form: str, kind: str, index: int, delta: str, number: int) -> dict[str, Any]:
    """An event in the order of members of some server."""
    if form == "bare":
        return {"type": kind, "output_index": index, "delta": delta}
    count = {"sequence_number": number}
    place = {"item_id": f"item_{index}", "output_index": index, "content_index": 0}
    rest = {"logprobs": [], "obfuscation": "x" * (number % 7)}
    match form:
        case "sorted":
            return dict(sorted({"type": kind, **count, **place, "delta": delta, **rest}.items()))
        case "xai":
            return {**count, "type": kind, "content_index": 0, "delta": delta, **place}
        case "delta last":
            return {"type": kind, **place, **count, "delta": delta}
        case _:
            return {"type": kind, **count, **place, "delta": delta, **rest}


@given(
    st.sampled_from(FORMS),
    st.lists(
        st.tuples(
            st.sampled_from((TEXT, TEXT, TEXT, ARGUMENTS, "response.refusal.delta")),
            st.sampled_from((0, 0, 0, 1, 10)),
            st.lists(st.sampled_from(NASTY), max_size=4).map("".join),
        ),
        min_size=1,
        max_size=20,
    ),
    st.booleans(),
)
def test_a_run_holds_what_its_events_hold(
    form: str, drawn: list[tuple[str, int, str]], is_named: bool
) -> None:
    pieces = [piece for piece in drawn for _ in range(4)]
    payloads = [members(form, *piece, number) for number, piece in enumerate(pieces)]
    events = [
        SseEvent(p["type"] if is_named else "", json.dumps(p, separators=(",", ":")).encode())
        for p in payloads
    ]
    runs, together, at = Runs(), Events.of(events), 0

    while at < len(events):
        run = runs.read(together, at)
        if run is None:
            at += 1
            continue
        name = TEXT if run.kind is TextDelta else ARGUMENTS
        expected = [(name, run.key, text) for text in run.pieces]
        assert pieces[at : at + len(expected)] == expected
        at += len(expected)


@pytest.mark.parametrize("form", ["openai", "sorted", "xai", "bare"])
def test_what_was_read_once_in_full_is_known_from_then_on(form: str) -> None:
    payloads = [members(form, TEXT, 3, text, number) for number, text in enumerate(NASTY[:9])]
    data = [dumps(payload) for payload in payloads]

    envelope = learn(data[0], payloads[0])

    if form == "sorted":
        assert envelope is None  # what it means stands after its number
    else:
        assert envelope is not None
        more = [members(form, ARGUMENTS, 3, "a", 1), members(form, TEXT, 30, "a", 1)]
        events = Events([*data, *map(dumps, more)])
        assert envelope.pieces(events, 0) == [*NASTY[:9]]
        assert envelope.pieces(events, 9) == envelope.pieces(events, 10) == []
