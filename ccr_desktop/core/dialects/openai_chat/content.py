"""Content blocks as Chat Completions content parts and tool result texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import UNSEEN
from ccr_desktop.core.protocol.words import (
    block_text,
    decoded_text,
    document_words,
    result_attachments,
    titled,
    tool_result_text,
)

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile


def text_part(text: str) -> JsonObject:
    return {"type": "text", "text": text}


def encode_parts(content: Sequence[JsonObject], profile: Profile) -> list[JsonObject]:
    """User blocks as content parts; blank texts are left out, as many providers refuse them."""
    parts: list[JsonObject] = []
    for block in content:
        part = _encode_part(block, profile)
        if part is not None and (part["type"] != "text" or part["text"].strip()):
            parts.append(_marked(part, block, profile))
        if block.get("type") == "tool_result":
            parts += encode_parts(result_attachments(block), profile)
    return parts


def encode_tool_result(block: JsonObject, profile: Profile) -> JsonObject:
    """The words of a tool's result as one part; what is no text comes after it."""
    return _marked(text_part(tool_result_text(block)), block, profile)


def _marked(part: JsonObject, block: JsonObject, profile: Profile) -> JsonObject:
    """*part* with the client's cache breakpoint, where the provider knows them."""
    if profile.keeps_cache_control and part["type"] == "text" and block.get("cache_control"):
        return {**part, "cache_control": block["cache_control"]}
    return part


def collapse(parts: list[JsonObject], profile: Profile) -> str | list[JsonObject]:
    """Plain texts as one string, which every server reads; other parts stay a list.

    With cache breakpoints all stay parts: a breakpoint moves on with every turn, and texts that
    are joined only where none stands would make another prompt of the same conversation.
    """
    is_plain = all(part.keys() == {"type", "text"} for part in parts)
    if not is_plain or (profile.keeps_cache_control and len(parts) > 1):
        return parts
    return "\n\n".join(part["text"] for part in parts)


def _encode_part(block: JsonObject, profile: Profile) -> JsonObject | None:
    match block.get("type"):
        case "image":
            return _image_part(block["source"], profile)
        case "document":
            return _document_part(block, profile)
        case _:
            words = block_text(block)
            return None if words is None else text_part(words)


def _image_part(source: JsonObject, profile: Profile) -> JsonObject:
    if not profile.accepts_images:
        return text_part(UNSEEN)
    match source:
        case {"type": "base64", "data": str(data)}:
            media_type = source.get("media_type") or "image/png"
            url = data if data.startswith("data:") else f"data:{media_type};base64,{data}"
            return {"type": "image_url", "image_url": {"url": url}}
        case {"type": "url", "url": str(url)} if profile.accepts_image_urls:
            return {"type": "image_url", "image_url": {"url": url}}
        case {"type": "url", "url": str(url)}:
            return text_part(f"[Image: {url}]")
        case _:
            return text_part("[An image that is stored at Anthropic and can't be shown here]")


def _document_part(block: JsonObject, profile: Profile) -> JsonObject:
    source = block["source"]
    title = str(block.get("title") or "document")
    match source:
        case {"type": "text" | "content"}:
            return text_part(document_words(block))
        case {"type": "base64", "media_type": "text/plain", "data": str(data)}:
            return text_part(titled(block, decoded_text(data)))
        case {"type": "base64", "data": str(data)} if profile.accepts_files:
            media_type = source.get("media_type") or "application/pdf"
            name = title if title.endswith(".pdf") else f"{title}.pdf"
            file = {"filename": name, "file_data": f"data:{media_type};base64,{data}"}
            return {"type": "file", "file": file}
        case {"type": "url", "url": str(url)}:
            return text_part(f"[Document {title}: {url}]")
        case _:
            return text_part(f"[Document {title}: this model can't read documents of this kind]")
