import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol import sse
from ccr_desktop.core.protocol.sse import (
    Events,
    EventTooLarge,
    SseDecoder,
    SseEvent,
    encode_event,
    parse_frame,
)


@pytest.mark.parametrize(
    ("frame", "event"),
    [
        pytest.param(b"data: x\n\n", SseEvent("", b"x"), id="plain"),
        pytest.param(b"data:  x\n\n", SseEvent("", b" x"), id="one space is removed"),
        pytest.param(b"data:x\r\rdata", SseEvent("", b"x\n"), id="CR"),
        pytest.param(b"data: a\rdata: b\n\n", SseEvent("", b"a\nb"), id="mixed line ends"),
        pytest.param(b"data\n\n", SseEvent("", b""), id="no colon"),
        pytest.param(b"event: e\r\ndata: 1\r\ndata: 2\r\n\r\n", SseEvent("e", b"1\n2"), id="CRLF"),
        pytest.param(b"data: x", SseEvent("", b"x"), id="end of stream"),
        pytest.param(b"data: \xe2\x80\xa8\n\n", SseEvent("", "\u2028".encode()), id="U+2028"),
        pytest.param(b": ping\n\n", None, id="comment"),
        pytest.param(b"event: e\nid: 1\nretry: 2\nodd: 3\n\n", None, id="no data"),
    ],
)
def test_a_frame_holds_one_event(frame: bytes, event: SseEvent | None) -> None:
    assert parse_frame(frame) == event


@pytest.mark.parametrize(
    "frame",
    [
        b"event: e\ndata: x\n\n",
        b"event:  e\ndata:  x\n\n",
        b"event: \xff\ndata: x\n\n",
        b"event: e\nid: 1\ndata: x\n\n",
        b"data: x\nevent: e\n\n",
        b"event: e\ndata:x\n\n",
        b"event: e\ndata\n\n",
    ],
)
def test_events_are_read_alike_one_by_one_and_together(frame: bytes) -> None:
    assert [*SseDecoder().events(frame)] == [parse_frame(frame)]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"event: e\ndata: 1\n\nevent: e\ndata: 2\n\n", id="alike"),
        pytest.param(b"event: e\ndata: 1\n\nevent: f\ndata: 2\n\n", id="two names"),
        pytest.param(b"event: e\ndata: 1\n\nevent: ef\ndata: 2\n\n", id="one name in another"),
        pytest.param(b"event: e\ndata: 1\ndata: 2\n\nevent: e\ndata: 3\n\n", id="two lines"),
        pytest.param(b"event: e\n\ndata: 1\n\n", id="no data"),
        pytest.param(b"event: e\ndata: \n\nevent: e\ndata: \n\n", id="empty data"),
        pytest.param(b"event: e\ndata: 1\n\n\n\nevent: e\ndata: 2\n\n", id="blank lines"),
        pytest.param(b"event: e\nid: 1\ndata: 1\n\nevent: e\ndata: 2\n\n", id="an id"),
        pytest.param(b"event: e\ndata: 1\n\n: wait\n\nevent: e\ndata: 2\n\n", id="a comment"),
    ],
)
def test_events_with_names_are_read_together_as_one_by_one(raw: bytes) -> None:
    frames = SseDecoder().feed(raw)
    expected = [event for frame in frames if (event := parse_frame(frame))]

    assert [*SseDecoder().events(raw)] == expected
    for at in range(len(raw)):
        decoder = SseDecoder()
        assert [*decoder.events(raw[:at]), *decoder.events(raw[at:])] == expected


def test_events_that_came_together_are_those_that_they_are_made_of() -> None:
    one, other = SseEvent("a", b"1"), SseEvent("", b"2")

    events = Events.of([one, other])

    assert [*events] == [events[0], events[1]] == [one, other]
    assert events.data == [b"1", b"2"]
    assert [*Events([b"1"], "a")] == [one]


def test_an_endless_event_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", 100)
    decoder = SseDecoder()

    decoder.feed(b"x" * 101)

    with pytest.raises(EventTooLarge):
        decoder.feed(b"x")


def test_an_event_is_written_on_one_line() -> None:
    assert encode_event("ping", {"a": "\n\u2028"}) == (
        'event: ping\ndata: {"a":"\\n\u2028"}\n\n'.encode()
    )


PIECES = (
    *(b"data: a\n\n", b"data: {}\n\n", b"data:b\n\n", b": c\n\n", b"\n", b"data: \n\n"),
    *(b"event: x\ndata: d\n\n", b"data: e\ndata: f\n\n", b"data: g\n", b"data: ", b"\r\n"),
)


@given(st.lists(st.lists(st.sampled_from(PIECES)).map(b"".join)))
def test_events_are_those_of_the_frames(chunks: list[bytes]) -> None:
    frames, events = SseDecoder(), SseDecoder()

    for chunk in chunks:
        read = [event for frame in frames.feed(chunk) if (event := parse_frame(frame))]
        assert [*events.events(chunk)] == read
    assert events.finish() == frames.finish()
