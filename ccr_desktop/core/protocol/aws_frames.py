"""Amazon's event stream: messages with headers, in binary frames with checksums.

Source: https://smithy.io/2.0/aws/amazon-eventstream.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

from ccr_desktop.core.protocol.sse import MAX_EVENT_BYTES

_PRELUDE = struct.Struct(">III")  # length of the frame, length of its headers, their checksum
_CHECKSUM = struct.Struct(">I")
_LEAST = _PRELUDE.size + _CHECKSUM.size
_SIZES = (0, 0, 1, 2, 4, 8, None, None, 8, 16)
"""How many bytes the value of a header has, by its type; None: as many as two before it say."""
_TEXT = 7
_WRONG = "the checksum of a frame is wrong"
_UNREADABLE = "the headers of a frame can't be read"


class Frame(NamedTuple):
    """One message. Headers that are no texts are left out."""

    headers: Mapping[str, str]
    payload: bytes


class BrokenFrame(ValueError):
    """What came is no frame, or not the frame that was sent."""


class FrameDecoder:
    """Cuts a byte stream into frames. How it is cut into chunks never matters."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._wanted = _PRELUDE.size
        """How many bytes there must be before anything more can be told."""

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """The frames that *chunk* completes. Raises `BrokenFrame` after those that are whole."""
        self._pending += chunk
        while len(self._pending) >= self._wanted:
            length = self._length()
            if len(self._pending) < length:
                self._wanted = length
                return
            data = bytes(self._pending[:length])
            del self._pending[:length]
            self._wanted = _PRELUDE.size
            yield _frame(data)

    def _length(self) -> int:
        length, _, checksum = _PRELUDE.unpack_from(self._pending)
        if crc32(self._pending[: _PRELUDE.size - _CHECKSUM.size]) != checksum:
            raise BrokenFrame(_WRONG)
        if not _LEAST <= length <= MAX_EVENT_BYTES:
            raise BrokenFrame(f"a frame of {length} bytes")
        return int(length)


def _frame(data: bytes) -> Frame:
    (checksum,) = _CHECKSUM.unpack_from(data, len(data) - _CHECKSUM.size)
    if crc32(data[: -_CHECKSUM.size]) != checksum:
        raise BrokenFrame(_WRONG)
    _, length, _ = _PRELUDE.unpack_from(data)
    end = _PRELUDE.size + length
    if end > len(data) - _CHECKSUM.size:
        raise BrokenFrame(_UNREADABLE)
    headers = dict(_headers(data[_PRELUDE.size : end]))
    return Frame(headers, data[end : -_CHECKSUM.size])


def _headers(data: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    try:
        while at < len(data):
            start = at + 1
            at = start + data[at]
            name, kind = data[start:at], data[at]
            at += 1
            size = _SIZES[kind]
            if size is None:
                size = int.from_bytes(data[at : at + 2], "big")
                at += 2
            if kind == _TEXT:
                yield name.decode(), data[at : at + size].decode()
            at += size
    except (IndexError, UnicodeDecodeError) as exc:
        raise BrokenFrame(_UNREADABLE) from exc
    if at > len(data):
        raise BrokenFrame(_UNREADABLE)
