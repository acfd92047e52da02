"""What servers demand of the messages as a whole: who may follow whom, and numbered calls.

Each rule sees the messages from the first on, so that those of a longer conversation begin with
those of the shorter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.openai_chat.content import collapse, text_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.providers.profile import Profile

# Stands between the results of tools and what the user says to them.
_ACKNOWLEDGED = "I have the results."


def arranged(messages: Sequence[JsonObject], profile: Profile) -> list[JsonObject]:
    """*messages* as the provider takes them."""
    found = list(messages)
    if profile.merges_users:
        found = _merge_users(found, profile)
    if not profile.user_after_tool:
        found = list(_separated(found))
    if profile.numbers_tool_calls:
        found = list(_numbered(found))
    if profile.prefill_members and found and found[-1]["role"] == "assistant":
        found[-1] = {**found[-1], **profile.prefill_members}
    return found


def _merge_users(messages: Sequence[JsonObject], profile: Profile) -> list[JsonObject]:
    """Neighbouring user messages as one."""
    merged: list[JsonObject] = []
    for message in messages:
        if merged and message["role"] == merged[-1]["role"] == "user":
            parts = [*_parts(merged[-1]), *_parts(message)]
            merged[-1] = {"role": "user", "content": collapse(parts, profile)}
        else:
            merged.append(message)
    return merged


def _parts(message: JsonObject) -> list[JsonObject]:
    content = message["content"]
    return [text_part(content)] if isinstance(content, str) else list(content)


def _separated(messages: Sequence[JsonObject]) -> Iterator[JsonObject]:
    """An answer between each result and the user message after it."""
    before = None
    for message in messages:
        if before == "tool" and message["role"] == "user":
            yield {"role": "assistant", "content": _ACKNOWLEDGED}
        before = message["role"]
        yield message


def _numbered(messages: Sequence[JsonObject]) -> Iterator[JsonObject]:
    """All calls as `functions.NAME:NUMBER`; the results of each answer are in its calls' order."""
    count = 0
    waiting: list[str] = []
    for message in messages:
        if calls := message.get("tool_calls"):
            waiting = [
                f"functions.{call['function']['name']}:{number}"
                for number, call in enumerate(calls, count)
            ]
            count += len(calls)
            named = [{**call, "id": name} for call, name in zip(calls, waiting, strict=True)]
            yield {**message, "tool_calls": named}
        elif message["role"] == "tool":
            yield {**message, "tool_call_id": waiting.pop(0)}
        else:
            yield message
