"""What Anthropic's servers can't read in a conversation that others have answered.

Signatures that only we can read go with their blocks. Searches that others made become words:
Anthropic decrypts the pages of its own, and refuses any that it can't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.carrier import is_carrier
from ccr_desktop.core.protocol.messages import blocks, objects
from ccr_desktop.core.protocol.words import web_search_text

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def without_foreign(body: JsonObject) -> JsonObject:
    """*body* in the form that it would have, had Anthropic answered it all."""
    return {**body, "messages": [_clean_message(message) for message in body["messages"]]}


def _clean_message(message: JsonObject) -> JsonObject:
    content = message.get("content")
    if not isinstance(content, list):
        return message
    own = {block.get("tool_use_id") for block in blocks(content) if _is_own_search(block)}
    kept = [
        _worded(block) if _is_own_search(block) else _uncited(block)
        for block in blocks(content)
        if not is_carrier(block.get("signature")) and not _calls(block, own)
    ]
    return {**message, "content": kept or [{"type": "text", "text": "(no text)"}]}


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
