"""The `Router` object, route sets, projects and fallbacks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.router import Routing, read_routing
from ccr_desktop.core.config.routes import RouteReader
from ccr_desktop.core.config.schema import Provider, Route, Router

PROVIDERS = {
    name: Provider(name=name, url="https://h", models=models)
    for name, models in {
        "OpenRouter": ("anthropic/Claude-X", "a,b"),
        "deepseek": ("deepseek-chat",),
    }.items()
}


def read(
    found: Any, providers: dict[str, Provider] = PROVIDERS, **more: Any
) -> tuple[Router, dict[str, str]]:
    issues: list[Issue] = []
    routing = read_routing({"Router": found, **more}, RouteReader(providers, issues))
    return routing.router, {issue.where: str(issue) for issue in issues}


def test_a_list_of_routes_is_a_route_and_its_fallbacks() -> None:
    router, problems = read({"default": ["deepseek,deepseek-chat", "openrouter,a,b"]})

    assert router.routes["default"] == (
        Route("deepseek", "deepseek-chat"),
        Route("OpenRouter", "a,b"),
    )
    assert router.route("default") == Route("deepseek", "deepseek-chat")
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
    router, problems = read({"default": "deepseek,deepseek-chat", "longContextThreshold": found})

    assert router.long_context_threshold == expected
    assert not problems


@pytest.mark.parametrize("found", [-1, "many", 1.5, True, [5]])
def test_a_wrong_threshold_is_named(found: object) -> None:
    _, problems = read({"default": "deepseek,deepseek-chat", "longContextThreshold": found})

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
    router, problems = read({"default": "deepseek,deepseek-chat", **found})

    assert router.think_when == expected
    assert not problems


def test_a_sign_that_no_request_shows_is_a_warning() -> None:
    router, problems = read(
        {"default": "deepseek,deepseek-chat", "thinkWhen": ["plan", "ultrathnk"]}
    )

    assert router.think_when == ("plan", "ultrathnk")
    assert problems["Router.thinkWhen[1]"].startswith(
        "Router.thinkWhen[1]: no request shows 'ultrathnk'. Did you mean 'ultrathink'? "
    )


def test_a_misspelt_level_of_effort_is_a_warning() -> None:
    _, problems = read({"default": "deepseek,deepseek-chat", "thinkWhen": ["plan", "effort:mx"]})

    assert "Did you mean 'effort:max'?" in problems["Router.thinkWhen[1]"]


def test_sub_agents_have_routes_together_and_by_name() -> None:
    router, problems = read(
        {
            "default": "deepseek,deepseek-chat",
            "subagent": "openrouter,a,b",
            "agents": {"Explore": ["deepseek,deepseek-chat", "openrouter,a,b"], "Plan": ""},
        }
    )

    assert router.routes["subagent"] == (Route("OpenRouter", "a,b"),)
    assert router.agents == {
        "Explore": (Route("deepseek", "deepseek-chat"), Route("OpenRouter", "a,b"))
    }
    assert not problems


def test_routes_by_name_are_an_object() -> None:
    _, problems = read({"default": "deepseek,deepseek-chat", "agents": ["Explore"]})

    assert problems == {
        "Router.agents": 'Router.agents: found a list. An object of "provider,model" is allowed.'
    }


@pytest.mark.parametrize("key", ["Default", "longcontext", "web_search", "thinking"])
def test_an_unknown_key_is_a_warning(key: str) -> None:
    _, problems = read({"default": "deepseek,deepseek-chat", key: "deepseek,deepseek-chat"})

    assert problems[f"Router.{key}"].startswith(f"Router.{key}: there is no such setting. Did you")


@pytest.mark.parametrize(
    "found",
    [
        {"default": ["openrouter,a,b"]},
        {"default": "openrouter,a,b"},
        {"default": [{"provider": "openrouter", "model": "a,b"}]},
        {"default": ["openrouter,a,b"], "think": []},
    ],
)
def test_fallbacks_by_scenario(found: object) -> None:
    router, problems = read({"default": "deepseek,deepseek-chat"}, fallback=found)

    assert router.fallbacks == {"default": (Route("OpenRouter", "a,b"),)}
    assert not problems


@pytest.mark.parametrize(
    ("found", "where"),
    [
        (["openrouter,a,b"], "fallback"),
        ({"default": 5}, "fallback.default"),
        ({"defualt": ["openrouter,a,b"]}, "fallback.defualt"),
        ({"default": ["nobody,m"]}, "fallback.default[0]"),
    ],
)
def test_what_is_wrong_in_fallbacks_has_its_place(found: object, where: str) -> None:
    assert list(read({"default": "deepseek,deepseek-chat"}, fallback=found)[1]) == [where]


# -- route sets and projects -------------------------------------------------------------------

BASE = {
    "default": "openrouter,a,b",
    "think": "openrouter,a,b",
    "thinkWhen": ["any"],
    "longContextThreshold": 5,
    "rules": [
        {"name": "no", "when": {"folder": "/secret/*"}, "only": ["deepseek"]},
        {"name": "go", "when": {"tool": "x"}, "route": "openrouter,a,b"},
    ],
}
CHAT = "deepseek,deepseek-chat"


def routing(**values: Any) -> tuple[Routing, dict[str, str]]:
    issues: list[Issue] = []
    found = read_routing({"Router": BASE, **values}, RouteReader(PROVIDERS, issues))
    return found, {issue.where: str(issue) for issue in issues}


@pytest.mark.parametrize("nothing", [None, []])
@pytest.mark.parametrize(
    ("values", "where"),
    [
        (lambda found: {"projects": {"/": found}}, "projects./"),
        (lambda found: {"Router": {**BASE, "agents": {"Explore": found}}}, "Router.agents.Explore"),
        (lambda found: {"Router": {**BASE, "models": {"opus": found}}}, "Router.models.opus"),
        (lambda found: {"routeSets": {"Cheap": found}}, "routeSets.Cheap.default"),
    ],
)
def test_a_name_with_nothing_behind_it_is_told(
    values: Callable[[Any], dict[str, Any]], where: str, nothing: object
) -> None:
    assert list(routing(**values(nothing))[1]) == [where]


def test_the_route_set_that_is_named_is_in_use() -> None:
    found, problems = routing(routeSets={"Cheap": {"default": CHAT}}, routeSet="Cheap")

    assert found.router == found.route_sets["Cheap"]
    assert found.route_set == "Cheap"
    assert found.router.routes == {"default": (Route("deepseek", "deepseek-chat"),)}
    assert not problems


@pytest.mark.parametrize("name", [None, "", "$UNSET"])
def test_without_a_name_router_is_in_use(name: object) -> None:
    found, _ = routing(routeSets={"Cheap": {"default": CHAT}}, routeSet=name)

    assert found.route_set == ""
    assert found.router.routes["default"] == (Route("OpenRouter", "a,b"),)
    assert list(found.route_sets) == ["Cheap"]


def test_a_set_takes_over_what_is_not_a_route() -> None:
    found, _ = routing(routeSets={"Cheap": {"default": CHAT}}, fallback={"think": [CHAT]})
    cheap = found.route_sets["Cheap"]

    assert (cheap.think_when, cheap.long_context_threshold) == (("any",), 5)
    assert [rule.name for rule in cheap.rules] == ["no", "go"]
    assert cheap.fallbacks == {}


def test_a_set_may_have_all_of_its_own_but_prohibitions_stay() -> None:
    own = {
        "default": CHAT,
        "thinkWhen": [],
        "longContextThreshold": 7,
        "rules": [{"name": "mine", "route": CHAT}],
        "fallback": {"default": ["openrouter,a,b"]},
    }

    found, problems = routing(routeSets={"Cheap": own})
    cheap = found.route_sets["Cheap"]

    assert not problems
    assert (cheap.think_when, cheap.long_context_threshold) == ((), 7)
    assert [rule.name for rule in cheap.rules] == ["no", "mine"]
    assert cheap.fallbacks == {"default": (Route("OpenRouter", "a,b"),)}


def test_a_set_without_a_default_has_that_of_router_and_a_warning() -> None:
    found, problems = routing(routeSets={"Cheap": {"background": CHAT}})

    assert found.route_sets["Cheap"].routes["default"] == (Route("OpenRouter", "a,b"),)
    assert list(problems) == ["routeSets.Cheap.default"]


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"routeSets": ["Cheap"]}, "routeSets"),
        ({"routeSets": {"Cheap": {"default": "nobody,m"}}}, "routeSets.Cheap.default"),
        ({"routeSets": {"Cheap": {"default": CHAT, "thnk": CHAT}}}, "routeSets.Cheap.thnk"),
        (
            {"routeSets": {"Cheap": {"default": CHAT, "longContextThreshold": "x"}}},
            "routeSets.Cheap.longContextThreshold",
        ),
        ({"routeSet": "Cheap"}, "routeSet"),
        ({"routeSet": 5}, "routeSet"),
        ({"projects": []}, None),
        ({"projects": ["/tmp"]}, "projects"),
        ({"projects": {"/": "Chaep"}}, "projects./"),
        ({"projects": {"/": "nobody,m"}}, "projects./"),
        ({"projects": {"/no/such/folder": CHAT}}, "projects./no/such/folder"),
        ({"projects": {"work": CHAT}}, "projects.work"),
    ],
)
def test_each_mistake_has_its_place(values: dict[str, Any], where: str | None) -> None:
    assert list(routing(**values)[1]) == ([where] if where else [])


def test_a_model_without_tools_is_no_place_for_the_work_of_agents() -> None:
    url = "https://api.perplexity.ai/chat/completions"
    providers = {**PROVIDERS, "p": Provider(name="p", url=url, models=("sonar",))}

    _, problems = read(
        {"default": CHAT, "think": [CHAT, "p,sonar"], "webSearch": "p,sonar", "background": CHAT},
        providers,
    )

    assert problems == {
        "Router.think": "Router.think: 'p,sonar' can't use tools, and Claude Code works with them."
        " Choose another model here; for searches it suits Router.webSearch."
    }


def test_a_project_has_a_route_set_or_routes(tmp_path: Path) -> None:
    found, problems = routing(
        routeSets={"Cheap": {"default": CHAT}},
        projects={str(tmp_path): " Cheap", "/": [CHAT, "openrouter,a,b"], "~/*": CHAT},
    )

    assert found.projects == {
        str(tmp_path): "Cheap",
        "/": (Route("deepseek", "deepseek-chat"), Route("OpenRouter", "a,b")),
        "~/*": (Route("deepseek", "deepseek-chat"),),
    }
    assert not problems


@pytest.mark.parametrize("name", ["", " "])
def test_a_route_set_without_a_name_is_left_out_and_that_is_said(name: str) -> None:
    found, problems = routing(routeSets={name: {"default": CHAT}, "Cheap": {"default": CHAT}})

    assert list(found.route_sets) == ["Cheap"]
    assert "a route set needs a name. It is left out." in problems[f"routeSets.{name}"]


@pytest.mark.parametrize("name", [" Cheap ", "Cheap"])
def test_a_set_is_chosen_whatever_spaces_are_around_its_name(name: str) -> None:
    found, problems = routing(
        routeSets={" Cheap ": {"default": CHAT}}, routeSet=name, projects={"/": name}
    )

    assert (found.route_set, found.projects) == (" Cheap ", {"/": " Cheap "})
    assert not problems


def test_a_project_without_a_folder_is_told_since_it_holds_everywhere() -> None:
    assert list(routing(projects={"": CHAT, " / ": CHAT})[1]) == ["projects."]
