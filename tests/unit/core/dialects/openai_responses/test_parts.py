import base64

import pytest

from ccr_desktop.core.dialects.openai_responses.parts import encode_output, encode_parts, text_part
from tests.unit.core.dialects.openai_chat.bodies import IMAGE, PDF, PIXEL, JsonObject, result

IMAGE_PART: JsonObject = {
    "type": "input_image",
    "image_url": f"data:image/png;base64,{PIXEL}",
    "detail": "auto",
}
FILE_PART: JsonObject = {
    "type": "input_file",
    "filename": "plan.pdf",
    "file_data": "data:application/pdf;base64,JVBERi0=",
}


def block(kind: str, **source: str) -> JsonObject:
    return {"type": kind, "source": source}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(IMAGE, IMAGE_PART, id="image"),
        pytest.param(
            block("image", type="url", url="https://h/i.png"),
            {"type": "input_image", "image_url": "https://h/i.png", "detail": "auto"},
            id="image by address",
        ),
        pytest.param(PDF, FILE_PART, id="file"),
        pytest.param(
            block("document", type="url", url="https://h/d.pdf"),
            {"type": "input_file", "file_url": "https://h/d.pdf"},
            id="file by address",
        ),
        pytest.param(
            block("document", type="text", data="words"), text_part("words"), id="text document"
        ),
        pytest.param(
            block(
                "document",
                type="base64",
                media_type="text/plain",
                data=base64.b64encode(b"words").decode(),
            ),
            text_part("words"),
            id="encoded text",
        ),
        pytest.param(
            block("document", type="file", file_id="f"),
            text_part("[Document document: this model can't read documents of this kind]"),
            id="stored at Anthropic",
        ),
        pytest.param(
            block("image", type="file", file_id="f"),
            text_part("[An image that is stored at Anthropic and can't be shown here]"),
            id="image stored at Anthropic",
        ),
    ],
)
def test_a_block_becomes_an_input_part(content: JsonObject, expected: JsonObject) -> None:
    assert encode_parts([content]) == [expected]


def test_blank_texts_and_unknown_blocks_are_left_out() -> None:
    assert encode_parts([{"type": "text", "text": " "}, {"type": "odd"}]) == []


def test_the_result_of_no_known_call_is_told_in_words() -> None:
    parts = encode_parts([result("gone", ["out", IMAGE][1:])])

    assert parts[0]["text"].startswith("Result of an earlier tool call:\n")
    assert parts[1] == IMAGE_PART


def test_a_result_in_words_is_a_string() -> None:
    assert encode_output(result("a", "out")) == "out"
    assert encode_output(result("a", "bad", is_error=True)) == "Error: bad"
    assert encode_output(result("a", "")) == "(no output)"


def test_images_and_files_of_a_result_stay_in_it() -> None:
    content = [{"type": "text", "text": "see"}, IMAGE, PDF]

    output = encode_output(result("a", content))

    assert output[1:] == [IMAGE_PART, FILE_PART]
    assert isinstance(output[0], dict)
    assert output[0]["text"].startswith("see\n")
