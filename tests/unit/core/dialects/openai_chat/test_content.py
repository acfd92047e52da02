"""Content blocks as parts, and tool results as text."""

import base64

import pytest

from ccr_desktop.core.dialects.openai_chat.content import collapse, encode_parts
from tests.unit.core.dialects.openai_chat.bodies import (
    IMAGE,
    IMAGE_PART,
    PDF,
    PROFILES,
    JsonObject,
    text,
)

GENERIC = PROFILES["generic"]
PLAIN = base64.b64encode("Grüße".encode()).decode()


def document(source: JsonObject, **members: object) -> JsonObject:
    return {"type": "document", "source": source, **members}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(text("hi", citations=[]), text("hi"), id="text"),
        pytest.param(text(" \n"), None, id="blank text"),
        pytest.param(IMAGE, IMAGE_PART, id="image"),
        pytest.param(
            {"type": "image", "source": {"type": "base64", "data": "QUJD"}},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,QUJD"}},
            id="image without a type",
        ),
        pytest.param(
            {"type": "image", "source": {"type": "base64", "data": "data:image/gif;base64,QUJD"}},
            {"type": "image_url", "image_url": {"url": "data:image/gif;base64,QUJD"}},
            id="image that is a data URL",
        ),
        pytest.param(
            {"type": "image", "source": {"type": "url", "url": "https://a/b.png"}},
            {"type": "image_url", "image_url": {"url": "https://a/b.png"}},
            id="image behind an address",
        ),
        pytest.param(
            {"type": "image", "source": {"type": "file", "file_id": "f"}},
            text("[An image that is stored at Anthropic and can't be shown here]"),
            id="image behind a file id",
        ),
        pytest.param(
            document({"type": "text", "media_type": "text/plain", "data": "words"}, title="T"),
            text("Document: T\nwords"),
            id="document of text",
        ),
        pytest.param(
            document({"type": "content", "content": [text("a"), text("b")]}, context="C"),
            text("C\na\nb"),
            id="document of blocks",
        ),
        pytest.param(
            document({"type": "content", "content": 5}), None, id="document of nothing readable"
        ),
        pytest.param(
            document({"type": "base64", "media_type": "text/plain", "data": PLAIN}),
            text("Grüße"),
            id="document of encoded text",
        ),
        pytest.param(
            document({"type": "base64", "media_type": "text/plain", "data": "é"}),
            text("[the document's data is broken]"),
            id="document of broken data",
        ),
        pytest.param(
            document({"type": "url", "url": "https://a/b.pdf"}, title="T"),
            text("[Document T: https://a/b.pdf]"),
            id="document behind an address",
        ),
        pytest.param(
            PDF,
            text("[Document plan: this model can't read documents of this kind]"),
            id="pdf where no file is taken",
        ),
        pytest.param(
            {"type": "search_result", "source": "https://a", "title": "T", "content": [text("x")]},
            text("T (https://a)\nx"),
            id="search result",
        ),
        pytest.param(
            {"type": "search_result", "content": 5}, text(" ()\n"), id="search result of nothing"
        ),
        pytest.param({"type": "compaction", "content": "so far"}, text("so far"), id="compaction"),
        pytest.param({"type": "compaction", "content": None}, None, id="empty compaction"),
        pytest.param({"type": "container_upload", "file_id": "f"}, None, id="upload"),
        pytest.param({"type": "new_thing", "text": "words"}, text("words"), id="unknown with text"),
        pytest.param({"type": "new_thing", "text": 5}, None, id="unknown with odd text"),
    ],
)
def test_a_block_becomes_a_part_that_any_server_reads(
    block: JsonObject, expected: JsonObject | None
) -> None:
    assert encode_parts([block], GENERIC) == ([expected] if expected else [])


def test_a_pdf_is_a_file_where_files_are_taken() -> None:
    (part,) = encode_parts([PDF], PROFILES["openai"])

    assert part["file"]["filename"] == "plan.pdf"
    assert part["file"]["file_data"].startswith("data:application/pdf;base64,")


def test_encoded_text_stays_text_where_files_are_taken() -> None:
    block = document({"type": "base64", "media_type": "text/plain", "data": PLAIN})

    assert encode_parts([block], PROFILES["openai"]) == [text("Grüße")]


@pytest.mark.parametrize(
    ("parts", "profile", "expected"),
    [
        pytest.param([text("a"), text("b")], "generic", "a\n\nb", id="texts are one string"),
        pytest.param([text("a"), IMAGE_PART], "generic", [text("a"), IMAGE_PART], id="with image"),
        pytest.param([text("a")], "openrouter", "a", id="one text is a string everywhere"),
        pytest.param(
            [text("a"), text("b")],
            "openrouter",
            [text("a"), text("b")],
            id="texts stay apart where breakpoints count",
        ),
    ],
)
def test_texts_are_joined_where_that_makes_no_difference(
    parts: list[JsonObject], profile: str, expected: object
) -> None:
    assert collapse(parts, PROFILES[profile]) == expected
