"""Properties of the SSE decoder: only the bytes matter, never how they are cut or framed."""

import json
import random
import re

from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.sse import SseDecoder, SseEvent, parse_frame
from tests.support.examples import many, one_in
from tests.support.replay import cut
from tests.support.scripts import SEEDS, render, scripts

_BITS = (b"data", b"event", b"id", b":", b": ", b" ", b"\n", b"\r", b"\n\n", b"\r\n", b"{}", b"x")
_ODD = (b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xff", b"\x00", "é".encode(), b"[DONE]")
few = one_in(2)
ANY_STREAM = st.lists(st.sampled_from(_BITS + _ODD), max_size=24).map(b"".join)


def by_frames(chunks: list[bytes]) -> list[SseEvent]:
    decoder = SseDecoder()
    frames = [frame for chunk in chunks for frame in decoder.feed(chunk)] + decoder.finish()
    return [event for frame in frames if (event := parse_frame(frame))]


def by_events(chunks: list[bytes]) -> list[SseEvent]:
    decoder = SseDecoder()
    events = [event for chunk in chunks for event in decoder.events(chunk)]
    return events + [event for frame in decoder.finish() if (event := parse_frame(frame))]


def by_the_book(raw: bytes) -> list[SseEvent]:
    """The WHATWG algorithm, line by line; the end of the stream dispatches what is pending."""
    events, name, data = [], "", list[bytes]()
    for line in [*re.split(rb"\r\n|\r|\n", raw.removeprefix(b"\xef\xbb\xbf")), b""]:
        if not line:
            if data:
                events.append(SseEvent(name, b"\n".join(data)))
            name, data = "", []
            continue
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            data.append(value)
        elif field == b"event":
            name = value.decode("utf-8", "replace")
    return events


@many()
@given(ANY_STREAM, SEEDS)
def test_any_bytes_read_as_the_standard_says_however_they_are_cut(raw: bytes, seed: int) -> None:
    expected = by_the_book(raw)

    chunks = list(cut(raw, seed))

    assert by_frames(chunks) == expected
    assert by_events(chunks) == expected
    assert by_events([raw]) == expected


@many()
@given(ANY_STREAM, SEEDS)
def test_frames_joined_are_the_input_but_for_a_byte_order_mark(raw: bytes, seed: int) -> None:
    decoder = SseDecoder()

    frames = [frame for chunk in cut(raw, seed) for frame in decoder.feed(chunk)]

    assert b"".join(frames + decoder.finish()) == raw.removeprefix(b"\xef\xbb\xbf")


_LINES = st.sampled_from(
    ("data: {}", "data:x\u2028y", "data", ": note", "event: ping", "id: 1", "odd", "", "", "")
)


@many()
@given(st.lists(_LINES, max_size=20), st.sampled_from((b"\r\n", b"\r")))
def test_the_kind_of_line_end_never_matters(lines: list[str], end: bytes) -> None:
    raw = "".join(f"{line}\n" for line in lines).encode()

    changed = raw.replace(b"\n", end)

    assert by_events([changed]) == by_events([raw])


@few
@given(scripts(), SEEDS)
def test_comments_between_events_change_nothing(script: object, seed: int) -> None:
    raw = render(script, seed).replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # type: ignore[arg-type]

    commented = b": hello\n\n" + raw.replace(b"\n\n", b"\n\n: keep-alive\n\n:\n")

    assert by_events([commented]) == by_events([raw])


_WORDS = st.sampled_from(("", "a", "\u2028", "é\r\n", "{", '"'))
_VALUES = st.dictionaries(_WORDS, st.lists(_WORDS | st.integers(0, 9), max_size=3), max_size=4)


@few
@given(_VALUES, SEEDS)
def test_a_payload_may_be_spread_over_data_lines_between_its_tokens(
    value: dict[str, object], seed: int
) -> None:
    chance = random.Random(seed)
    lines = json.dumps(value, indent=chance.choice((0, 1, 4))).split("\n")

    raw = "".join(f"data: {line}\n" for line in lines).encode() + b"\n"

    (event,) = by_events(list(cut(raw, seed)))
    assert json.loads(event.data) == value
