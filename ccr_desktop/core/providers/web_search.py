"""How providers are made to search the web: facts and policies for profiles to point to.

Clients ask by Anthropic's server tool `web_search`:
https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWish:
    """What a client wants searched. Of the domains at most one list is filled.

    `is_chosen` says that the user's own route for searches led to the model; `elsewhere` is that
    route where another rule came first.
    """

    query: str = ""
    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    location: JsonObject | None = None
    max_uses: int | None = None
    is_chosen: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class WebSearch:
    """Which models search, by a pattern of their names, and the members that ask them to.

    `tools` among the members join those of the request.
    """

    models: str
    members: Callable[[SearchWish], JsonObject] = lambda _: {}
    echoes: str = ""
    """The tool of the provider's own whose calls are answered with their arguments."""


# Models that search whenever they are asked, whoever serves them.
BY_NAME = WebSearch(
    r"(?i):(online|surfing)$|(^|/)sonar|(^|/)compound(-mini|-beta|$)|-search-(preview|api)"
)


_KIMI_TOOL = "$web_search"


def _openrouter(wish: SearchWish) -> JsonObject:
    """https://openrouter.ai/docs/features/web-search; `:online` stands for the plugin alone."""
    plugin: JsonObject = {"id": "web"}
    if wish.allowed:
        plugin["include_domains"] = [*wish.allowed]
    if wish.blocked:
        plugin["exclude_domains"] = [*wish.blocked]
    return {"plugins": [plugin]}


def _dashscope(wish: SearchWish) -> JsonObject:
    """https://help.aliyun.com/zh/model-studio/web-search"""
    sites = {"assigned_site_list": [*wish.allowed[:25]]} if wish.allowed else {}
    options = {"forced_search": True, "enable_source": True, **sites}
    return {"enable_search": True, "search_options": options}


def _zhipu(wish: SearchWish) -> JsonObject:
    """https://docs.z.ai/guides/tools/web-search; the filter takes a single domain."""
    site = {"search_domain_filter": wish.allowed[0]} if len(wish.allowed) == 1 else {}
    search = {"enable": True, "search_result": True, "require_search": True, **site}
    return {"tools": [{"type": "web_search", "web_search": search}]}


def _perplexity(wish: SearchWish) -> JsonObject:
    """https://docs.perplexity.ai/guides/search-domain-filters; 20 domains at most."""
    domains = [*wish.allowed, *(f"-{domain}" for domain in wish.blocked)][:20]
    return {"search_domain_filter": domains} if domains else {}


def _groq(wish: SearchWish) -> JsonObject:
    """https://console.groq.com/docs/web-search"""
    settings: JsonObject = {}
    if wish.allowed:
        settings["include_domains"] = [*wish.allowed]
    if wish.blocked:
        settings["exclude_domains"] = [*wish.blocked]
    return {"search_settings": settings} if settings else {}


def _moonshot(_wish: SearchWish) -> JsonObject:
    """https://platform.kimi.ai/docs/guide/use-web-search: only without thinking."""
    tool = {"type": "builtin_function", "function": {"name": _KIMI_TOOL}}
    return {"tools": [tool], "thinking": {"type": "disabled"}}


def _openai(wish: SearchWish) -> JsonObject:
    """https://platform.openai.com/docs/guides/tools-web-search?api-mode=chat"""
    given = wish.location or {}
    names = ("city", "region", "country", "timezone")
    place = {name: given[name] for name in names if given.get(name)}
    location = {"user_location": {"type": "approximate", "approximate": place}} if place else {}
    return {"web_search_options": location}


MOONSHOT_SEARCH = WebSearch(r"kimi-k2\.[56]", _moonshot, _KIMI_TOOL)
OPENROUTER_SEARCH = WebSearch("", _openrouter)
DASHSCOPE_SEARCH = WebSearch("", _dashscope)
ZHIPU_SEARCH = WebSearch("", _zhipu)
PERPLEXITY_SEARCH = WebSearch("", _perplexity)
GROQ_SEARCH = WebSearch(r"(^|/)compound", _groq)
OPENAI_SEARCH = WebSearch(r"-search-", _openai)
