"""An Anthropic conversation as Chat Completions messages.

The same conversation always gives the same messages, and a longer one begins with those of the
shorter: providers' prompt caches depend on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.openai_chat.content import (
    collapse,
    encode_parts,
    encode_tool_result,
    text_part,
)
from ccr_desktop.core.dialects.openai_chat.order import arranged
from ccr_desktop.core.dialects.openai_chat.reasoning import (
    encode_replay,
    replay_target,
    tagged_thinking,
    thinking_chunks,
)
from ccr_desktop.core.dialects.openai_chat.tools import provider_id
from ccr_desktop.core.protocol.conversation import (
    AssistantTurn,
    SystemNote,
    Turn,
    UserTurn,
    read_turns,
)
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.messages import blocks, is_billing_line, system_texts
from ccr_desktop.core.protocol.words import answer_text, result_attachments, tool_result_text
from ccr_desktop.core.providers.profile import MidSystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames
    from ccr_desktop.core.providers.profile import Profile


# Stands for an answer without words between user messages that would otherwise become one.
_NO_TEXT = "(no text)"


def encode_messages(body: JsonObject, target: Target, names: ToolNames) -> list[JsonObject]:
    """All messages, the system prompt first."""
    target = replay_target(body, target)
    messages = list(_system_message(body, target.profile))
    for turn in read_turns(body["messages"]):
        messages += _encode_turn(turn, target, names)
    return arranged(messages, target.profile)


def _system_message(body: JsonObject, profile: Profile) -> Iterator[JsonObject]:
    if profile.keeps_cache_control:
        kept = [b for b in blocks(body.get("system")) if not is_billing_line(str(b.get("text")))]
        if parts := encode_parts(kept, profile):
            yield {"role": "system", "content": collapse(parts, profile)}
    elif texts := system_texts(body):
        yield {"role": "system", "content": "\n\n".join(texts)}


def _encode_turn(turn: Turn, target: Target, names: ToolNames) -> Iterator[JsonObject]:
    match turn:
        case UserTurn(content):
            if parts := encode_parts(content, target.profile):
                yield {"role": "user", "content": collapse(parts, target.profile)}
        case SystemNote(text):
            yield _system_note(text, target.profile)
        case AssistantTurn() if not target.profile.accepts_tools:
            yield from _in_words(turn, target.profile)
        case AssistantTurn():
            yield from _answer(turn, target, names)
            yield from _results(turn, target.profile)


def _system_note(text: str, profile: Profile) -> JsonObject:
    if profile.mid_system is MidSystem.SYSTEM:
        return {"role": "system", "content": text}
    return {"role": "user", "content": f"<system-reminder>\n{text}\n</system-reminder>"}


def _answer(turn: AssistantTurn, target: Target, names: ToolNames) -> Iterator[JsonObject]:
    text = tagged_thinking(turn.blocks, target) + _answer_words(turn)
    calls = [_encode_call(call, names, target.profile) for call, _ in turn.calls]
    thoughts = thinking_chunks(turn.blocks, target, has_calls=bool(calls))
    if not text and not calls and not thoughts:
        if not target.profile.merges_users:
            return
        text = _NO_TEXT
    message: JsonObject = {"role": "assistant", "content": text or target.profile.empty_content}
    if thoughts:
        message["content"] = [*thoughts, text_part(text)] if text else thoughts
    message |= encode_replay(turn.blocks, target, has_calls=bool(calls))
    if calls:
        calls[0] |= target.profile.tool_call_extra or {}
        message["tool_calls"] = calls
    yield message


def _answer_words(turn: AssistantTurn) -> str:
    return "\n\n".join(filter(str.strip, map(answer_text, turn.blocks)))


def _in_words(turn: AssistantTurn, profile: Profile) -> Iterator[JsonObject]:
    """An answer with its calls and their results, for a server that knows no tools."""
    calls = [
        f"[I called {call['name']} with {dumps_text(call.get('input') or {})}]"
        for call, _ in turn.calls
    ]
    words = "\n\n".join(filter(None, [_answer_words(turn), *calls]))
    yield {"role": "assistant", "content": words or _NO_TEXT}
    if turn.calls:
        results = (f"[{call['name']}] {tool_result_text(result)}" for call, result in turn.calls)
        parts = [text_part("\n\n".join(results)), *_attachments(turn, profile)]
        yield {"role": "user", "content": collapse(parts, profile)}


def _encode_call(call: JsonObject, names: ToolNames, profile: Profile) -> JsonObject:
    function = {
        "name": names.provider_name(call["name"]),
        "arguments": dumps_text(call.get("input") or {}),
    }
    return {"id": provider_id(call["id"], profile), "type": "function", "function": function}


def _results(turn: AssistantTurn, profile: Profile) -> Iterator[JsonObject]:
    """One tool message a call, then what tool messages can't hold as a user message."""
    for call, result in turn.calls:
        content = collapse([encode_tool_result(result, profile)], profile)
        call_id = provider_id(call["id"], profile)
        yield {"role": "tool", "tool_call_id": call_id, "content": content}
    if attachments := _attachments(turn, profile):
        yield {"role": "user", "content": collapse(attachments, profile)}


def _attachments(turn: AssistantTurn, profile: Profile) -> list[JsonObject]:
    """What the results of calls hold besides words."""
    attachments: list[JsonObject] = []
    for call, result in turn.calls:
        if parts := encode_parts(result_attachments(result), profile):
            attachments += [text_part(f"From the result of {call['name']}:"), *parts]
    return attachments
