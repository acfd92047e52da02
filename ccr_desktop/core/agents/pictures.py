"""A conversation for a model that sees no pictures: each becomes `[Image #n]`.

Numbers count over the conversation, so that the same beginning always reads the same: providers'
prompt caches depend on it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_MARKER = re.compile(r"\[Image #(\d+)\]")


def without_pictures(
    messages: Sequence[JsonObject], tool: str
) -> tuple[list[JsonObject], tuple[JsonObject, ...]]:
    """*messages* with texts instead of pictures, and the pictures in the order of their numbers.

    The texts name *tool* as the way to learn what a picture shows.
    """
    teller = _Teller(tool)
    return [teller.message(message) for message in messages], tuple(teller.pictures)


class _Teller:
    """Puts pictures into words, one message after the other."""

    def __init__(self, tool: str) -> None:
        self.pictures: list[JsonObject] = []
        self._hint = f"You can't see it; the tool {tool} looks at it for you."

    def message(self, message: JsonObject) -> JsonObject:
        content = message.get("content")
        if message.get("role") == "assistant" or not isinstance(content, list):
            return message
        before, own = len(self.pictures), list[int]()
        told = [self._block(block, own) for block in content]
        if len(self.pictures) == before:
            return message
        markers = _markers(content, own)
        for index, block in enumerate(content):
            if _is_text(block):
                told[index] = _renumbered(block, markers)
        return {**message, "content": told}

    def _block(self, block: Any, own: list[int]) -> Any:
        """*block* with words instead of its pictures; those of the message itself join *own*."""
        kind = block.get("type") if isinstance(block, dict) else None
        if kind == "image":
            own.append(len(self.pictures) + 1)
            return self._picture(block)
        if kind == "tool_result" and isinstance(block.get("content"), list):
            return {**block, "content": [self._part(part) for part in block["content"]]}
        return block

    def _part(self, part: Any) -> Any:
        is_picture = isinstance(part, dict) and part.get("type") == "image"
        return self._picture(part) if is_picture else part

    def _picture(self, block: JsonObject) -> JsonObject:
        self.pictures.append(block)
        kept = {"cache_control": block["cache_control"]} if block.get("cache_control") else {}
        return {"type": "text", "text": f"[Image #{len(self.pictures)}] {self._hint}", **kept}


# -- the client's own numbers ------------------------------------------------------------------


def _markers(content: Sequence[Any], own: Sequence[int]) -> dict[str, str]:
    """What becomes of the client's `[Image #n]` in a message whose pictures are *own*.

    Claude Code counts what the user pasted, in the order of its pictures. Where that can't be
    told, the markers go: they would name other pictures.
    """
    told = (block["text"] for block in content if _is_text(block))
    found = sorted({int(number) for text in told for number in _MARKER.findall(text)})
    fits = len(found) == len(own)
    return {
        f"[Image #{number}]": f"[Image #{own[index]}]" if fits else ""
        for index, number in enumerate(found)
    }


def _renumbered(block: JsonObject, markers: dict[str, str]) -> JsonObject:
    text = _MARKER.sub(lambda match: markers.get(match.group(), match.group()), block["text"])
    return block if text == block["text"] else {**block, "text": text}


def _is_text(block: Any) -> bool:
    is_block = isinstance(block, dict) and block.get("type") == "text"
    return is_block and isinstance(block.get("text"), str)
