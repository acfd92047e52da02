"""All that a request sends, as prohibitions look at it: every text and every name of a tool."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_SENT = ("system", "messages", "tools")
_FREE = ("input", "input_schema")  # whose members have any names
_NO_TEXT = ("signature", "encrypted_content", "encrypted_index")
_ENCODED = ("base64", "redacted_thinking")  # what `data` holds there is no text


def folded(text: str) -> str:
    """*text* without regard to case, and to whether a letter and its accent are one sign or two."""
    folded = text.casefold()
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def sent_text(body: JsonObject) -> str:
    """Everything that could be read in a request, in a line of its own each."""
    return "\n".join(text for name in _SENT for text in _texts(body.get(name)))


def sent_tools(body: JsonObject) -> list[str]:
    """The tools that are offered, and those that were called before."""
    names = [tool.get("name") for tool in objects(body.get("tools"))]
    for message in objects(body.get("messages")):
        content = objects(message.get("content"))
        calls = (block for block in content if str(block.get("type")).endswith("tool_use"))
        names.extend(call.get("name") for call in calls)
    return list(dict.fromkeys(map(str, names)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        for name, member in value.items():
            if name in _FREE:
                yield from _all_texts(member)
            elif name not in _NO_TEXT and not (name == "data" and value.get("type") in _ENCODED):
                yield from _texts(member)


def _all_texts(value: Any) -> Iterator[str]:
    """Of what has no given form, the names too."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield str(name)
            yield from _all_texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _all_texts(item)
    elif value is not None:
        yield str(value)
