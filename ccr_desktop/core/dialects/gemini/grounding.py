"""What a search found, as the blocks that clients of Anthropic's web search read.

Source: https://ai.google.dev/gemini-api/docs/google-search
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.citations import citation_of
from ccr_desktop.core.protocol.deltas import CitationDelta, ResultDelta
from ccr_desktop.core.protocol.json import dumps_safe
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


def search_blocks(metadata: JsonObject) -> list[ResultDelta]:
    """The search and its hits; nothing when no page was found."""
    hits = [hit for chunk in objects(metadata.get("groundingChunks")) if (hit := _hit(chunk))]
    if not hits:
        return []
    words = [query for query in _items(metadata.get("webSearchQueries")) if isinstance(query, str)]
    call_id = f"srvtoolu_{sha256(dumps_safe([words, hits])).hexdigest()[:24]}"
    call = {
        "type": "server_tool_use",
        "id": call_id,
        "name": "web_search",
        "input": {"query": "; ".join(words)},
    }
    result = {"type": "web_search_tool_result", "tool_use_id": call_id, "content": hits}
    return [ResultDelta(call), ResultDelta(result)]


def citations(metadata: JsonObject) -> list[CitationDelta]:
    """The pages that parts of the text are said to go back to, each once."""
    chunks = _items(metadata.get("groundingChunks"))
    hits = [_hit(chunk) if isinstance(chunk, dict) else None for chunk in chunks]
    supports = objects(metadata.get("groundingSupports"))
    found = (at for support in supports for at in _items(support.get("groundingChunkIndices")))
    places = dict.fromkeys(at for at in found if type(at) is int and 0 <= at < len(hits))
    named = [hits[at] for at in places]
    return [citation for hit in named if hit and (citation := citation_of(hit))]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _hit(chunk: JsonObject) -> JsonObject | None:
    match chunk.get("web"):
        case {"uri": str(url), **rest} if url:
            title = rest.get("title")
            return {
                "type": "web_search_result",
                "title": title if isinstance(title, str) and title else url,
                "url": url,
                "encrypted_content": "",
                "page_age": None,
            }
        case _:
            return None
