"""The `Router` object, and routes as text."""

from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.routes import parse_route, read_router
from ccr_desktop.core.config.schema import Provider, Route, Router

PROVIDERS = {
    name: Provider(name=name, url="https://h", models=models)
    for name, models in {
        "OpenRouter": ("anthropic/Claude-X", "a,b"),
        "deepseek": ("deepseek-chat",),
    }.items()
}


def read(found: Any, providers: dict[str, Provider] = PROVIDERS) -> tuple[Router, dict[str, str]]:
    issues: list[Issue] = []
    router = read_router({"Router": found}, providers, issues)
    return router, {issue.where: str(issue) for issue in issues}


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


def test_a_list_of_routes_is_a_route_and_its_fallbacks() -> None:
    router, problems = read({"default": ["deepseek,a", "openrouter,b"]})

    assert router.routes["default"] == (Route("deepseek", "a"), Route("OpenRouter", "b"))
    assert router.route("default") == Route("deepseek", "a")
    assert not problems


@pytest.mark.parametrize("found", [{}, {"default": ""}, {"default": None}, None])
def test_without_a_default_the_first_model_answers_and_that_is_said(found: object) -> None:
    router, problems = read(found)

    assert router.route("default") == Route("OpenRouter", "anthropic/Claude-X")
    assert problems == {
        "Router.default": "Router.default: is missing."
        " Until Router.default is set, OpenRouter,anthropic/Claude-X answers."
    }


def test_without_a_default_and_without_models_it_is_said_that_one_is_missing() -> None:
    router, problems = read({}, {"p": Provider(name="p", url="https://h")})

    assert router.route("default") is None
    assert problems == {"Router.default": 'Router.default: is missing. Write "provider,model".'}


def test_a_wrong_default_is_one_problem() -> None:
    _, problems = read({"default": "nobody,m"})

    assert list(problems) == ["Router.default"]
    assert "found 'nobody,m'" in problems["Router.default"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [(None, 60000), (0, 60000), ("", 60000), (100, 100), ("100", 100), (6e4, 60000)],
)
def test_the_threshold_is_60000_unless_a_number_is_given(found: object, expected: int) -> None:
    router, problems = read({"default": "deepseek,m", "longContextThreshold": found})

    assert router.long_context_threshold == expected
    assert not problems


@pytest.mark.parametrize("found", [-1, "many", 1.5, True, [5]])
def test_a_wrong_threshold_is_named(found: object) -> None:
    _, problems = read({"default": "deepseek,m", "longContextThreshold": found})

    assert list(problems) == ["Router.longContextThreshold"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param({}, Router().think_when, id="absent: the default"),
        pytest.param({"thinkWhen": None}, Router().think_when, id="null: the default"),
        pytest.param({"thinkWhen": []}, (), id="empty: never"),
        pytest.param({"thinkWhen": ["any"]}, ("any",), id="any"),
        pytest.param(
            {"thinkWhen": ["plan", "effort:high", "thinking:enabled"]},
            ("plan", "effort:high", "thinking:enabled"),
            id="signs of a request",
        ),
    ],
)
def test_the_signs_of_thinking_can_be_chosen(
    found: dict[str, object], expected: tuple[str, ...]
) -> None:
    router, problems = read({"default": "deepseek,m", **found})

    assert router.think_when == expected
    assert not problems


def test_a_sign_that_no_request_shows_is_a_warning() -> None:
    router, problems = read({"default": "deepseek,m", "thinkWhen": ["plan", "ultrathnk"]})

    assert router.think_when == ("plan", "ultrathnk")
    assert problems["Router.thinkWhen[1]"].startswith(
        "Router.thinkWhen[1]: no request shows 'ultrathnk'. Allowed: any, plan,"
    )
