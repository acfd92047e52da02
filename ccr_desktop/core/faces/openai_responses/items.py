"""Content blocks of a message as output items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.faces.openai_responses.signatures import encrypted_content
from ccr_desktop.core.faces.openai_responses.tools import TEXT_ARGUMENT, AgentTool
from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject

_PREFIXES = {
    "text": "msg",
    "thinking": "rs",
    "redacted_thinking": "rs",
    "tool_use": "fc",
    "web_search_tool_result": "ws",
}


class ItemMaker:
    """Makes the items of one answer; their ids follow from the message's."""

    def __init__(self, message_id: str, tools: Mapping[str, AgentTool]) -> None:
        self._message_id = message_id
        self._tools = tools
        self._queries: dict[str, str] = {}

    def make(self, block: JsonObject, index: int) -> JsonObject | None:
        """The item with this place for a block; None for blocks that are no items."""
        kind = str(block.get("type"))
        identity = f"{_PREFIXES.get(kind)}_{self._message_id}_{index}"
        match kind:
            case "text" if block.get("text"):
                return _message(identity, str(block["text"]))
            case "thinking" | "redacted_thinking":
                return _reasoning(identity, block)
            case "tool_use":
                return self._call(identity, block)
            case "server_tool_use":
                self.note_query(block)
            case "web_search_tool_result":
                return self._search(identity, block)
        return None

    def note_query(self, block: JsonObject) -> None:
        given = block.get("input")
        query = given.get("query") if isinstance(given, dict) else ""
        self._queries[str(block.get("id"))] = str(query or "")

    def _call(self, identity: str, block: JsonObject) -> JsonObject:
        name, given = str(block.get("name")), block.get("input") or {}
        tool = self._tools.get(name) or AgentTool(name)
        common = {
            "id": identity,
            "call_id": block.get("id"),
            "name": tool.name,
            **({"namespace": tool.namespace} if tool.namespace else {}),
            "status": "completed",
        }
        if tool.is_custom:
            text = given.get(TEXT_ARGUMENT) if isinstance(given, dict) else None
            words = text if isinstance(text, str) else dumps_text(given)
            return {"type": "custom_tool_call", **common, "input": words}
        return {"type": "function_call", **common, "arguments": dumps_text(given)}

    def _search(self, identity: str, block: JsonObject) -> JsonObject:
        urls = [hit.get("url") for hit in objects(block.get("content"))]
        query = self._queries.get(str(block.get("tool_use_id")), "")
        sources = [{"type": "url", "url": url} for url in urls if isinstance(url, str)]
        failed = not isinstance(block.get("content"), list)
        return {
            "type": "web_search_call",
            "id": identity,
            "status": "failed" if failed else "completed",
            "action": {"type": "search", "query": query, "queries": [query], "sources": sources},
        }


def text_part(text: str) -> JsonObject:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def summary_part(text: str) -> JsonObject:
    return {"type": "summary_text", "text": text}


def begun(item: JsonObject) -> JsonObject:
    """An item as it is when it begins."""
    match item["type"]:
        case "message":
            return {**item, "status": "in_progress", "content": []}
        case "reasoning":
            return {**item, "summary": [], "encrypted_content": None}
        case "function_call":
            return {**item, "status": "in_progress", "arguments": ""}
        case "custom_tool_call":
            return {**item, "status": "in_progress", "input": ""}
        case _:
            return {**item, "status": "in_progress"}


def _message(identity: str, text: str) -> JsonObject:
    return {
        "type": "message",
        "id": identity,
        "role": "assistant",
        "status": "completed",
        "content": [text_part(text)],
    }


def _reasoning(identity: str, block: JsonObject) -> JsonObject | None:
    text, encrypted = str(block.get("thinking") or ""), encrypted_content(block)
    if not text and encrypted is None:
        return None
    return {
        "type": "reasoning",
        "id": identity,
        "summary": [summary_part(text)] if text else [],
        "encrypted_content": encrypted,
    }
