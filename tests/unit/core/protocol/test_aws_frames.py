import struct
from itertools import pairwise
from zlib import crc32

import pytest
from botocore.eventstream import EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.protocol.aws_frames import BrokenFrame, Frame, FrameDecoder
from tests.support.aws_frames import chunk, exception, frame, raw_frame

SENT = [
    chunk({"type": "ping"}),
    exception("throttlingException", "Too many tokens, please wait"),
    frame({}, b""),
    frame({"ünïcode": "värt"}, "höchst".encode() * 400),
    chunk({"type": "message_stop"}),
]
RAW = b"".join(SENT)


def decoded(pieces: list[bytes]) -> list[Frame]:
    decoder = FrameDecoder()
    return [found for piece in pieces for found in decoder.feed(piece)]


@given(st.sets(st.integers(0, len(RAW)), max_size=40))
def test_how_a_stream_is_cut_never_matters(cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(RAW)]
    pieces = [RAW[start:end] for start, end in pairwise(edges)]

    assert decoded(pieces) == decoded([RAW])


def test_byte_by_byte_is_a_way_to_cut_it() -> None:
    assert decoded([RAW[at : at + 1] for at in range(len(RAW))]) == decoded([RAW])


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.text(max_size=50)), st.binary())
def test_what_is_written_is_read(headers: dict[str, str], payload: bytes) -> None:
    assert decoded([frame(headers, payload)]) == [Frame(headers, payload)]


def test_amazons_own_library_reads_the_same() -> None:
    buffer = EventStreamBuffer()
    buffer.add_data(RAW)

    own = [Frame(message.headers, message.payload) for message in buffer]

    assert own == decoded([RAW])
    assert len(own) == len(SENT)


def test_headers_of_every_kind_are_passed_over() -> None:
    kinds = [b"\x00", b"\x01", b"\x02a", b"\x03ab", b"\x04abcd", b"\x05abcdefgh"]
    kinds += [b"\x06\x00\x03abc", b"\x08abcdefgh", b"\x09abcdefghijklmnop", b"\x07\x00\x02ok"]
    headers = b"".join(b"\x01" + bytes([97 + at]) + kind for at, kind in enumerate(kinds))

    assert decoded([raw_frame(headers, b"x")]) == [Frame({"j": "ok"}, b"x")]


@pytest.mark.parametrize("at", [0, 5, 9, 20, -20, -1], ids=lambda at: f"byte {at}")
def test_a_changed_byte_is_noticed_and_what_came_before_it_is_not_lost(at: int) -> None:
    broken = bytearray(SENT[0])
    broken[at] ^= 0x10
    found: list[Frame] = []

    with pytest.raises(BrokenFrame, match="checksum"):
        found.extend(FrameDecoder().feed(SENT[1] + bytes(broken) + SENT[2]))

    assert found == decoded([SENT[1]])


@pytest.mark.parametrize(
    "headers",
    [
        b"\x05ab",
        b"\x01a",
        b"\x01a\x0axx",
        b"\x01a\x07\x00\x09abc",
        b"\x01a\x07\x00\x02\xff\xff",
        b"\x01a\x07\x00",
    ],
)
def test_headers_that_make_no_sense_are_an_error(headers: bytes) -> None:
    with pytest.raises(BrokenFrame):
        decoded([raw_frame(headers, b"")])


@pytest.mark.parametrize("length", [0, 15, 2**31])
def test_a_length_that_can_t_be_is_an_error_at_once(length: int) -> None:
    prelude = struct.pack(">II", length, 0)

    with pytest.raises(BrokenFrame, match=f"of {length} bytes"):
        decoded([prelude + struct.pack(">I", crc32(prelude))])


def test_headers_end_where_the_frame_does() -> None:
    prelude = struct.pack(">II", 16, 4)
    start = prelude + struct.pack(">I", crc32(prelude))

    with pytest.raises(BrokenFrame, match="headers of a frame"):
        decoded([start + struct.pack(">I", crc32(start))])


def test_a_large_frame_in_many_pieces_is_one() -> None:
    payload = bytes(range(256)) * 4096 * 8  # 8 MiB
    raw = frame({"a": "b"}, payload)

    pieces = [raw[at : at + 16384] for at in range(0, len(raw), 16384)]

    assert decoded(pieces) == [Frame({"a": "b"}, payload)]
