"""Context windows: configured, published, unknown; and what follows from them."""

import json
import re

import pytest

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.routing.router import decide, may_exceed
from ccr_desktop.core.routing.windows import TABLE, _beginning, room_for_answer, window_of
from ccr_desktop.errors import ClientError
from ccr_desktop.paths import resource
from tests.unit.core.routing.facts import body, described, facts

PROVIDERS = [
    {
        "name": "or",
        "api_base_url": "https://openrouter.ai/api/v1/chat/completions",
        "api_key": "k-1234",
        "models": [],
    },
    {
        "name": "local",
        "api_base_url": "http://127.0.0.1:1/v1",
        "models": ["small", "big-1", "free"],
        "context_windows": {"small": 1000, "big-*": 9000},
    },
]
SMALL = {"default": "local,small"}


@pytest.mark.parametrize(
    ("route", "window"),
    [
        (Route("local", "small"), 1000),
        (Route("local", "BIG-7"), 9000),
        (Route("local", "free"), None),
        (Route("or", "openai/gpt-oss-20b"), 131072),
        (Route("or", "nobody/nothing"), None),
        (Route("gone", "x"), None),
    ],
)
def test_a_window_is_what_the_file_says_else_what_is_published(
    route: Route, window: int | None
) -> None:
    assert window_of(route, described(Providers=PROVIDERS, Router=SMALL)) == window


@pytest.mark.parametrize(
    ("model", "window"),
    [
        ("gemini-2.5-pro", 1048576),
        ("gemini-3.1-pro-preview", 1048576),
        ("gemini-2.5-flash", 1048576),
        ("gemini-2.5-pro-preview-tts", 8192),
    ],
)
def test_what_is_only_published_of_a_broker_counts_at_the_maker_too(
    model: str, window: int
) -> None:
    url = "https://generativelanguage.googleapis.com/v1beta/models/"
    google = {"name": "google", "api_base_url": url, "api_key": "k-1234", "models": [model]}
    config = described(Providers=[google], Router={"default": f"google,{model}"})
    assert window_of(Route("google", model), config) == window


@pytest.mark.parametrize(
    ("pattern", "address", "begins"),
    [
        (r"https://api\.x\.ai", "https://api.x.ai/v1", True),
        (r"https://api\.x\.ai", "https://api-x.ai/v1", False),
        (r"https://api\.x\.ai", "http://https://api.x.ai", False),
        (r"https://api\.y\.ai(?:/|$)", "https://api.y.ai", True),
        (r"https://api\.y\.ai(?:/|$)", "https://api.y.ai.example", False),
        (r"https://a.i", "https://abi", True),
        (r"https://longest\.ai|https://b\.ai", "https://b.ai/v1", True),
    ],
)
def test_a_published_address_is_one_pattern_however_it_is_compared(
    pattern: str, address: str, begins: bool
) -> None:
    assert bool(_beginning(pattern)(address)) is begins
    assert (re.match(pattern, address) is not None) is begins


ADDRESSES = [
    "https://bedrock-runtime.eu-west-1.amazonaws.com/model/x",
    "https://own.openai.azure.com/openai",
    "https://api.cohere.ai/v2",
    "https://api.cohere.org/v2",
    "https://own.cloud.databricks.com/serving-endpoints",
    "https://generativelanguage.googleapis.com/v1beta",
    "https://googleapis.com",
    "https://api.minimaxi.com/v1",
    "https://api.minimax.io/v1",
    "https://own.modal.run/v1",
    "https://modal.run",
    "https://openrouter.ai/api/v1",
    "https://api.openrouter.ai/api/v1",
    "http://localhost:11434/v1",
]


def test_every_published_address_is_compared_as_its_pattern_says() -> None:
    patterns = [each["address"] for each in json.loads(resource(TABLE).read_text())["providers"]]
    compared = {
        (pattern, address): bool(_beginning(pattern)(address))
        for pattern in patterns
        for address in ADDRESSES
    }
    assert compared == {
        (pattern, address): re.match(pattern, address) is not None for pattern, address in compared
    }
    assert sum(compared.values()) >= len(ADDRESSES) - 5


def test_a_prompt_beyond_the_window_goes_to_the_route_for_long_contexts() -> None:
    config = described(
        Providers=PROVIDERS,
        Router={**SMALL, "longContext": ["local,small", "local,big-1", "local,free"]},
    )

    decision = decide(facts(tokens=1001), config)

    assert (str(decision.route), decision.scenario) == ("local,big-1", "longContext")
    assert decision.fallbacks == (Route("local", "free"),)
    assert decision.reason == "1,001 tokens > 1,000, the context window of local,small"
    assert [verdict.rule for verdict in decision.trace if verdict.matched] == ["longContext"]


@pytest.mark.parametrize(
    "long", [{}, {"longContext": "local,small"}, {"longContext": "local,big-1"}]
)
def test_a_prompt_that_fits_nowhere_is_refused_in_the_words_that_make_the_client_compact(
    long: dict[str, str],
) -> None:
    config = described(Providers=PROVIDERS, Router={**SMALL, **long})

    with pytest.raises(ClientError) as caught:
        decide(facts(tokens=9001), config)

    assert str(caught.value) == "prompt is too long: 9001 tokens > 1000 maximum"
    assert caught.value.status == 400


def test_a_fallback_that_is_too_small_is_left_out() -> None:
    config = described(
        Providers=PROVIDERS, Router={"default": ["local,free", "local,small", "local,big-1"]}
    )

    decision = decide(facts(tokens=1001), config)

    assert decision.fallbacks == (Route("local", "big-1"),)
    assert "1,001 tokens do not fit local,small" in [v.reason for v in decision.trace]
    assert decision.trace[-1].rule == "default"


def test_only_a_body_that_may_exceed_a_window_must_be_counted() -> None:
    config = described(Providers=PROVIDERS, Router=SMALL)
    routes = [Route("local", "small"), Route("local", "free")]

    assert not may_exceed(routes, config, b"x" * 1000)
    assert may_exceed(routes, config, b"x" * 1001)
    assert not may_exceed(routes[1:], config, b"x" * 10_000_000)


def test_the_wanted_answer_counts_too_but_not_at_anthropics_servers() -> None:
    anthropic = {**PROVIDERS[1], "name": "c", "dialect": "anthropic"}
    config = described(Providers=[*PROVIDERS, anthropic], Router=SMALL)
    wanted = {"max_tokens": 128_000}

    assert may_exceed([Route("local", "big-1")], config, b"x" * 100, wanted)
    assert not may_exceed([Route("local", "big-1")], config, b"x" * 100, {"max_tokens": 8000})
    assert not may_exceed([Route("c", "big-1")], config, b"x" * 100, wanted)


@pytest.mark.parametrize(
    ("model", "tokens", "room"),
    [
        ("big-1", 1000, 9000 - 1000 - 100),
        ("big-1", 8990, 1024),
        ("small", 999, 500),
        ("free", 999, None),
        ("big-1", None, None),
    ],
)
def test_what_a_prompt_leaves_is_room_for_the_answer(
    model: str, tokens: int | None, room: int | None
) -> None:
    config = described(Providers=PROVIDERS, Router=SMALL)

    assert room_for_answer(Route("local", model), tokens, config) == room


def test_the_exact_window_is_enough() -> None:
    config = described(Providers=PROVIDERS, Router=SMALL)

    assert str(decide(facts(body(), tokens=1000), config).route) == "local,small"
