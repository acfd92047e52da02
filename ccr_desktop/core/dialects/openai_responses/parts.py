"""Content blocks as the parts of an input message. Parts and results may hold images and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.words import (
    block_text,
    decoded_text,
    document_words,
    result_attachments,
    titled,
    tool_result_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject


def text_part(text: str) -> JsonObject:
    return {"type": "input_text", "text": text}


def encode_parts(content: Sequence[JsonObject]) -> list[JsonObject]:
    """User blocks as input parts; blank texts are left out."""
    parts: list[JsonObject] = []
    for block in content:
        part = _encode_part(block)
        if part is not None and (part["type"] != "input_text" or part["text"].strip()):
            parts.append(part)
        if block.get("type") == "tool_result":
            parts += encode_parts(result_attachments(block))
    return parts


def encode_output(result: JsonObject) -> str | list[JsonObject]:
    """A tool's result: its words, and after them the images and files that it holds."""
    words = tool_result_text(result)
    attachments = encode_parts(result_attachments(result))
    return [text_part(words), *attachments] if attachments else words


def _encode_part(block: JsonObject) -> JsonObject | None:
    match block.get("type"):
        case "image":
            return _image_part(block["source"])
        case "document":
            return _document_part(block)
        case _:
            words = block_text(block)
            return None if words is None else text_part(words)


def _image_part(source: JsonObject) -> JsonObject:
    match source:
        case {"type": "base64", "data": str(data)}:
            return _image(_data_url(data, source.get("media_type") or "image/png"))
        case {"type": "url", "url": str(url)}:
            return _image(url)
        case _:
            return text_part("[An image that is stored at Anthropic and can't be shown here]")


def _image(url: str) -> JsonObject:
    return {"type": "input_image", "image_url": url, "detail": "auto"}


def _document_part(block: JsonObject) -> JsonObject:
    source = block["source"]
    title = str(block.get("title") or "document")
    match source:
        case {"type": "text" | "content"}:
            return text_part(document_words(block))
        case {"type": "base64", "media_type": "text/plain", "data": str(data)}:
            return text_part(titled(block, decoded_text(data)))
        case {"type": "base64", "data": str(data)}:
            name = title if title.endswith(".pdf") else f"{title}.pdf"
            data = _data_url(data, source.get("media_type") or "application/pdf")
            return {"type": "input_file", "filename": name, "file_data": data}
        case {"type": "url", "url": str(url)}:
            return {"type": "input_file", "file_url": url}
        case _:
            return text_part(f"[Document {title}: this model can't read documents of this kind]")


def _data_url(data: str, media_type: str) -> str:
    return data if data.startswith("data:") else f"data:{media_type};base64,{data}"
