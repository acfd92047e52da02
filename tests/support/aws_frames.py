"""What Amazon's servers write: messages in frames (https://smithy.io/2.0/aws/amazon-eventstream.html)."""

import base64
import json
import struct
from zlib import crc32

from tests.support.turns import JsonObject

CONTENT_TYPE = "application/vnd.amazon.eventstream"
_KINDS = {":message-type": "event", ":event-type": "chunk", ":content-type": "application/json"}


def frame(headers: dict[str, str], payload: bytes) -> bytes:
    """One message whose headers are all texts."""
    return raw_frame(b"".join(map(_header, headers, headers.values())), payload)


def raw_frame(headers: bytes, payload: bytes) -> bytes:
    length = 16 + len(headers) + len(payload)
    prelude = struct.pack(">II", length, len(headers))
    start = prelude + struct.pack(">I", crc32(prelude)) + headers + payload
    return start + struct.pack(">I", crc32(start))


def chunk(event: JsonObject | bytes) -> bytes:
    """An event as Bedrock sends it: in base64, with padding that hides its length."""
    data = event if isinstance(event, bytes) else json.dumps(event, separators=(",", ":")).encode()
    payload = {"bytes": base64.b64encode(data).decode(), "p": "abcdefghijkl"}
    return frame(_KINDS, json.dumps(payload, separators=(",", ":")).encode())


def exception(name: str, message: str) -> bytes:
    """What ends a stream that went wrong."""
    headers = {":message-type": "exception", ":exception-type": name}
    return frame(
        {**headers, ":content-type": "application/json"}, json.dumps({"message": message}).encode()
    )


def _header(name: str, value: str) -> bytes:
    name_bytes, value_bytes = name.encode(), value.encode()
    return (
        struct.pack(">B", len(name_bytes))
        + name_bytes
        + struct.pack(">BH", 7, len(value_bytes))
        + value_bytes
    )
