"""Content blocks as Gemini parts.

Source: https://ai.google.dev/api/caching#Part; the media that are read:
https://ai.google.dev/gemini-api/docs/image-understanding#supported-formats
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccr_desktop.core.protocol.words import (
    block_text,
    decoded_text,
    document_words,
    result_attachments,
    titled,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.gemini_models import GeminiModel

_PDF = "application/pdf"
_GOOGLES = (
    "gs://",
    "https://generativelanguage.googleapis.com/",
    "https://storage.googleapis.com/",
)
_LOCAL = (".local", ".internal", ".lan", ".localhost", ".home.arpa")
_IMAGE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "heic": "image/heic",
    "heif": "image/heif",
}


def text_part(text: str) -> JsonObject:
    return {"text": text}


def encode_parts(content: Sequence[JsonObject], model: GeminiModel) -> list[JsonObject]:
    """User blocks as parts; blank texts, which say nothing, are left out."""
    parts: list[JsonObject] = []
    for block in content:
        part = _encode_part(block, model)
        if part is not None and part.get("text", "-").strip():
            parts.append(part)
        if block.get("type") == "tool_result":
            parts += encode_parts(result_attachments(block), model)
    return parts


def _encode_part(block: JsonObject, model: GeminiModel) -> JsonObject | None:
    match block.get("type"):
        case "image":
            return _image_part(block["source"], model)
        case "document":
            return _document_part(block, model)
        case _:
            words = block_text(block)
            return None if words is None else text_part(words)


def _image_part(source: JsonObject, model: GeminiModel) -> JsonObject:
    match source:
        case {"type": "base64", "data": str(data)}:
            said, data = _split_data_url(data)
            media_type = said or source.get("media_type") or "image/png"
            known = _IMAGE_TYPES.get(str(media_type).removeprefix("image/"))
            if known is None:
                return text_part(f"[An image of the type {media_type}, which can't be shown here]")
            return {"inlineData": {"mimeType": known, "data": data}}
        case {"type": "url", "url": str(url)}:
            if not _is_readable(url, model):
                return text_part(f"[An image at {url}, which can't be shown here]")
            ending = urlsplit(url).path.rpartition(".")[2].lower()
            media_type = _IMAGE_TYPES.get(ending, "image/jpeg")
            return {"fileData": {"mimeType": media_type, "fileUri": url}}
        case _:
            return text_part("[An image that is stored at Anthropic and can't be shown here]")


def _is_readable(url: str, model: GeminiModel) -> bool:
    """Whether Gemini reads a file there by itself: in Google's own places, or on the open web.

    Source: https://ai.google.dev/gemini-api/docs/file-input-methods
    """
    return url.startswith(_GOOGLES) or (model.reads_urls and _is_public(url))


def _is_public(url: str) -> bool:
    """Whether an address leads, as far as it tells, to where Google's servers can read it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    try:
        is_reachable = ip_address(host).is_global
    except ValueError:
        is_reachable = "." in host.strip(".") and not host.endswith(_LOCAL)
    return parts.scheme == "https" and not parts.username and is_reachable


def _split_data_url(data: str) -> tuple[str, str]:
    """The media type and the data of a data URL; other data is as it is."""
    if not data.startswith("data:"):
        return "", data
    head, _, rest = data.partition(",")
    return head.removeprefix("data:").partition(";")[0], rest


def _document_part(block: JsonObject, model: GeminiModel) -> JsonObject:
    source = block["source"]
    match source:
        case {"type": "text" | "content"}:
            return text_part(document_words(block))
        case {"type": "base64", "media_type": "text/plain", "data": str(data)}:
            return text_part(titled(block, decoded_text(data)))
        case {"type": "base64", "data": str(data)}:
            media_type = source.get("media_type") or _PDF
            return {"inlineData": {"mimeType": media_type, "data": _split_data_url(data)[1]}}
        case {"type": "url", "url": str(url)} if not _is_readable(url, model):
            title = str(block.get("title") or "document")
            return text_part(f"[Document {title} at {url}: can't be shown here]")
        case {"type": "url", "url": str(url)}:
            return {"fileData": {"mimeType": _PDF, "fileUri": url}}
        case _:
            title = str(block.get("title") or "document")
            return text_part(f"[Document {title}: stored at Anthropic, can't be shown here]")
