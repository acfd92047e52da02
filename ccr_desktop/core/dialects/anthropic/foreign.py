"""What Anthropic's servers can't read in a conversation that others have answered.

Thinking goes that the server did not sign, be the signature ours, another's or none. Searches that
others made become words: Anthropic decrypts the pages of its own, and refuses any that it can't. It
refuses texts of nothing but line ends, too, which many models write before a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.dialects.anthropic.signers import Signers, is_thinking
from ccr_desktop.core.protocol.messages import blocks, objects
from ccr_desktop.core.protocol.words import web_search_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccr_desktop.core.protocol.json import JsonObject

    IsForeign = Callable[[JsonObject], bool]

_CLEARING = "clear_thinking"


def unreadable(block: JsonObject) -> bool:
    """Whether *block* is thinking that no server of Anthropic's has signed."""
    return _NOBODY.is_foreign("", block)


_NOBODY = Signers()


def holds_foreign(body: JsonObject, is_foreign: IsForeign) -> bool:
    """Whether there is thinking in *body* that *is_foreign* says can't be sent."""
    return any(map(is_foreign, thinking_blocks(body)))


def thinking_blocks(body: JsonObject) -> Iterator[JsonObject]:
    for message in objects(body.get("messages")):
        yield from filter(is_thinking, objects(message.get("content")))


def holds_blank(body: JsonObject) -> bool:
    """Whether an answer in *body* has a text without words."""
    return any(
        _is_blank(block)
        for message in objects(body.get("messages"))
        if message.get("role") == "assistant"
        for block in objects(message.get("content"))
    )


def without_foreign(body: JsonObject, is_foreign: IsForeign = unreadable) -> JsonObject:
    """*body* in the form that it would have, had Anthropic answered it all."""
    messages = [_clean_message(message, is_foreign) for message in body["messages"]]
    cleaned = {**body, "messages": messages}
    return _unthinking(cleaned) if _began_with_thought(body, messages) else cleaned


def _began_with_thought(body: JsonObject, messages: list[JsonObject]) -> bool:
    """Whether the answer whose calls are being made has lost the thinking at its start."""
    pairs = zip(reversed(body["messages"]), reversed(messages), strict=True)
    latest = next((pair for pair in pairs if pair[0].get("role") == "assistant"), None)
    if latest is None:
        return False
    before, after = (blocks(message.get("content")) for message in latest)
    calls = any(block.get("type") == "tool_use" for block in after)
    return calls and is_thinking(before[0]) and not is_thinking(after[0])


def _unthinking(body: JsonObject) -> JsonObject:
    """*body* for one turn without thinking: with a budget it may not begin within a turn.

    Source: https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking
    """
    thinking = body.get("thinking")
    if not isinstance(thinking, dict) or thinking.get("type") != "enabled":
        return body
    changed = {**body, "thinking": {"type": "disabled"}}
    management = body.get("context_management")
    if isinstance(management, dict):
        edits = [
            edit
            for edit in objects(management.get("edits"))
            if not str(edit.get("type")).startswith(_CLEARING)
        ]
        changed["context_management"] = {**management, "edits": edits}
    return changed


def _clean_message(message: JsonObject, is_foreign: IsForeign) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    is_answer = message.get("role") == "assistant"
    own = {block.get("tool_use_id") for block in blocks(content) if _is_own_search(block)}
    kept = [
        _worded(block) if _is_own_search(block) else _uncited(block)
        for block in blocks(content)
        if not is_foreign(block) and not _calls(block, own) and not (is_answer and _is_blank(block))
    ]
    return {**message, "content": kept or [{"type": "text", "text": "(no text)"}]}


def _is_blank(block: JsonObject) -> bool:
    text = block.get("text")
    is_text = block.get("type") == "text" and isinstance(text, str)
    return is_text and (not text or str(text).isspace())


def _is_own_search(block: JsonObject) -> bool:
    """Whether *block* tells of a search that the router put into Anthropic's form."""
    return block.get("type") == "web_search_tool_result" and any(
        not hit.get("encrypted_content") for hit in objects(block.get("content"))
    )


def _uncited(block: JsonObject) -> JsonObject:
    """*block* without citations of pages that only others have seen."""
    given = objects(block.get("citations"))
    kept = [citation for citation in given if citation.get("encrypted_index") != ""]
    if len(kept) == len(given):
        return block
    bare = {name: value for name, value in block.items() if name != "citations"}
    return {**bare, "citations": kept} if kept else bare


def _calls(block: JsonObject, ids: set[object]) -> bool:
    return block.get("type") == "server_tool_use" and block.get("id") in ids


def _worded(block: JsonObject) -> JsonObject:
    return {"type": "text", "text": web_search_text(block)}
