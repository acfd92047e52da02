"""What a picture costs in tokens, from the size in its header.

Anthropic: width x height / 750, after scaling to at most 1568 pixels a side and about 1,600
tokens (https://docs.anthropic.com/en/docs/build-with-claude/vision).
"""

from __future__ import annotations

import struct
from base64 import b64decode
from binascii import Error as Base64Error

MAX_IMAGE_TOKENS = 1600
_MAX_SIDE = 1568
_PIXELS_PER_TOKEN = 750
_HEAD_CHARS = 64 * 1024  # a JPEG's size may stand behind a thumbnail


def image_tokens(data: str) -> int:
    """Tokens for base64 image data; the maximum when the size can't be read."""
    try:
        head = b64decode(data[:_HEAD_CHARS])
        size = _size(head)
    except (Base64Error, ValueError, struct.error, IndexError):
        size = None
    if size is None or 0 in size:
        return MAX_IMAGE_TOKENS
    width, height = size
    scale = min(1.0, _MAX_SIDE / max(width, height))
    tokens = round(width * scale * height * scale / _PIXELS_PER_TOKEN)
    return max(1, min(tokens, MAX_IMAGE_TOKENS))


def _size(head: bytes) -> tuple[int, int] | None:
    if head.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if head.startswith(b"GIF8"):
        width, height = struct.unpack("<HH", head[6:10])
        return width, height
    if head.startswith(b"\xff\xd8"):
        return _jpeg_size(head)
    if head[8:12] == b"WEBP":
        return _webp_size(head)
    return None


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    """The size in the first start-of-frame segment; fill bytes may stand before any segment."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        if head[at + 1] == 0xFF:
            at += 1
            continue
        marker, length = head[at + 1], struct.unpack(">H", head[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp_size(head: bytes) -> tuple[int, int] | None:
    match head[12:16]:
        case b"VP8X":
            width, height = head[24:27], head[27:30]
            return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", head[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return None
