"""Content parts as blocks."""

from typing import Any

import pytest

from ccr_desktop.core.faces.openai_chat.parts import read_parts
from ccr_desktop.errors import ClientError

PNG = {"type": "base64", "media_type": "image/png", "data": "AAAA"}


@pytest.mark.parametrize(
    ("part", "block"),
    [
        ({"type": "text", "text": "a"}, {"type": "text", "text": "a"}),
        ("a", {"type": "text", "text": "a"}),
        ({"type": "refusal", "refusal": "no"}, {"type": "text", "text": "no"}),
        (
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
            {"type": "image", "source": PNG},
        ),
        (
            {"type": "image_url", "image_url": "https://x/y.png"},
            {"type": "image", "source": {"type": "url", "url": "https://x/y.png"}},
        ),
        (
            {
                "type": "file",
                "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"},
            },
            {
                "type": "document",
                "source": {**PNG, "media_type": "application/pdf"},
                "title": "a.pdf",
            },
        ),
        (
            {"type": "image_url", "image_url": {"url": "data:image/svg+xml,%3Csvg/%3E"}},
            {
                "type": "image",
                "source": {"type": "base64", "media_type": "image/svg+xml", "data": "PHN2Zy8+"},
            },
        ),
    ],
)
def test_each_part_has_its_block(part: Any, block: Any) -> None:
    assert read_parts([part], "messages.0") == [block]


def test_blank_text_is_left_out() -> None:
    for content in (None, "", "  ", [], [{"type": "text", "text": " "}]):
        assert read_parts(content, "messages.0") == []


def test_cache_breakpoints_are_kept() -> None:
    part = {"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}

    assert read_parts([part], "messages.0") == [part]


@pytest.mark.parametrize(
    "part",
    [
        5,
        {},
        {"type": "text"},
        {"type": "input_audio", "input_audio": {}},
        {"type": "file", "file": {"file_id": "f"}},
        {"type": "image_url", "image_url": {"url": "file:///etc/passwd"}},
        {"type": "image_url", "image_url": {"url": "data:image/png"}},
    ],
)
def test_other_parts_are_refused_with_their_place(part: Any) -> None:
    with pytest.raises(ClientError, match=r"messages\.3\.content\.0"):
        read_parts([part], "messages.3")
