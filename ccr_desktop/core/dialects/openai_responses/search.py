"""The provider's own web searches, as the blocks by which Anthropic's servers tell of theirs.

https://developers.openai.com/api/docs/guides/tools-web-search and
https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.citations import citation_of, cited
from ccr_desktop.core.protocol.deltas import CitationDelta, Delta, ResultDelta
from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.protocol.json import JsonObject


class SearchResults:
    """Holds an answer back from a search on, until the citations in its text are known.

    Results stand before the text, but only its citations say what the found pages are called.
    """

    def __init__(self) -> None:
        self._searches: list[tuple[str, str, list[str]]] = []
        self._citations: dict[str, CitationDelta] = {}
        self._held: list[Delta] = []

    @property
    def is_waiting(self) -> bool:
        return bool(self._searches)

    def note_call(self, item: JsonObject, position: object) -> None:
        """Remember a search that is done. What opens or reads a page is none."""
        action = item.get("action")
        if not isinstance(action, dict) or action.get("type") not in (None, "search"):
            return
        digest = sha256(f"{item.get('id')}/{position}".encode("utf-8", "replace")).hexdigest()
        urls = [url for source in objects(action.get("sources")) if (url := _text(source, "url"))]
        self._searches.append((f"srvtoolu_{digest[:24]}", _query(action), urls))

    def note_citation(self, annotation: Any) -> None:
        if isinstance(annotation, dict) and annotation.get("type") == "url_citation":
            holder = annotation.get("url_citation")  # nested as in Chat Completions, at some
            page = holder if isinstance(holder, dict) else annotation
            if citation := citation_of(page):
                self._citations.setdefault(str(page["url"]), citation)

    def hold(self, deltas: list[Delta]) -> None:
        self._held += deltas

    def release(self) -> list[Delta]:
        """The searches with their results, and all that was held back."""
        out = [*self._blocks(), *cited(self._held, [*self._citations.values()])]
        self._searches, self._citations, self._held = [], {}, []
        return out

    def _blocks(self) -> Iterator[Delta]:
        for identity, query, urls in self._searches:
            is_last = identity == self._searches[-1][0]
            found = dict.fromkeys([*urls, *(self._citations if is_last else ())])
            yield ResultDelta(
                {
                    "type": "server_tool_use",
                    "id": identity,
                    "name": "web_search",
                    "input": {"query": query},
                }
            )
            yield ResultDelta(
                {
                    "type": "web_search_tool_result",
                    "tool_use_id": identity,
                    "content": [self._hit(url) for url in found],
                }
            )

    def _title(self, url: str) -> str:
        citation = self._citations.get(url)
        return str(citation.citation["title"] or "") if citation else ""

    def _hit(self, url: str) -> JsonObject:
        return {
            "type": "web_search_result",
            "url": url,
            "title": self._title(url) or url,
            "encrypted_content": "",
            "page_age": None,
        }


def _query(action: JsonObject) -> str:
    if query := _text(action, "query"):
        return query
    queries = action.get("queries")
    texts = [q for q in queries if isinstance(q, str)] if isinstance(queries, list) else []
    return "; ".join(texts)


def _text(holder: JsonObject, name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""
