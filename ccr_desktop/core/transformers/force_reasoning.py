"""`forcereasoning`: a model that does not think by itself is asked for it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import blocks, objects
from ccr_desktop.core.protocol.think_tags import ThinkTags
from ccr_desktop.core.transformers.extra_think_tag import TagFilter

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.transformers.base import TransformContext

_TAG = "reasoning_content"
_REMINDER = (
    f"Before you answer or call a tool, think it through inside <{_TAG}> and </{_TAG}>. "
    "Close the tag, and only then give your answer."
)


class ForceReasoning:
    """Asks for thinking in tags with every message of the user's, and takes it out of the answer.

    Earlier answers show theirs again. All of them, and every message has the reminder, not only
    the last: what was sent before stays as it was, so that prompt caches find it again.
    """

    name = "forcereasoning"

    def __init__(self, _options: Mapping[str, Any]) -> None: ...

    def request(self, body: JsonObject, _context: TransformContext) -> JsonObject:
        kept = {name: value for name, value in body.items() if name != "thinking"}
        return {**kept, "messages": [_said(message) for message in objects(body["messages"])]}

    def open(self, _context: TransformContext) -> TagFilter:
        return TagFilter(ThinkTags(_TAG, anywhere=True))


def _said(message: JsonObject) -> JsonObject:
    match message.get("role"):
        case "user":
            reminder = {"type": "text", "text": _REMINDER}
            return {**message, "content": [*blocks(message.get("content")), reminder]}
        case "assistant":
            return {**message, "content": _in_words(blocks(message.get("content")))}
        case _:
            return message


def _in_words(content: Sequence[JsonObject]) -> list[JsonObject]:
    """An earlier answer with its thinking as text in tags."""
    thoughts = "".join(str(block.get("thinking") or "") for block in content if _is_thought(block))
    rest = [block for block in content if not _is_thought(block)]
    if not thoughts and rest:
        return rest
    return [{"type": "text", "text": f"<{_TAG}>{thoughts}</{_TAG}>\n"}, *rest]


def _is_thought(block: JsonObject) -> bool:
    return block.get("type") in {"thinking", "redacted_thinking"}
