"""Amazon's event stream: messages with headers, in binary frames with checksums.

Source: https://smithy.io/2.0/aws/amazon-eventstream.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
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


_new_frame = tuple.__new__  # half the price of calling the class


class FrameDecoder:
    """Cuts a byte stream into frames. How it is cut into chunks never matters."""

    def __init__(self) -> None:
        self._pending: list[bytes] = []
        self._size = 0
        self._wanted = _PRELUDE.size
        """How many bytes there must be before anything more can be told."""

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """The frames that *chunk* completes. Raises `BrokenFrame` after those that are whole."""
        self._pending.append(chunk)
        self._size += len(chunk)
        if self._size < self._wanted:
            return  # a long frame in many pieces is joined once, not once a piece
        data = b"".join(self._pending) if len(self._pending) > 1 else chunk
        at, self._wanted = 0, _PRELUDE.size
        while len(data) - at >= self._wanted:
            length, of_headers, checksum = _PRELUDE.unpack_from(data, at)
            if crc32(data[at : at + 8]) != checksum:
                raise BrokenFrame(_WRONG)
            if not _LEAST <= length <= MAX_EVENT_BYTES:
                raise BrokenFrame(f"a frame of {length} bytes")
            if len(data) - at < length:
                self._wanted = length
                break
            yield _frame(data[at : at + length], _PRELUDE.size + of_headers)
            at += length
        self._pending, self._size = [data[at:]], len(data) - at


def _frame(data: bytes, start: int) -> Frame:
    """The frame that is *data*, whose payload begins at *start*."""
    end = len(data) - _CHECKSUM.size
    if crc32(data[:end]) != _CHECKSUM.unpack_from(data, end)[0]:
        raise BrokenFrame(_WRONG)
    if start > end:
        raise BrokenFrame(_UNREADABLE)
    return _new_frame(Frame, (_headers(data[_PRELUDE.size : start]), data[start:end]))


@lru_cache(maxsize=64)
def _headers(data: bytes) -> Mapping[str, str]:
    """Nearly all frames of a stream have the same."""
    return MappingProxyType(dict(_texts(data)))


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
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
