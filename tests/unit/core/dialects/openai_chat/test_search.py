"""Searches by the provider: how they are asked for, and how what they found is told."""

import json
from typing import Any

import pytest

from ccr_desktop.core.dialects.openai_chat import OpenAIChat
from ccr_desktop.core.protocol.deltas import (
    CitationDelta,
    Delta,
    Finish,
    ResultDelta,
    TextDelta,
    ThinkingDelta,
)
from ccr_desktop.core.protocol.sse import Events, SseEvent
from ccr_desktop.core.providers import catalog
from ccr_desktop.core.providers.profile import Profile
from ccr_desktop.core.providers.web_search import SearchWish
from ccr_desktop.errors import ClientError
from tests.unit.core.dialects.openai_chat.bodies import (
    JsonObject,
    encoded,
    request,
    target_for,
    tool,
    user,
)

WISH = SearchWish(query="python news")
ALLOWED = SearchWish(query="q", allowed=("a.org",))
BLOCKED = SearchWish(query="q", blocked=("b.org",))
HIT = {
    "type": "web_search_result",
    "title": "A",
    "url": "https://a.org/1",
    "encrypted_content": "",
    "page_age": None,
}


def asked(
    profile: Profile, model: str = "m", wish: SearchWish = WISH, **members: Any
) -> JsonObject:
    return encoded(request(user("go"), **members), profile, model=model, search=wish).body


# -- asking ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "model", "wish", "expected"),
    [
        pytest.param(
            catalog.OPENROUTER, "m:online", WISH, {"plugins": [{"id": "web"}]}, id="openrouter"
        ),
        pytest.param(
            catalog.OPENROUTER,
            "m",
            ALLOWED,
            {"plugins": [{"id": "web", "include_domains": ["a.org"]}]},
            id="openrouter, some domains",
        ),
        pytest.param(
            catalog.OPENROUTER,
            "m",
            BLOCKED,
            {"plugins": [{"id": "web", "exclude_domains": ["b.org"]}]},
            id="openrouter, not some domains",
        ),
        pytest.param(
            catalog.DASHSCOPE,
            "qwen-plus",
            ALLOWED,
            {
                "enable_search": True,
                "search_options": {
                    "forced_search": True,
                    "enable_source": True,
                    "assigned_site_list": ["a.org"],
                },
            },
            id="dashscope",
        ),
        pytest.param(
            catalog.ZHIPU,
            "glm-5.2",
            ALLOWED,
            {
                "tools": [
                    {
                        "type": "web_search",
                        "web_search": {
                            "enable": True,
                            "search_result": True,
                            "require_search": True,
                            "search_domain_filter": "a.org",
                        },
                    }
                ]
            },
            id="zhipu",
        ),
        pytest.param(
            catalog.PERPLEXITY,
            "sonar",
            BLOCKED,
            {"search_domain_filter": ["-b.org"]},
            id="perplexity",
        ),
        pytest.param(
            catalog.GROQ,
            "groq/compound-mini",
            BLOCKED,
            {"search_settings": {"exclude_domains": ["b.org"]}},
            id="groq",
        ),
        pytest.param(
            catalog.OPENAI,
            "gpt-4o-search-preview",
            SearchWish(location={"type": "approximate", "country": "DE", "city": None}),
            {
                "web_search_options": {
                    "user_location": {"type": "approximate", "approximate": {"country": "DE"}}
                }
            },
            id="openai",
        ),
        pytest.param(catalog.COMPATIBLE, "vendor/m:online", WISH, {}, id="by the model's name"),
    ],
)
def test_a_search_is_asked_for_in_the_providers_words(
    profile: Profile, model: str, wish: SearchWish, expected: JsonObject
) -> None:
    before = encoded(request(user("go")), profile, model=model).body

    assert asked(profile, model, wish) == {**before, **expected}


def test_a_search_joins_the_clients_own_tools() -> None:
    made = asked(catalog.ZHIPU, tools=[tool("Bash")])["tools"]

    assert [each["type"] for each in made] == ["function", "web_search"]


@pytest.mark.parametrize(
    ("profile", "model", "is_chosen"),
    [
        pytest.param(catalog.OPENAI, "gpt-5.5", False, id="another model of a provider that can"),
        pytest.param(catalog.GROQ, "llama-3.3-70b-versatile", True, id="groq's other models"),
        pytest.param(catalog.DEEPSEEK, "deepseek-chat", True, id="a provider that is known not to"),
        pytest.param(catalog.COMPATIBLE, "m", False, id="an unknown one that nobody chose for it"),
    ],
)
def test_a_model_that_cannot_search_is_an_error_that_names_the_route(
    profile: Profile, model: str, *, is_chosen: bool
) -> None:
    with pytest.raises(ClientError, match=f"{model} can't search the web") as caught:
        asked(profile, model, SearchWish(is_chosen=is_chosen))

    assert "Router.webSearch" in caught.value.message


@pytest.mark.parametrize("profile", [catalog.COMPATIBLE, catalog.LOCAL], ids=["web", "local"])
def test_the_users_own_choice_of_an_unknown_model_is_believed(profile: Profile) -> None:
    assert asked(profile, wish=SearchWish(is_chosen=True))["messages"]


# -- answers -----------------------------------------------------------------------------------


def chunk(delta: JsonObject, finish: str | None = None, **members: Any) -> JsonObject:
    return {
        "id": "c",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        **members,
    }


def streamed(*chunks: JsonObject, query: str = "python news") -> list[Delta]:
    target = target_for("generic", search=SearchWish(query=query))
    decoder = OpenAIChat().decoder(target)
    events = Events([json.dumps(each).encode() for each in chunks])
    assert decoder.feed_run(events, 0) is None
    return [delta for event in events for delta in decoder.feed(event)] + decoder.finish()


def whole(message: JsonObject, **members: Any) -> list[Delta]:
    decoder = OpenAIChat().decoder(target_for("generic", search=WISH))
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return decoder.decode({"id": "c", "choices": [choice], **members})


def told(deltas: list[Delta]) -> list[Any]:
    """Text and blocks in their order."""
    return [
        delta.block if isinstance(delta, ResultDelta) else delta.text
        for delta in deltas
        if isinstance(delta, ResultDelta | TextDelta)
    ]


CITED = {"type": "url_citation", "url_citation": {"url": "https://a.org/1", "title": "A"}}
PAGE = {"url": "https://a.org/1", "title": "A"}


@pytest.mark.parametrize(
    ("message", "members"),
    [
        pytest.param({"annotations": [CITED, CITED]}, {}, id="openrouter and openai"),
        pytest.param({"annotations": [{"type": "url_citation", **PAGE}]}, {}, id="flat annotation"),
        pytest.param({}, {"citations": [PAGE["url"]], "search_results": [PAGE]}, id="perplexity"),
        pytest.param(
            {}, {"web_search": [{"title": "A", "link": PAGE["url"], "content": "…"}]}, id="zhipu"
        ),
        pytest.param({}, {"search_info": {"search_results": [PAGE]}}, id="dashscope"),
    ],
)
def test_what_was_found_stands_before_the_text(message: JsonObject, members: JsonObject) -> None:
    stream = told(
        streamed(
            chunk({"content": "It is "}),
            chunk({"content": "out.", **message}),
            chunk({}, "stop", **members),
        )
    )
    complete = told(whole({"content": "It is out.", **message}, **members))

    call, result, *text = stream
    assert (call["type"], call["name"]) == ("server_tool_use", "web_search")
    assert call["input"] == {"query": "python news"}
    assert result == {"type": "web_search_tool_result", "tool_use_id": call["id"], "content": [HIT]}
    assert "".join(text) == "It is out."
    assert complete[:2] == stream[:2]
    assert complete[2:] == ["It is out."]


def test_the_words_that_the_provider_searched_for_are_told() -> None:
    used = {
        "type": "search",
        "arguments": '{"query": "python 3.15"}',
        "search_results": {"results": [PAGE]},
    }

    call, *_ = told(streamed(chunk({"executed_tools": [used]}), chunk({"content": "x"}, "stop")))

    assert call["input"] == {"query": "python 3.15"}


def test_an_answer_without_pages_is_text() -> None:
    found = told(streamed(chunk({"content": "It "}), chunk({"content": "is."}, "stop")))

    assert found == ["It ", "is."]


def test_thoughts_and_the_finish_do_not_wait() -> None:
    target = target_for("generic", search=WISH)
    decoder = OpenAIChat().decoder(target)

    def fed(each: JsonObject) -> list[type]:
        return [type(d) for d in decoder.feed(SseEvent("", json.dumps(each).encode()))]

    assert ThinkingDelta in fed(chunk({"reasoning": "hm"}))
    assert TextDelta not in fed(chunk({"content": "x"}))
    assert Finish in fed(chunk({}, "stop"))


def test_what_a_text_is_said_to_go_back_to_follows_it() -> None:
    annotated = {"content": "It is out.", "annotations": [CITED, CITED]}
    for deltas in (
        streamed(chunk(annotated), chunk({}, "stop")),
        whole(annotated),
    ):
        kinds = [type(delta) for delta in deltas if isinstance(delta, TextDelta | CitationDelta)]
        assert kinds == [TextDelta, CitationDelta]


@pytest.mark.parametrize(
    "odd",
    [
        {"citations": [5, None, {"url": 3}], "search_results": "x", "web_search": {"a": 1}},
        {"choices": [{"delta": {"annotations": ["x", {"url_citation": 4}], "content": "x"}}]},
        {"choices": [{"delta": {"executed_tools": [{"arguments": "{", "search_results": []}]}}]},
    ],
)
def test_odd_findings_are_passed_over(odd: JsonObject) -> None:
    assert not any(isinstance(d, ResultDelta) for d in streamed(odd, chunk({}, "stop")))
