"""What a request wants searched on the web, and what it is told where nobody can."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import last_user_words, objects
from ccr_desktop.core.protocol.tools import wants_web_search
from ccr_desktop.core.providers.web_search import SearchWish
from ccr_desktop.errors import ClientError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

_ABLE = (
    "Those are any of OpenRouter, Gemini, DashScope, Z.ai and Perplexity, OpenAI's over the "
    "Responses API, Moonshot's kimi-k2.6, groq/compound, and names that end with :online."
)
_MAX_QUERY = 400  # characters
_CLAUDE_CODE = re.compile(r"Perform a web search for the query: *(.+)", re.S)


def search_wish(
    body: JsonObject, *, is_chosen: bool = False, elsewhere: str = ""
) -> SearchWish | None:
    """The wish of *body*; None when it offers no web search.

    Providers take one list of domains at most, as Anthropic does: what is allowed says more than
    what is not.
    """
    if not wants_web_search(body):
        return None
    tools = objects(body.get("tools"))
    tool = next(t for t in tools if str(t.get("type")).startswith("web_search"))
    allowed = _domains(tool.get("allowed_domains"))
    location, limit = tool.get("user_location"), tool.get("max_uses")
    return SearchWish(
        query=_query(body),
        allowed=allowed,
        blocked=() if allowed else _domains(tool.get("blocked_domains")),
        location=location if isinstance(location, dict) else None,
        max_uses=limit if type(limit) is int and limit > 0 else None,
        is_chosen=is_chosen,
        elsewhere="" if is_chosen else elsewhere,
    )


def cannot_search(target: Target) -> ClientError:
    """The error where a search is wanted of a model that makes none."""
    wish = target.search or SearchWish()
    title = f"{target.provider},{target.model} can't search the web"
    if wish.elsewhere:
        why = "but a rule that comes first chose this model, or the request names it"
        return ClientError(title, f"Router.webSearch is {wish.elsewhere}, {why}.")
    other = "another model" if wish.is_chosen else "a model"
    return ClientError(title, f"Set Router.webSearch to {other} that can. {_ABLE}")


def _domains(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else ()
    return tuple(domain for domain in found if isinstance(domain, str) and domain)


def _query(body: JsonObject) -> str:
    """What is searched, as far as the request says it."""
    said = last_user_words(body["messages"]).strip()
    asked = _CLAUDE_CODE.match(said)
    return (asked.group(1) if asked else said)[:_MAX_QUERY].strip()
