"""Sizes of pictures from their headers, and what they cost."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccr_desktop.core.routing.images import MAX_IMAGE_TOKENS, image_tokens


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x06\0\0\0"


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0"


def jpeg(width: int, height: int, before: bytes = b"", marker: int = 0xC0) -> bytes:
    frame = struct.pack(">BBHBHH", 0xFF, marker, 17, 8, height, width) + b"\x03" + b"\0" * 9
    return b"\xff\xd8" + before + frame


def webp_lossy(width: int, height: int) -> bytes:
    head = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0" + b"\0\0\0" + b"\x9d\x01\x2a"
    return head + struct.pack("<HH", width, height)


def webp_lossless(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    return b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0" + b"\x2f" + bits.to_bytes(4, "little") + b"\0" * 8


def webp_extended(width: int, height: int) -> bytes:
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0" + b"\0\0\0\0" + sizes


THUMBNAIL = b"\xff\xe1" + struct.pack(">H", 9002) + b"\0" * 9000
TABLE = b"\xff\xc4\x00\x04\0\0"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(750, 100), id="png"),
        pytest.param(gif(750, 100), id="gif"),
        pytest.param(jpeg(750, 100), id="jpeg"),
        pytest.param(jpeg(750, 100, THUMBNAIL), id="jpeg with a thumbnail"),
        pytest.param(jpeg(750, 100, TABLE), id="jpeg with a table before"),
        pytest.param(jpeg(750, 100, b"\xff\xff"), id="jpeg with fill bytes"),
        pytest.param(jpeg(750, 100, marker=0xC2), id="progressive jpeg"),
        pytest.param(webp_lossy(750, 100), id="webp"),
        pytest.param(webp_lossless(750, 100), id="lossless webp"),
        pytest.param(webp_extended(750, 100), id="extended webp"),
    ],
)
def test_the_size_is_read_from_each_format(data: bytes) -> None:
    assert image_tokens(encoded(data)) == 100


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1, 1, 1),
        (200, 200, 53),
        (1000, 1000, 1333),
        (1568, 100, 209),
        (3136, 200, 209),
        (4000, 4000, 1600),
        (0, 10, 1600),
    ],
)
def test_the_cost_is_that_of_the_scaled_picture(width: int, height: int, expected: int) -> None:
    assert image_tokens(encoded(png(width, height))) == expected


@pytest.mark.parametrize(
    "data",
    [
        "",
        "?",
        "é",
        "QUJD",
        encoded(b"\x89PNG\r\n"),
        encoded(b"\xff\xd8\xff"),
        encoded(b"RIFF1234WEBP"),
    ],
    ids=["empty", "no base64", "no ASCII", "no picture", "cut png", "cut jpeg", "cut webp"],
)
def test_a_picture_that_cannot_be_read_costs_the_most(data: str) -> None:
    assert image_tokens(data) == MAX_IMAGE_TOKENS


@given(
    st.sampled_from([b"", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF0000WEBPVP8X"]), st.binary()
)
def test_any_bytes_cost_something_within_the_limit(start: bytes, rest: bytes) -> None:
    assert 1 <= image_tokens(encoded(start + rest)) <= MAX_IMAGE_TOKENS
