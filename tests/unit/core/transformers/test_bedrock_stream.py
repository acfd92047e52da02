import pytest

from ccr_desktop.core.protocol.aws_frames import BrokenFrame, Frame, FrameDecoder
from ccr_desktop.core.protocol.sse import parse_frame
from ccr_desktop.core.transformers.bedrock_stream import event_of
from tests.support.aws_frames import chunk, exception, frame


def event(raw: bytes) -> bytes:
    (found,) = FrameDecoder().feed(raw)
    return event_of(found)


@pytest.mark.parametrize("start", [b'{"type":', b'{"type": ', b'{ "a": 1.50, "type":'])
def test_an_event_keeps_its_bytes(start: bytes) -> None:
    data = start + b'"content_block_delta","index":0,"delta":{"text":"h\\u00e9\xc3\xa9 1.50"}}'

    assert event(chunk(data)) == b"event: content_block_delta\ndata: %b\n\n" % data


def test_one_on_several_lines_is_put_on_one() -> None:
    found = parse_frame(event(chunk(b'{\n "type": "ping"\n}')))

    assert found == ("ping", b'{"type":"ping"}')


@pytest.mark.parametrize(
    "raw",
    [
        chunk({"completion": "old"}),
        chunk(b"[]"),
        chunk(b'{"type": "two\\nlines"}'),
        frame({":message-type": "event", ":event-type": "initial-response"}, b""),
    ],
    ids=["no type", "no object", "no name", "another event"],
)
def test_what_is_no_event_of_a_message_is_passed_over(raw: bytes) -> None:
    assert event(raw) == b""


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (exception("throttlingException", "Slow."), b"rate_limit_error", b"Slow."),
        (exception("newException", "Odd."), b"api_error", b"Odd."),
        (frame({":message-type": "exception"}, b"{}"), b"api_error", b"ended with an error"),
        (
            frame(
                {
                    ":message-type": "error",
                    ":error-code": "InternalServerException",
                    ":error-message": "Oh.",
                },
                b"",
            ),
            b"api_error",
            b"Oh.",
        ),
    ],
)
def test_what_went_wrong_is_an_error_of_anthropics_kind(
    raw: bytes, kind: bytes, words: bytes
) -> None:
    made = event(raw)

    assert made.startswith(b'event: error\ndata: {"type":"error","error":{"type":"%b"' % kind)
    assert words in made


@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b"[]", b'{"bytes": 5}', b'{"bytes": "!"}', b'{"bytes": "e30"}', b'{"bytes": ""}'],
)
def test_a_frame_that_holds_no_event_is_an_error(payload: bytes) -> None:
    with pytest.raises(BrokenFrame, match="a frame holds no"):
        event_of(Frame({":message-type": "event", ":event-type": "chunk"}, payload))
