"""An Anthropic conversation as Gemini contents.

Roles alternate and the user begins and ends; the results of calls stand directly after them, in
their order. The same conversation always gives the same contents, and a longer one begins with
those of the shorter: the provider's prompt cache depends on it. Source:
https://ai.google.dev/gemini-api/docs/function-calling
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.gemini.content import encode_parts, text_part
from ccr_desktop.core.dialects.gemini.signatures import (
    decode_state,
    sign_before,
    signed,
    with_sentinel,
)
from ccr_desktop.core.protocol.conversation import (
    AssistantTurn,
    SystemNote,
    Turn,
    UserTurn,
    read_turns,
)
from ccr_desktop.core.protocol.words import answer_text, result_attachments, result_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.tools import ToolNames
    from ccr_desktop.core.providers.gemini_models import GeminiModel

_USER, _MODEL = "user", "model"
# Stand where the conversation begins or ends with an answer, which is refused.
_BEGIN, _END = "(the conversation goes on)", "(go on)"
# Stands for an answer without words between user messages that would otherwise become one.
_NO_TEXT = "(no text)"

Content = tuple[str, list["JsonObject"]]


def encode_contents(
    body: JsonObject, target: Target, model: GeminiModel, names: ToolNames
) -> list[JsonObject]:
    """All contents; none when there is nothing to answer."""
    merged: list[Content] = []
    for turn in read_turns(body["messages"]):
        for role, parts in _encode_turn(turn, target, model, names):
            if merged and merged[-1][0] == role:
                merged[-1][1].extend(parts)
            elif parts:
                merged.append((role, list(parts)))
    if merged and merged[0][0] == _MODEL:
        merged.insert(0, (_USER, [text_part(_BEGIN)]))
    if merged and merged[-1][0] == _MODEL:
        merged.append((_USER, [text_part(_END)]))
    return [{"role": role, "parts": parts} for role, parts in merged]


def _encode_turn(
    turn: Turn, target: Target, model: GeminiModel, names: ToolNames
) -> Iterator[Content]:
    match turn:
        case UserTurn(content):
            yield _USER, encode_parts(content, model)
        case SystemNote(text):
            yield _USER, [text_part(f"<system-reminder>\n{text}\n</system-reminder>")]
        case AssistantTurn():
            states = _states(turn, target)
            has_ids = any(state.get("ids") is True for state in states.values())
            parts = _answer(turn, states, names, has_ids=has_ids)
            parts = with_sentinel(parts) if model.demands_signatures else parts
            yield _MODEL, parts or [text_part(_NO_TEXT)]
            yield _USER, _results(turn, model, names, has_ids=has_ids)


# -- answers -----------------------------------------------------------------------------------


def _states(turn: AssistantTurn, target: Target) -> dict[int, JsonObject]:
    """What the thinking blocks carry for this model, by their place."""
    return {
        at: decode_state(target, block)
        for at, block in enumerate(turn.blocks)
        if block.get("type") == "thinking"
    }


def _answer(
    turn: AssistantTurn, states: dict[int, JsonObject], names: ToolNames, *, has_ids: bool
) -> list[JsonObject]:
    parts: list[JsonObject] = []
    signature: object = None
    for at, block in enumerate(turn.blocks):
        if at in states:
            signature = states[at].get("call")
            sign_before(parts, states[at], block.get("thinking"))
        elif block.get("type") == "tool_use":
            parts.append(signed(_call(block, names, has_ids=has_ids), signature))
            signature = None
        elif (text := answer_text(block)).strip():
            parts.append(text_part(text))
    return parts


def _call(block: JsonObject, names: ToolNames, *, has_ids: bool) -> JsonObject:
    call = {"name": names.provider_name(block["name"]), "args": block.get("input") or {}}
    return {"functionCall": {"id": block["id"], **call} if has_ids else call}


# -- results -----------------------------------------------------------------------------------


def _results(
    turn: AssistantTurn, model: GeminiModel, names: ToolNames, *, has_ids: bool
) -> list[JsonObject]:
    """One response a call, then the media that responses can't hold."""
    responses: list[JsonObject] = []
    beside: list[JsonObject] = []
    for call, result in turn.calls:
        response = _response(call, result, names, has_ids=has_ids)
        media = encode_parts(result_attachments(result), model)
        if model.media_in_results:
            held = [part for part in media if "inlineData" in part]
            media = [part for part in media if "inlineData" not in part]
            response |= {"parts": held} if held else {}
        if media:
            beside += [text_part(f"From the result of {call['name']}:"), *media]
        responses.append({"functionResponse": response})
    return [*responses, *beside]


def _response(
    call: JsonObject, result: JsonObject, names: ToolNames, *, has_ids: bool
) -> JsonObject:
    member = "error" if result.get("is_error") is True else "result"
    response = {
        "name": names.provider_name(call["name"]),
        "response": {member: result_words(result)},
    }
    return {"id": call["id"], **response} if has_ids else response
