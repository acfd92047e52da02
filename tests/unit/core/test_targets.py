"""Where the requests of a route go."""

from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import ChainLink, Config, Route
from ccr_desktop.core.dialects.base import Target
from ccr_desktop.core.targets import find_target
from ccr_desktop.errors import RoutingError


def configured(**members: Any) -> Config:
    entry = {"name": "p", "api_key": "k", "models": ["m"], **members}
    return read_config({"Providers": [entry], "Router": {"default": "p,m"}}, None, {})


def target(url: str, model: str = "m", **members: Any) -> Target:
    return find_target(Route("p", model), configured(api_base_url=url, **members))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "https://h.test/v1/chat/completions",
            "https://h.test/v1/chat/completions",
            id="the whole address",
        ),
        pytest.param(
            "https://h.test/v1", "https://h.test/v1/chat/completions", id="up to the version"
        ),
        pytest.param("https://h.test/v1/", "https://h.test/v1/chat/completions", id="with a slash"),
        pytest.param(
            "https://h.test/v1/chat/completions/",
            "https://h.test/v1/chat/completions",
            id="the whole address with a slash",
        ),
        pytest.param("https://h.test", "https://h.test/v1/chat/completions", id="the host"),
        pytest.param(
            "https://api.deepseek.com",
            "https://api.deepseek.com/v1/chat/completions",
            id="deepseek's host",
        ),
        pytest.param(
            "https://api.z.ai/api/paas/v4",
            "https://api.z.ai/api/paas/v4/chat/completions",
            id="version 4",
        ),
        pytest.param(
            "https://api.groq.com/openai/v1",
            "https://api.groq.com/openai/v1/chat/completions",
            id="groq",
        ),
        pytest.param(
            "https://h.test/v1?key=1", "https://h.test/v1/chat/completions?key=1", id="with a query"
        ),
        pytest.param(
            "https://generativelanguage.googleapis.com/v1beta/openai/",
            "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
            id="gemini's compatible one",
        ),
        pytest.param(
            "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
            "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
            id="gemini in full",
        ),
        pytest.param("demo:", "demo:", id="demo"),
    ],
)
def test_addresses_of_chat_are_completed(url: str, expected: str) -> None:
    found = target(url)

    assert (found.url, found.dialect) == (expected, "openai-chat")


_GEMINI = "https://generativelanguage.googleapis.com"


@pytest.mark.parametrize(
    "url",
    [
        _GEMINI,
        f"{_GEMINI}/",
        f"{_GEMINI}/v1beta",
        f"{_GEMINI}/v1beta/",
        f"{_GEMINI}/v1beta/models",
        f"{_GEMINI}/v1beta/models/",
        f"{_GEMINI}/v1beta/models/gemini-3-flash:streamGenerateContent",
    ],
)
def test_addresses_of_gemini_are_completed_or_cut_to_its_models(url: str) -> None:
    found = target(url)

    assert (found.url, found.dialect) == (f"{_GEMINI}/v1beta/models", "gemini")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://h.test", "https://h.test/v1beta/models", id="the host"),
        pytest.param("https://h.test/v1", "https://h.test/v1/models", id="another version"),
        pytest.param(
            "https://h.test/gemini/", "https://h.test/gemini/v1beta/models", id="a path of a proxy"
        ),
        pytest.param(
            "https://h.test/v1/projects/p/locations/l/publishers/google",
            "https://h.test/v1/projects/p/locations/l/publishers/google/models",
            id="Vertex AI",
        ),
        pytest.param(
            "https://h.test/v1beta?a=b", "https://h.test/v1beta/models?a=b", id="with a query"
        ),
    ],
)
def test_any_address_may_speak_geminis_protocol(url: str, expected: str) -> None:
    found = target(url, dialect="gemini")

    assert (found.url, found.dialect) == (expected, "gemini")


def test_geminis_own_address_has_chat_completions_for_who_asks_for_them() -> None:
    found = target(f"{_GEMINI}/v1beta/models/", dialect="openai-chat")

    assert found.url == f"{_GEMINI}/v1beta/openai/chat/completions"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
        ("https://api.anthropic.com/v1", "https://api.anthropic.com/v1/messages"),
        ("https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1/messages"),
        ("https://api.z.ai/api/anthropic", "https://api.z.ai/api/anthropic/v1/messages"),
        ("https://api.deepseek.com/anthropic/", "https://api.deepseek.com/anthropic/v1/messages"),
    ],
)
def test_addresses_of_messages_are_completed(url: str, expected: str) -> None:
    found = target(url)

    assert (found.url, found.dialect) == (expected, "anthropic")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.openai.com/v1/responses", "https://api.openai.com/v1/responses"),
        ("https://api.openai.com/v1/responses/", "https://api.openai.com/v1/responses"),
        ("https://api.openai.com/v1", "https://api.openai.com/v1/responses"),
        ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/responses"),
    ],
)
def test_addresses_of_responses_are_completed(url: str, expected: str) -> None:
    found = target(url, transformer={"use": ["openai-responses"]})

    assert (found.url, found.dialect) == (expected, "openai-responses")


def test_no_slash_stands_behind_the_address_of_messages() -> None:
    found = target("https://h.test/v1/messages/?x=1")

    assert (found.url, found.dialect) == ("https://h.test/v1/messages?x=1", "anthropic")


def test_a_target_holds_what_its_provider_says() -> None:
    found = target(
        "https://openrouter.ai/api/v1",
        headers={"X-A": "b"},
        transformer={"use": [["Anthropic", {"UseBearer": True}], "maxtoken2"]},
    )

    assert (found.provider, found.model, found.api_key) == ("p", "m", "k")
    assert found.headers == {"X-A": "b"}
    assert found.bearer
    assert found.profile.name == "openrouter"


@pytest.mark.parametrize("name", ["deepseek", "groq", "openrouter"])
def test_what_an_api_wants_can_be_said_of_one_model(name: str) -> None:
    chains = {"m": {"use": [name]}}

    assert target("https://h.test/v1", transformer=chains).profile.name == name
    assert target("https://h.test/v1", "n", transformer=chains).profile.name != name
    other = {"use": ["groq"], **chains}
    assert target("https://h.test/v1", transformer=other).profile.name == name


def test_a_rule_may_say_what_an_api_wants() -> None:
    config = configured(api_base_url="https://h.test/v1", transformer={"use": ["groq"]})

    found = find_target(Route("p", "m"), config, [ChainLink("deepseek", {}, "")])

    assert found.profile.name == "deepseek"


def test_a_route_to_nobody_names_the_providers() -> None:
    with pytest.raises(RoutingError, match=r"The providers are: p\."):
        find_target(Route("q", "m"), configured(api_base_url="https://h.test"))
