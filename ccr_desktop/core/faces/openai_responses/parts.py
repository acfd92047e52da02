"""Parts of messages and of tool outputs as content blocks: text, images, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.faces.sources import read_source
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_TEXTS = ("input_text", "output_text", "text", "summary_text", "reasoning_text")


def read_parts(content: Any, where: str) -> list[JsonObject]:
    """Content as blocks; blank text is left out, as Anthropic refuses it."""
    if content is None:
        return []
    if isinstance(content, str):
        return [_text(content)] if content.strip() else []
    if not isinstance(content, list):
        raise ClientError(f"{where}: a string or a list of parts is required")
    found = [_block(part, f"{where}.{index}") for index, part in enumerate(content)]
    return [block for block in found if block["type"] != "text" or block["text"].strip()]


def words_of(content: Any) -> str:
    """The words of a list of parts, a paragraph each."""
    parts = content if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    return "\n\n".join(text for text in texts if isinstance(text, str))


def _text(text: str) -> JsonObject:
    return {"type": "text", "text": text}


def _block(part: Any, where: str) -> JsonObject:
    match part:
        case {"type": str(kind), "text": str(text)} if kind in _TEXTS:
            return _text(text)
        case {"type": "refusal", "refusal": str(text)}:
            return _text(text)
        case {"type": "input_image", "image_url": str(url)}:
            return {"type": "image", "source": read_source(url, where)}
        case {"type": "input_file", "file_data": str(data)}:
            return {"type": "document", "source": read_source(data, where), **_title(part)}
        case {"type": "input_file", "file_url": str(url)}:
            return {"type": "document", "source": read_source(url, where), **_title(part)}
        case {"type": "input_image" | "input_file" as kind}:
            hint = "Send it as a data URL or by its address: the router stores no files."
            raise ClientError(f"{where}: {kind!r} by an id is not possible", hint)
        case {"type": str(kind)}:
            hint = "Text, images and files are."
            raise ClientError(f"{where}: {kind!r} is not possible", hint)
        case _:
            raise ClientError(f"{where}.type: a string is required")


def _title(part: JsonObject) -> JsonObject:
    name = part.get("filename")
    return {"title": name} if isinstance(name, str) else {}
