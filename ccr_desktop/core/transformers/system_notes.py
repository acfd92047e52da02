"""System messages inside of a conversation, for models of Anthropic's that refuse them there.

Only Claude 4.8 and later take them, and none takes one before the first user message. Source: what
the package litellm (1.110) knows of each model (`supports_mid_conversation_system`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import blocks, is_billing_line, objects, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

MODEL_END = r"(@|-\d{8}|-v\d|$)"
"""What may follow a model's number: Vertex AI's mark of a version, a day, or Bedrock's mark."""
_WITHOUT_NOTES = re.compile(rf"claude-(3|haiku-4|(sonnet|opus)-4(-[0-7])?{MODEL_END})")


def with_system_in_its_place(body: JsonObject, model: str) -> JsonObject:
    """*body* with system messages where *model* takes them; a note to us is left out.

    The line in the system prompt that tells Anthropic whom to bill is other for each request, so
    that nothing after it would be found in a cache.
    """
    messages = objects(body.get("messages"))
    start = next((i for i, found in enumerate(messages) if not _is_system(found)), len(messages))
    leading = [block for message in messages[:start] for block in blocks(message.get("content"))]
    given = [*blocks(body.get("system")), *leading]
    system = [block for block in given if not is_billing_line(str(block.get("text")))]
    rest = messages[start:]
    kept = {name: value for name, value in body.items() if name != "system"}
    changed = {**kept, "messages": rest if _takes_notes(model) else _noted(rest)}
    return {"system": system, **changed} if system else changed


def with_reminders(body: JsonObject) -> JsonObject:
    """*body* with what system messages between others say in reminders; itself without any."""
    messages = objects(body.get("messages"))
    return {**body, "messages": _noted(messages)} if any(map(_is_system, messages)) else body


def _takes_notes(model: str) -> bool:
    """Whether it is known that *model* does: a profile at Bedrock may be one of any."""
    return "claude" in model and not _WITHOUT_NOTES.search(model)


def _noted(messages: Sequence[JsonObject]) -> list[JsonObject]:
    """System messages as reminders of the user's. Nothing may part a call from its result."""
    made: list[JsonObject] = []
    held: list[JsonObject] = []
    for message in messages:
        if not _is_system(message):
            made += [message, *held]
            held = []
        elif note := _note(message):
            waits = bool(made) and _has_calls(made[-1])
            (held if waits else made).append(note)
    return made + held


def _note(message: JsonObject) -> JsonObject | None:
    text = "\n\n".join(texts(message.get("content")))
    if not text:
        return None
    block: JsonObject = {"type": "text", "text": f"<system-reminder>\n{text}\n</system-reminder>"}
    marks = [b["cache_control"] for b in blocks(message.get("content")) if b.get("cache_control")]
    return {"role": "user", "content": [{**block, "cache_control": marks[-1]} if marks else block]}


def _is_system(message: JsonObject) -> bool:
    return message.get("role") == "system"


def _has_calls(message: JsonObject) -> bool:
    return any(block.get("type") == "tool_use" for block in blocks(message.get("content")))
