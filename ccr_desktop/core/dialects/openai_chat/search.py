"""Web searches that the provider makes itself: asked for in its words, told in the client's.

Where providers put what they found: `annotations` of the message (OpenAI, OpenRouter),
`search_results` and `citations` beside the choices (Perplexity), `web_search` (Z.ai), `search_info`
(DashScope), `executed_tools` of the message (Groq).
"""

from __future__ import annotations

import re
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.dialects.citations import citation_of, cited
from ccr_desktop.core.dialects.search_wish import cannot_search
from ccr_desktop.core.protocol.deltas import (
    Alive,
    CarrierDelta,
    CitationDelta,
    Delta,
    ErrorDelta,
    Finish,
    ResultDelta,
    ThinkingDelta,
    UsageDelta,
)
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, loads_lenient
from ccr_desktop.core.protocol.messages import objects
from ccr_desktop.core.providers.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccr_desktop.core.dialects.base import StreamDecoder, Target
    from ccr_desktop.core.protocol.deltas import DeltaRun
    from ccr_desktop.core.protocol.sse import Events, SseEvent

_UNKNOWN = frozenset({Profile().name, "local"})  # nobody knows what these APIs can do
_HELD_BY_NONE = (ThinkingDelta, CarrierDelta, Alive)
_NEVER_HELD = (UsageDelta, Finish, ErrorDelta)


def with_search(encoded: JsonObject, target: Target) -> JsonObject:
    """*encoded* so that the provider searches, if the client wishes it.

    Raises `ClientError` where the model can't: an answer without a search would not say so.
    """
    wish, search = target.search, target.profile.web_search
    if wish is None:
        return encoded
    if not re.search(search.models, target.model):
        if wish.is_chosen and target.profile.name in _UNKNOWN:
            return encoded
        raise cannot_search(target)
    members = dict(search.members(wish))
    if tools := members.pop("tools", None):
        members["tools"] = [*encoded.get("tools", ()), *tools]
    return {**encoded, **members}


class SearchDecoder:
    """A decoder that tells what the provider found, in front of the text that was made of it.

    Text waits for the end of the answer, for most providers say only then where it came from.
    """

    def __init__(self, decoder: StreamDecoder, query: str) -> None:
        self._decoder = decoder
        self._query = query
        self._found = Findings()
        self._held: list[Delta] = []

    @property
    def is_done(self) -> bool:
        return self._decoder.is_done

    def feed(self, event: SseEvent) -> list[Delta]:
        with suppress(JSONDecodeError):  # the decoder says what is wrong with it
            self._found.note(loads_lenient(event.data))
        return self._passed(self._decoder.feed(event))

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """Each event may hold what was found."""
        return None

    def finish(self) -> list[Delta]:
        return self._told(self._decoder.finish())

    def decode(self, payload: Any) -> list[Delta]:
        self._found.note(payload)
        return self._told(self._decoder.decode(payload))

    def _told(self, deltas: list[Delta]) -> list[Delta]:
        """The rest of the answer: what was found, then the text, then what the text cites."""
        out = self._passed(deltas)
        held, self._held = self._held, []
        return [*out, *self._found.blocks(self._query), *cited(held, self._found.citations)]

    def _passed(self, deltas: list[Delta]) -> list[Delta]:
        out: list[Delta] = []
        for delta in deltas:
            passes = isinstance(delta, _NEVER_HELD)
            if passes or (not self._held and isinstance(delta, _HELD_BY_NONE)):
                out.append(delta)
            else:
                self._held.append(delta)
        return out


class Findings:
    """The pages that a provider names in the course of one answer, each once."""

    def __init__(self) -> None:
        self._pages: dict[str, JsonObject] = {}
        self._queries: dict[str, None] = {}
        self._cited: dict[str, CitationDelta] = {}

    @property
    def citations(self) -> list[CitationDelta]:
        """The pages that the text goes back to, each once."""
        return [*self._cited.values()]

    def note(self, payload: Any) -> None:
        """Look for pages in a chunk or in a whole answer."""
        if not isinstance(payload, dict):
            return
        for page in _pages(payload):
            self._add(page)
        for choice in objects(payload.get("choices")):
            for name in ("delta", "message"):
                if isinstance(holder := choice.get(name), dict):
                    self._note_message(holder)

    def blocks(self, query: str) -> Iterator[ResultDelta]:
        """The search as Anthropic's servers would tell it; nothing when no page was named."""
        if not self._pages:
            return
        words = "; ".join(self._queries) or query
        digest = sha256("\n".join([words, *self._pages]).encode("utf-8", "replace")).hexdigest()
        call = {"id": f"srvtoolu_{digest[:24]}", "name": "web_search", "input": {"query": words}}
        yield ResultDelta({"type": "server_tool_use", **call})
        content = [*self._pages.values()]
        result = {"type": "web_search_tool_result", "tool_use_id": call["id"], "content": content}
        yield ResultDelta(result)

    def _note_message(self, message: JsonObject) -> None:
        for annotation in objects(message.get("annotations")):
            nested = annotation.get("url_citation")
            page = nested if isinstance(nested, dict) else annotation
            self._add(page)
            if citation := citation_of(page):
                self._cited.setdefault(str(page["url"]), citation)
        for used in objects(message.get("executed_tools")):
            self._note_tool(used)
        for page in _pages(message):
            self._add(page)

    def _note_tool(self, used: JsonObject) -> None:
        """A search of Groq's; its arguments are JSON text."""
        results = used.get("search_results")
        pages = objects(results.get("results")) if isinstance(results, dict) else []
        for page in pages:
            self._add(page)
        try:
            arguments = loads_lenient(str(used.get("arguments")))
        except JSONDecodeError:
            return
        query = arguments.get("query") if isinstance(arguments, dict) else None
        if pages and isinstance(query, str):
            self._queries[query] = None

    def _add(self, page: JsonObject) -> None:
        url = page.get("url") or page.get("link")
        if not isinstance(url, str) or not url:
            return
        title, age = page.get("title"), page.get("date") or page.get("publish_date")
        known = self._pages.get(url)
        named = title if isinstance(title, str) and title.strip() else ""
        if known is None:
            self._pages[url] = {
                "type": "web_search_result",
                "title": named or url,
                "url": url,
                "encrypted_content": "",
                "page_age": age if isinstance(age, str) and age else None,
            }
        elif named and known["title"] == url:
            known["title"] = named


def _pages(holder: JsonObject) -> Iterator[JsonObject]:
    """Pages in the members that hold nothing else."""
    info = holder.get("search_info")
    within = info.get("search_results") if isinstance(info, dict) else None
    for found in (holder.get("search_results"), holder.get("web_search"), within):
        yield from objects(found)
    citations = holder.get("citations")
    for citation in citations if isinstance(citations, list) else ():
        yield citation if isinstance(citation, dict) else {"url": citation}
