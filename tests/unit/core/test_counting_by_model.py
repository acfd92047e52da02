"""Providers whose tokens are counted by a vocabulary of their own: the setting `tokenizer`."""

import json
from typing import Any

import pytest

from ccr_desktop.core.config.schema import Config, Route
from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.planner import Planner
from ccr_desktop.core.routing import tokens
from ccr_desktop.core.routing.counting import encoding_for, tokens_for
from ccr_desktop.errors import ClientError
from tests.unit.core.routing.facts import body, described

WORDS = "お誕生日おめでとう" * 100  # cl100k: about 900 tokens; o200k: about 800
O200K = {"type": "tiktoken", "encoding": "o200k_base"}


def provider(name: str, window: int, **members: Any) -> dict[str, Any]:
    return {
        "name": name,
        "api_base_url": f"http://127.0.0.1:1/{name}/v1",
        "models": ["m"],
        "context_windows": {"m": window},
        **members,
    }


def config(*, window: int = 10_000, **router: Any) -> Config:
    providers = [
        provider("old", window),
        provider("new", window, tokenizer={"default": O200K}),
    ]
    return described(Providers=providers, Router={"default": "old,m", **router})


def exchange(model: str = "claude-opus") -> Exchange:
    return Exchange(raw=json.dumps(body(model, WORDS)).encode(), headers={})


async def sizes() -> tuple[int, int]:
    """The request as the one vocabulary counts it, and as the other."""
    counting = Planner(config())
    return tuple([(await counting.count(body(m, WORDS)))[0] for m in ("old,m", "new,m")])


async def test_a_window_is_compared_with_the_count_of_its_own_model() -> None:
    cl100k, o200k = await sizes()
    assert o200k < cl100k
    planner = Planner(config(window=o200k))

    assert str((await planner.plan(exchange("new,m"))).route) == "new,m"
    with pytest.raises(ClientError, match=f"too long: {cl100k} tokens > {o200k} maximum"):
        await planner.plan(exchange("old,m"))


async def test_a_threshold_is_compared_with_the_count_of_the_default_route() -> None:
    cl100k, o200k = await sizes()
    routes = {"longContext": "old,m", "longContextThreshold": o200k}

    old = await Planner(config(**routes)).plan(exchange())
    new = await Planner(config(**routes, default="new,m")).plan(exchange())

    assert (old.scenario, old.tokens) == ("longContext", cl100k)
    assert (new.scenario, new.tokens) == ("default", o200k)


async def test_the_room_for_an_answer_is_reckoned_by_its_own_model() -> None:
    cl100k, o200k = await sizes()
    settings = config(longContext="new,m", longContextThreshold=o200k)

    decision = await Planner(settings).plan(exchange())

    assert str(decision.route) == "new,m"
    assert decision.tokens == cl100k
    assert tokens_for(decision.route, decision.tokens, decision.by_encoding, settings) == o200k


async def test_count_tokens_counts_by_the_model_that_is_asked_for() -> None:
    settings = config()

    assert encoding_for("new,m", settings) == "o200k_base"
    assert encoding_for("claude-opus", settings) == "cl100k_base"
    assert encoding_for("claude-opus", config(default="new,m")) == "o200k_base"


async def test_a_vocabulary_that_no_request_needs_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded: list[str] = []
    original = tokens.load_encoding
    monkeypatch.setattr(
        tokens, "load_encoding", lambda name: (loaded.append(name), original(name))[1]
    )
    planner = Planner(config(window=10_000_000))

    decision = await planner.plan(exchange())

    assert (decision.tokens, loaded) == (None, [])


def test_without_other_vocabularies_there_is_one_count() -> None:
    settings = described()

    assert tokens_for(Route("main", "base"), 7, {}, settings) == 7
