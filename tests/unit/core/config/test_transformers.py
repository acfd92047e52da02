"""Transformer chains, as claude-code-router writes them."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.secret_values import secret_values
from ccr_desktop.core.config.transformers import Chains, read_chains


def read(found: Any) -> tuple[Chains, list[str]]:
    issues: list[Issue] = []
    return read_chains(found, "t", issues), [str(issue) for issue in issues]


@pytest.mark.parametrize("found", [None, {}, {"use": []}, {"use": None}])
def test_no_chain_is_fine(found: object) -> None:
    assert read(found) == (Chains(), [])


def test_names_stand_alone_or_with_options() -> None:
    chains, problems = read({"use": ["openrouter", ["deepseek"], ["maxtoken", {"max_tokens": 5}]]})

    assert chains.names == ("openrouter", "deepseek", "maxtoken")
    assert chains.own[2].options == {"max_tokens": 5}
    assert not problems


def test_models_have_chains_of_their_own_and_numerals_are_numbers() -> None:
    chains, problems = read(
        {
            "use": [["maxtoken", {"max_tokens": 65536}]],
            "c/d:free": {"use": [["maxtoken", {"max_tokens": "16384"}]]},
        }
    )

    assert [link.options for link in chains.own] == [{"max_tokens": 65536}]
    (link,) = chains.by_model["c/d:free"]
    assert (link.name, link.options) == ("maxtoken", {"max_tokens": 16384})
    assert link.where == "t.c/d:free.use[0]"
    assert not problems


@pytest.mark.parametrize(
    ("options", "expected"),
    [({"UseBearer": True}, True), ({"UseBearer": False}, False), ({}, False)],
)
def test_options_of_anthropic_choose_the_header(options: object, *, expected: bool) -> None:
    assert read({"use": [["Anthropic", options]]})[0].uses_bearer is expected


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        pytest.param(["deepseek"], 't: found a list. Write {"use": ["name", …]}.', id="no object"),
        pytest.param("deepseek", "t: found 'deepseek'. Write", id="a name"),
        pytest.param({"use": "deepseek"}, "t.use: found 'deepseek'. A list", id="use is no list"),
        pytest.param({"m": "tooluse"}, "t.m.use: found 'tooluse'. A list", id="a model's is none"),
        pytest.param({"m": None}, "t.m: found null. It has no effect.", id="a model's is null"),
        pytest.param({"use": [5]}, "t.use[0]: found 5. A name or", id="no name"),
        pytest.param({"use": [["a", 5]]}, "t.use[0]: found a list. A name or", id="no options"),
        pytest.param({"use": [[]]}, "t.use[0]: found a list. A name or", id="an empty pair"),
        pytest.param(
            {"use": ["toolsuse"]},
            "t.use[0]: there is no transformer 'toolsuse'; it has no effect. Did you mean",
            id="unknown",
        ),
        pytest.param(
            {"m": {"use": ["anthropic"]}},
            "t.m.use[0]: there is no transformer 'anthropic'; it has no effect. Did you",
            id="another case, for a model",
        ),
        pytest.param(
            {"use": ["maxtoken"]}, "t.use[0]: max_tokens is missing. Write [", id="no limit"
        ),
        pytest.param(
            {"use": [["maxtoken", {"max_tokens": -1}]]},
            "t.use[0][1].max_tokens: found -1. Allowed is a whole number from 1.",
            id="a limit below 0",
        ),
        pytest.param(
            {"use": [["sampling", {"temperature": 3}]]},
            "t.use[0][1].temperature: found 3.0. Allowed is a number from 0 to 2.",
            id="too hot",
        ),
        pytest.param(
            {"use": [["reasoning", {"enabled": False}]]},
            "t.use[0][1].enabled: there is no such setting. Did you mean 'enable'?",
            id="an unknown option",
        ),
    ],
)
def test_nothing_is_dropped_without_a_word(found: object, problem: str) -> None:
    _, problems = read(found)

    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_with_plugins_any_name_may_be_one_of_theirs() -> None:
    issues: list[Issue] = []

    chains = read_chains({"use": ["mine"]}, "t", issues, has_plugins=True)

    assert chains.names == ("mine",)
    assert not issues


def test_options_for_the_provider_are_passed_on_as_they_are() -> None:
    options = {"provider": {"only": ["a"]}, "odd": None}

    chains, problems = read({"use": [["openrouter", options], ["customparams", options]]})

    assert [link.options for link in chains.own] == [options, options]
    assert not problems


@pytest.mark.parametrize("said", [{}, {"api_base_url": "(not-required)", "api_key": "sk-xxx"}])
def test_a_chain_that_knows_address_and_key_needs_neither(said: dict[str, str]) -> None:
    entry = {"name": "q", "models": ["m"], **said, "transformer": {"use": ["qwen-cli"]}}

    config = read_config({"Providers": [entry], "Router": {"default": "q,m"}}, None, {})

    assert [str(issue) for issue in config.issues] == []
    assert config.providers["q"].url == "https://portal.qwen.ai/v1/chat/completions"
    assert not config.providers["q"].key_problem


def test_an_address_that_is_one_counts() -> None:
    entry = {"name": "q", "api_base_url": "https://h.test/v1", "transformer": {"use": ["qwen-cli"]}}

    config = read_config({"Providers": [entry]}, None, {})

    assert config.providers["q"].url == "https://h.test/v1"


def test_secret_options_are_secrets() -> None:
    chain = {"use": [["rovo-cli", {"email": "e@x.test", "api_token": "of-rovo"}]]}
    entry = {"name": "r", "models": ["m"], "transformer": {"use": [], "m": chain}}
    both = [{**entry, "api_base_url": "https://h.test", "api_key": "k"}]

    assert "of-rovo" in set(secret_values(read_config({"Providers": both}, None, {})))


def test_a_chain_for_vertex_says_what_is_spoken() -> None:
    entry = {"name": "v", "models": ["m"], "transformer": {"use": ["vertex-claude", "enhancetool"]}}

    config = read_config({"Providers": [entry], "Router": {"default": "v,m"}}, None, {})

    assert [str(issue) for issue in config.issues] == []
    assert config.providers["v"].dialect == "anthropic"
    assert config.providers["v"].url == "https://aiplatform.googleapis.com"


def test_an_option_that_is_needed_is_missed_under_a_misspelt_name() -> None:
    _, problems = read({"use": [["maxtoken", {"max_token": 5}]]})

    assert problems[0].startswith("t.use[0]: max_tokens is missing. Write [")
    assert "Did you mean 'max_tokens'?" in problems[1]


@pytest.mark.parametrize(
    ("name", "options", "problem"),
    [
        ("openrouter", {"provider": "groq"}, "provider: found 'groq'. An object is allowed."),
        ("openrouter", {"model": "x"}, "model: model can't be set here. Leave it out"),
        ("openrouter", {"stream": False}, "stream: stream can't be set here. Leave it out"),
        ("vercel", {"providerOptions": []}, "providerOptions: found a list. An object is allowed."),
        ("vercel", {"model": "x"}, "model: model can't be set here. Leave it out"),
    ],
)
def test_gateways_are_not_told_what_they_would_refuse(
    name: str, options: Any, problem: str
) -> None:
    chains, problems = read({"use": [[name, {"seed": 7, **options}]]})

    assert len(problems) == 1
    assert problems[0].startswith("t.use[0][1].")
    assert problem in problems[0]
    assert chains.own[0].options == {"seed": 7}
