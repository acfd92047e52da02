"""Routes as text."""

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.routes import RouteReader, parse_route
from ccr_desktop.core.config.schema import Provider, Route

PROVIDERS = {
    name: Provider(name=name, url="https://h", models=models)
    for name, models in {
        "OpenRouter": ("anthropic/Claude-X", "a,b"),
        "deepseek": ("deepseek-chat",),
    }.items()
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("deepseek,deepseek-chat", ("deepseek", "deepseek-chat"), id="as configured"),
        pytest.param("DeepSeek,DeepSeek-Chat", ("deepseek", "deepseek-chat"), id="in any case"),
        pytest.param(" deepseek , deepseek-chat ", ("deepseek", "deepseek-chat"), id="with spaces"),
        pytest.param("deepseek/deepseek-chat", ("deepseek", "deepseek-chat"), id="with a slash"),
        pytest.param(
            "openrouter,anthropic/claude-x",
            ("OpenRouter", "anthropic/Claude-X"),
            id="a model with a slash",
        ),
        pytest.param(
            "openrouter/anthropic/claude-x", ("OpenRouter", "anthropic/Claude-X"), id="two slashes"
        ),
        pytest.param("openrouter,a,b", ("OpenRouter", "a,b"), id="a model with a comma"),
        pytest.param("openrouter/a,b", ("OpenRouter", "a,b"), id="slash, then comma"),
        pytest.param(
            "openrouter,New:online", ("OpenRouter", "New:online"), id="a model that is not listed"
        ),
        pytest.param("nobody,m", None, id="an unknown provider"),
        pytest.param("deepseek", None, id="a provider alone"),
        pytest.param("deepseek,", None, id="no model"),
        pytest.param("deepseek, ", None, id="a blank model"),
        pytest.param(",m", None, id="no provider"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_route_is_a_provider_in_any_case_and_a_model(
    text: str, expected: tuple[str, str] | None
) -> None:
    assert parse_route(text, PROVIDERS) == (Route(*expected) if expected else None)


# -- mistakes ----------------------------------------------------------------------------------


def problem_of(found: object, *, broken: frozenset[str] = frozenset()) -> str:
    issues: list[Issue] = []
    RouteReader(PROVIDERS, issues, broken).routes(found, "R")
    return "; ".join(str(issue) for issue in issues)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(
            "deepseak,m",
            "R: found 'deepseak,m'; there is no such provider. Did you mean 'deepseek'?"
            ' Write "provider,model" with a provider of the list: OpenRouter, deepseek.',
            id="a misspelled provider",
        ),
        pytest.param(
            "deepseek,",
            "R: found 'deepseek,', which names no model."
            ' Write "deepseek,MODEL", for example "deepseek,deepseek-chat".',
            id="no model",
        ),
        pytest.param(
            "DeepSeek",
            "R: found 'DeepSeek', which names no model."
            ' Write "deepseek,MODEL", for example "deepseek,deepseek-chat".',
            id="a provider alone",
        ),
        pytest.param(
            "anthropic/Claude-X",
            "R: found 'anthropic/Claude-X', which names no provider."
            ' Write "OpenRouter,anthropic/Claude-X".',
            id="a model alone",
        ),
        pytest.param(
            "deepseek deepseek-chat",
            "R: found 'deepseek deepseek-chat': the comma is missing."
            ' Write "deepseek,deepseek-chat".',
            id="a space for the comma",
        ),
        pytest.param(
            "deepseek:deepseek-chat",
            "R: found 'deepseek:deepseek-chat': the comma is missing."
            ' Write "deepseek,deepseek-chat".',
            id="a colon for the comma",
        ),
        pytest.param(
            "deepseek,deepseek-chatt",
            "R: 'deepseek' has no model 'deepseek-chatt' in its list `models`."
            " Did you mean 'deepseek-chat'? It is asked for all the same;"
            " add it to `models` when it is right.",
            id="a misspelled model",
        ),
        pytest.param("deepseek,deepseek-chat:online", "", id="a variant of a listed model"),
        pytest.param(5, 'R: found 5. Write "provider,model".', id="a number"),
        pytest.param([], "", id="an empty list"),
        pytest.param({"provider": "deepseek", "model": "deepseek-chat"}, "", id="an object"),
    ],
)
def test_each_mistake_in_a_route_has_its_sentence(found: object, said: str) -> None:
    assert problem_of(found) == said


def test_a_route_to_a_provider_that_could_not_be_read_is_no_second_problem() -> None:
    assert problem_of(["bad,m", "Bad/m"], broken=frozenset({"bad"})) == ""


def test_of_many_providers_a_hint_names_those_that_may_be_meant() -> None:
    names = [*(f"p{number}" for number in range(30)), "openrouter"]
    issues: list[Issue] = []

    RouteReader(dict.fromkeys(names, PROVIDERS["deepseek"]), issues).routes("oprouta,m", "R")

    assert "of the list: openrouter, " in issues[0].hint
    assert issues[0].hint.count(", ") == 4
    assert issues[0].hint.endswith(". The list has 26 more.")
