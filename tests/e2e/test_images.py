"""Pictures on their way from the client's folder to the model."""

import base64
import struct
import zlib

from tests.e2e.stage import ALL_TOOLS, Stage, e2e
from tests.support.turns import call, text, tool_calls

pytestmark = e2e


def png(width: int = 64, height: int = 48) -> bytes:
    """A small picture with a slope of colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = b"".join(
        b"\0" + b"".join(bytes((x * 3, y * 5, 128)) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def is_picture(url: str) -> bool:
    """Whether it is a data URL that holds a picture."""
    kind, _, data = url.partition(";base64,")
    return kind.startswith("data:image/") and len(base64.b64decode(data, validate=True)) > 100


def test_a_picture_that_is_read_follows_its_tool_message(stage: Stage) -> None:
    (stage.cwd / "pic.png").write_bytes(png())
    read = call("Read", {"file_path": stage.path("pic.png")})
    stage.script(tool_calls([read]), text("A slope of colour."))

    run = stage.ask("Look at pic.png", ALL_TOOLS)

    assert run.answer == "A slope of colour."
    seen = stage.main[1]
    assert list(seen.results) == [read.id]
    roles = [message["role"] for message in seen.messages]
    after = roles[roles.index("tool") + 1 :]
    assert after[0] == "user"
    [url] = seen.image_urls("user")
    assert is_picture(url)


def test_a_picture_that_is_mentioned_reaches_the_model(stage: Stage) -> None:
    (stage.cwd / "pic.png").write_bytes(png())
    stage.script(text("A slope of colour."))

    run = stage.ask("What is in @pic.png?", ALL_TOOLS)

    assert run.answer == "A slope of colour."
    [url] = stage.main[0].image_urls("user")
    assert is_picture(url)
