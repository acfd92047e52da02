"""Blocks as parts."""

import base64

import pytest

from ccr_desktop.core.dialects.gemini.content import encode_parts
from ccr_desktop.core.providers.gemini_models import find_model
from tests.unit.core.dialects.gemini.bodies import NEW, OLD, OLDEST
from tests.unit.core.dialects.openai_chat.bodies import IMAGE, PDF, PIXEL, JsonObject, result, text

PLAIN = base64.b64encode("Grüße".encode()).decode()
IMAGE_PART = {"inlineData": {"mimeType": "image/png", "data": PIXEL}}
PDF_PART = {"inlineData": {"mimeType": "application/pdf", "data": "JVBERi0="}}


def image(**source: object) -> JsonObject:
    return {"type": "image", "source": source}


def document(**source: object) -> JsonObject:
    return {"type": "document", "title": "T", "source": source}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param(text("hi", citations=[]), [{"text": "hi"}], id="text"),
        pytest.param(text(" \n"), [], id="blank text"),
        pytest.param(IMAGE, [IMAGE_PART], id="image"),
        pytest.param(image(type="base64", data=PIXEL), [IMAGE_PART], id="image without a type"),
        pytest.param(
            image(type="base64", media_type="image/jpg", data="QUJD"),
            [{"inlineData": {"mimeType": "image/jpeg", "data": "QUJD"}}],
            id="another name of a type",
        ),
        pytest.param(
            image(type="base64", data="data:image/webp;base64,QUJD"),
            [{"inlineData": {"mimeType": "image/webp", "data": "QUJD"}}],
            id="image that is a data URL",
        ),
        pytest.param(
            image(type="base64", media_type="image/gif", data="QUJD"),
            [{"text": "[An image of the type image/gif, which can't be shown here]"}],
            id="image of a type that is refused",
        ),
        pytest.param(
            image(type="url", url="https://storage.googleapis.com/b.PNG?x=1"),
            [
                {
                    "fileData": {
                        "mimeType": "image/png",
                        "fileUri": "https://storage.googleapis.com/b.PNG?x=1",
                    }
                }
            ],
            id="image behind an address",
        ),
        pytest.param(
            image(type="url", url="https://storage.googleapis.com/b"),
            [
                {
                    "fileData": {
                        "mimeType": "image/jpeg",
                        "fileUri": "https://storage.googleapis.com/b",
                    }
                }
            ],
            id="image behind an address that does not tell its type",
        ),
        pytest.param(
            image(type="url", url="https://a/b.png"),
            [{"text": "[An image at https://a/b.png, which can't be shown here]"}],
            id="image somewhere that Google does not look",
        ),
        pytest.param(
            document(type="url", url="https://a/b.pdf"),
            [{"text": "[Document T at https://a/b.pdf: can't be shown here]"}],
            id="document somewhere that Google does not look",
        ),
        pytest.param(
            image(type="file", file_id="f"),
            [{"text": "[An image that is stored at Anthropic and can't be shown here]"}],
            id="image behind a file id",
        ),
        pytest.param(PDF, [PDF_PART], id="pdf"),
        pytest.param(
            document(type="text", data="words"), [{"text": "Document: T\nwords"}], id="plain text"
        ),
        pytest.param(
            document(type="base64", media_type="text/plain", data=PLAIN),
            [{"text": "Document: T\nGrüße"}],
            id="encoded text",
        ),
        pytest.param(
            document(type="url", url="https://storage.googleapis.com/b.pdf"),
            [
                {
                    "fileData": {
                        "mimeType": "application/pdf",
                        "fileUri": "https://storage.googleapis.com/b.pdf",
                    }
                }
            ],
            id="pdf behind an address",
        ),
        pytest.param(
            document(type="file", file_id="f"),
            [{"text": "[Document T: stored at Anthropic, can't be shown here]"}],
            id="document behind a file id",
        ),
        pytest.param(
            {"type": "search_result", "source": "https://a", "title": "T", "content": [text("x")]},
            [{"text": "T (https://a)\nx"}],
            id="search result",
        ),
        pytest.param(
            {"type": "compaction", "content": "so far"}, [{"text": "so far"}], id="compaction"
        ),
        pytest.param({"type": "new_thing", "text": 5}, [], id="unknown"),
        pytest.param(
            result("a", [text("out"), IMAGE]),
            [{"text": "Result of an earlier tool call:\nout\n[image, shown below]"}, IMAGE_PART],
            id="a result that answers no call",
        ),
    ],
)
def test_a_block_becomes_parts(block: JsonObject, expected: list[JsonObject]) -> None:
    assert encode_parts([block], find_model(OLDEST)) == expected


@pytest.mark.parametrize("model", [NEW, OLD])
@pytest.mark.parametrize(
    ("block", "media_type"),
    [
        (image(type="url", url="https://a.test/b.png?c=1"), "image/png"),
        (image(type="url", url="https://a.test/b"), "image/jpeg"),
        (document(type="url", url="https://a.test/b.pdf"), "application/pdf"),
        (image(type="url", url="https://9.9.9.9/b.webp"), "image/webp"),
    ],
)
def test_newer_models_read_what_is_on_the_open_web(
    block: JsonObject, media_type: str, model: str
) -> None:
    file = {"mimeType": media_type, "fileUri": block["source"]["url"]}
    assert encode_parts([block], find_model(model)) == [{"fileData": file}]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.test/b.png",
        "https://localhost/b.png",
        "https://localhost./b.png",
        "https://127.0.0.1/b.png",
        "https://192.168.1.4/b.png",
        "https://[::1]/b.png",
        "https://printer.local/b.png",
        "https://user:word@a.test/b.png",
        "https://[broken/b.png",
        "file:///b.png",
    ],
)
def test_what_google_can_not_reach_is_named_in_words(url: str) -> None:
    (part,) = encode_parts([image(type="url", url=url)], find_model(NEW))

    assert part == {"text": f"[An image at {url}, which can't be shown here]"}
