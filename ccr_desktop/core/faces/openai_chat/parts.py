"""Content parts of Chat Completions as content blocks: text, images, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.sources import read_source
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def read_parts(content: Any, where: str) -> list[JsonObject]:
    """Content as blocks; blank text is left out, as Anthropic refuses it."""
    if content is None:
        return []
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content.strip() else []
    if not isinstance(content, list):
        raise ClientError(f"{where}.content: a string or a list of parts is required")
    found = [_block(part, f"{where}.content.{index}") for index, part in enumerate(content)]
    return [block for block in found if block["type"] != "text" or block["text"].strip()]


def _block(part: Any, where: str) -> JsonObject:
    match part:
        case str():
            return {"type": "text", "text": part}
        case {"type": "text" | "input_text", "text": str(text)}:
            marks = {"cache_control": mark} if (mark := part.get("cache_control")) else {}
            return {"type": "text", "text": text, **marks}
        case {"type": "refusal", "refusal": str(text)}:
            return {"type": "text", "text": text}
        case {"type": "image_url", "image_url": {"url": str(url)} | str(url)}:
            return {"type": "image", "source": read_source(url, where)}
        case {"type": "file", "file": {"file_data": str(data)} as file}:
            title = {"title": name} if isinstance(name := file.get("filename"), str) else {}
            return {"type": "document", "source": read_source(data, where), **title}
        case {"type": str(kind)}:
            hint = "Text, images, and files with their data are."
            raise ClientError(f"{where}: {kind!r} is not possible like this", hint)
        case _:
            raise ClientError(f"{where}.type: a string is required")
