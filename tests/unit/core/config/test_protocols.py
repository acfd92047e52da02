"""Transformers and addresses that do not fit the protocol of their provider."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.providers import read_providers

CHAT, MESSAGES = "https://h.test/v1/chat/completions", "https://h.test/v1/messages"


def issues(url: str, *use: str, **members: Any) -> list[Issue]:
    """What is said of a provider with this address and list of transformers."""
    found: list[Issue] = []
    entry = {"name": "p", "api_base_url": url, "api_key": "k", "models": ["m"]}
    read_providers({"Providers": [{**entry, "transformer": {"use": [*use]}, **members}]}, found)
    return found


@pytest.mark.parametrize(
    ("url", "use", "at", "problem"),
    [
        pytest.param(
            "https://h.test/v1",
            ("gemini", "openai-responses"),
            0,
            "gemini is for providers that speak gemini; this one speaks openai-responses.",
            id="two protocols",
        ),
        pytest.param(
            CHAT,
            ("Anthropic", "tooluse"),
            0,
            "Anthropic is for providers that speak anthropic; this one speaks openai-chat.",
            id="Anthropic among others, at an address for chat",
        ),
        pytest.param(
            "https://h.test",
            ("vertex-claude", "vertex-gemini"),
            1,
            "vertex-gemini is for providers that speak gemini; this one speaks anthropic.",
            id="two of Vertex AI",
        ),
    ],
)
def test_a_transformer_of_another_protocol_is_named(
    url: str, use: tuple[str, ...], at: int, problem: str
) -> None:
    (issue,) = issues(url, *use)

    assert (issue.where, issue.problem) == (f"Providers[0].transformer.use[{at}]", problem)
    assert "second provider" in issue.hint


def test_so_is_one_of_a_single_model() -> None:
    (issue,) = issues(CHAT, transformer={"m": {"use": ["gemini"]}})

    assert issue.where == "Providers[0].transformer.m.use[0]"


@pytest.mark.parametrize(
    ("url", "use", "members", "problem"),
    [
        (CHAT, ("Anthropic",), {}, "an address for openai-chat; the provider is said to speak an"),
        (MESSAGES, ("openai-responses",), {}, "an address for anthropic; the provider is said to"),
        (MESSAGES, (), {"dialect": "openai-chat"}, "an address for anthropic"),
        (CHAT, (), {"dialect": "gemini"}, "an address for openai-chat"),
    ],
)
def test_an_address_of_another_protocol_is_named(
    url: str, use: tuple[str, ...], members: dict[str, str], problem: str
) -> None:
    (issue,) = issues(url, *use, **members)

    assert issue.where == "Providers[0].api_base_url"
    assert problem in issue.problem
    assert "Give its address" in issue.hint


@pytest.mark.parametrize(
    ("url", "use", "members"),
    [
        (CHAT, ("OpenAI", "openrouter", "deepseek", "groq"), {}),
        (CHAT, ("openai-responses",), {}),
        (CHAT, (), {"dialect": "ollama"}),
        (MESSAGES, ("Anthropic", "openrouter"), {}),
        (CHAT, ("vertex-claude",), {}),
        ("https://h.test/v1beta", ("vertex-gemini", "gemini"), {}),
    ],
)
def test_what_fits_is_not_mentioned(url: str, use: tuple[str, ...], members: Any) -> None:
    assert issues(url, *use, **members) == []


BEDROCK = "https://bedrock-runtime.eu-west-1.amazonaws.com"
CLAUDE = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"


def test_a_model_that_its_host_serves_otherwise_is_named_with_the_transformer() -> None:
    (issue,) = issues(BEDROCK, models=["openai.gpt-oss-120b-1:0", CLAUDE])

    assert (issue.where, issue.severity) == ("Providers[0].models", "warning")
    assert issue.problem == f"{CLAUDE} speaks anthropic there; the provider speaks openai-chat."
    assert '"use": ["bedrock-claude"]' in issue.hint


@pytest.mark.parametrize(
    ("url", "use", "model"),
    [
        (BEDROCK, ["bedrock-claude"], CLAUDE),
        (BEDROCK, [], "openai.gpt-oss-120b-1:0"),
        (f"{BEDROCK}/anthropic", [], CLAUDE),
        ("https://bedrock-mantle.eu-west-1.api.aws/anthropic", [], "anthropic.claude-opus-4-8"),
        ("https://gateway.test/v1", [], CLAUDE),
    ],
)
def test_nothing_is_said_where_a_model_is_asked_as_it_wants(
    url: str, use: list[str], model: str
) -> None:
    assert issues(url, *use, models=[model]) == []
