"""What a request wants searched on the web."""

from typing import Any

import pytest

from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.dialects.ollama import Ollama
from ccr_desktop.core.dialects.search_wish import search_wish
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.providers.web_search import SearchWish
from ccr_desktop.errors import ClientError

ASKED = "Perform a web search for the query: python 3.13 news"


def body(text: str = ASKED, **tool: Any) -> dict[str, Any]:
    offered = {"type": "web_search_20250305", "name": "web_search", **tool}
    return {"messages": [{"role": "user", "content": text}], "tools": [offered]}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param(ASKED, "python 3.13 news", id="of Claude Code"),
        pytest.param("What is new?", "What is new?", id="of anybody else"),
        pytest.param("x" * 1000, "x" * 400, id="a long one is cut"),
    ],
)
def test_the_query_is_what_the_user_said(text: str, query: str) -> None:
    wish = search_wish(body(text), is_chosen=True)

    assert wish == SearchWish(query=query, is_chosen=True)


@pytest.mark.parametrize("tools", [None, [], [{"name": "web_search", "input_schema": {}}]])
def test_without_the_server_tool_there_is_no_wish(tools: Any) -> None:
    assert search_wish({**body(), "tools": tools}, is_chosen=False) is None


def test_of_two_lists_of_domains_only_one_is_kept() -> None:
    wish = search_wish(
        body(allowed_domains=["a.org", 5], blocked_domains=["b.org"]), is_chosen=False
    )

    assert wish is not None
    assert (wish.allowed, wish.blocked) == (("a.org",), ())


def test_blocked_domains_and_the_place_are_kept() -> None:
    place = {"type": "approximate", "country": "DE"}
    wish = search_wish(
        body(allowed_domains=[], blocked_domains=["b.org"], user_location=place), is_chosen=False
    )

    assert wish is not None
    assert (wish.allowed, wish.blocked, wish.location) == ((), ("b.org",), place)


@pytest.mark.parametrize(
    ("is_chosen", "remedy"),
    [
        (False, "Set Router.webSearch to a model that can."),
        (True, "Set Router.webSearch to another model that can."),
    ],
)
def test_a_dialect_without_searches_says_which_route_to_set(
    remedy: str, *, is_chosen: bool
) -> None:
    target = Target(
        provider="ollama",
        model="qwen3",
        url="http://localhost:11434/api/chat",
        api_key="",
        profile=Profile(),
        search=SearchWish(is_chosen=is_chosen),
    )

    with pytest.raises(ClientError, match="ollama,qwen3 can't search the web") as caught:
        Ollama().encode(body(), target, "")

    assert caught.value.message.startswith(remedy)
