"""What an answer's text goes back to, as providers note it, in Anthropic's form.

https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool#citations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.deltas import CitationDelta, Delta, TextDelta

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_MAX_QUOTE_CHARS = 150  # as at Anthropic


def citation_of(page: JsonObject) -> CitationDelta | None:
    """The citation in an annotation; `content` is what OpenRouter quotes of the page."""
    url, title, quote = (page.get(name) for name in ("url", "title", "content"))
    if not isinstance(url, str) or not url:
        return None
    return CitationDelta(
        {
            "type": "web_search_result_location",
            "url": url,
            "title": title if isinstance(title, str) and title else None,
            "encrypted_index": "",  # nothing that Anthropic's servers could read
            "cited_text": quote[:_MAX_QUOTE_CHARS] if isinstance(quote, str) else "",
        }
    )


def cited(deltas: Sequence[Delta], citations: Sequence[CitationDelta]) -> list[Delta]:
    """*deltas* with the citations behind the last of their text."""
    last = max((at for at, delta in enumerate(deltas) if isinstance(delta, TextDelta)), default=-1)
    return [*deltas[: last + 1], *(citations if last >= 0 else ()), *deltas[last + 1 :]]
