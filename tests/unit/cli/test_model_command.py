"""`ccr model`: routes set by a script, and picked on a terminal."""

from typing import Any

import pytest

from ccr_desktop.cli import changes
from tests.unit.cli.conftest import Home, Run

PROVIDERS = [
    {
        "name": "One",
        "api_base_url": "http://localhost:1/v1/chat/completions",
        "models": ["big", "vendor/a,b"],
    },
    {"name": "two", "api_base_url": "http://localhost:2/v1/chat/completions", "models": ["small"]},
]


@pytest.fixture
def routes(user: Home) -> Any:
    user.write({"Providers": PROVIDERS, "Router": {"default": "One,big", "custom": "kept"}})
    return lambda: user.raw["Router"]


def test_routes_are_printed(run: Run, routes: Any) -> None:
    assert run("model").out == "default  One,big\n"
    assert run("model", "get", "--json").json == {"default": ["One,big"]}
    assert run("model", "get", "default").out == "One,big\n"
    assert run("model", "get", "think").code == 1
    assert run("model", "get", "nothing").code == 2


def test_a_route_is_set_with_backups(run: Run, routes: Any) -> None:
    said = run("model", "set", "Think", "one,vendor/a,b", "TWO/small")

    assert said.code == 0
    assert routes()["think"] == ["One,vendor/a,b", "two,small"]
    assert routes()["custom"] == "kept"
    assert run("model", "set", "think", "--none").code == 0
    assert "think" not in routes()


def test_a_model_that_is_not_listed_is_taken_with_a_note(run: Run, routes: Any) -> None:
    said = run("model", "set", "default", "two,new")

    assert said.code == 0
    assert "not among the models" in said.err
    assert routes()["default"] == "two,new"


@pytest.mark.parametrize(
    "arguments",
    ["set default", "set default nobody,x", "set default plain", "set odd One,big", "odd"],
)
def test_bad_input_changes_nothing(run: Run, routes: Any, arguments: str) -> None:
    before = dict(routes())

    assert run("model", *arguments.split()).code == 2
    assert routes() == before


def test_the_option_for_the_file_stands_before_or_behind(user: Home, run: Run) -> None:
    path = user.write(
        {"Providers": PROVIDERS, "Router": {"default": "two,small"}}, user.folder / "c.json"
    )

    assert run("model", "--config", str(path), "get", "default").out == "two,small\n"
    assert run("model", "get", "default", "--config", str(path)).out == "two,small\n"


@pytest.fixture
def sets(user: Home) -> Any:
    user.write(
        {
            "Providers": PROVIDERS,
            "Router": {"default": "One,big"},
            "routeSets": {"Alt": {"default": "two,small"}, "Other": {"default": "One,big"}},
            "routeSet": "Alt",
        }
    )
    return lambda: user.raw


def test_a_route_is_set_where_it_is_in_force(run: Run, sets: Any) -> None:
    said = run("model", "set", "default", "One,vendor/a,b")

    assert sets()["routeSets"]["Alt"]["default"] == "One,vendor/a,b"
    assert sets()["Router"] == {"default": "One,big"}
    assert "route set Alt" in said.out
    assert run("model", "get", "default").out == "One,vendor/a,b\n"
    assert "Alt is in force" in run("model", "get").err


def test_picking_changes_the_set_that_is_in_force(run: Run, sets: Any) -> None:
    assert run("model", typed="1\nvendor\n\ny\n").code == 0
    assert sets()["routeSets"]["Alt"]["default"] == "One,vendor/a,b"
    assert sets()["Router"] == {"default": "One,big"}


def test_route_sets_are_listed_and_switched(run: Run, sets: Any) -> None:
    assert run("model", "use").out == "   Router\n-> Alt\n   Other\n"
    assert "the route set Other" in run("model", "use", "other").out
    assert sets()["routeSet"] == "Other"
    assert run("model", "use", "nothing").code == 2
    assert run("model", "use", "Alt", "--none").code == 2
    assert "Router" in run("model", "use", "--none").out
    assert "routeSet" not in sets()


def test_picking_by_number_and_by_name(run: Run, routes: Any) -> None:
    said = run("model", typed="1\nsmall\nthink\n1\nbackground\nvendor\n\ny\n")

    assert said.code == 0
    assert routes() == {
        "default": "two,small",
        "custom": "kept",
        "think": "One,big",
        "background": "One,vendor/a,b",
    }
    assert "not saved yet" in said.err


def test_a_new_model_joins_its_provider(user: Home, run: Run, routes: Any) -> None:
    said = run("model", typed="background\n+two,fresh\n\ny\n")

    assert said.code == 0
    assert routes()["background"] == "two,fresh"
    assert user.raw["Providers"][1]["models"] == ["small", "fresh"]


@pytest.mark.parametrize(
    "typed", ["1\nsmall\ndone\nn\n", "1\nsmall\n", "1\n", "", "done\n"], ids=repr
)
def test_giving_up_leaves_everything(run: Run, routes: Any, user: Home, typed: str) -> None:
    before = user.own.read_bytes()

    assert run("model", typed=typed).code in {0, 130}
    assert user.own.read_bytes() == before


def test_without_providers_it_says_what_to_do(run: Run, user: Home) -> None:
    said = run("model", typed="1\n")

    assert said.code == 1
    assert "providers add" in said.err


def test_what_was_picked_is_kept_beside_what_another_program_saved_meanwhile(
    user: Home, run: Run, routes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_by_another(_: str) -> bool:
        user.write({**user.raw, "LOG": False})
        return True

    monkeypatch.setattr(changes, "ask_yes", saved_by_another)

    said = run("model", typed="background\n+two,fresh\nthink\n1\n\n")

    assert said.code == 0
    assert "both changes are kept" in said.err
    assert user.raw["LOG"] is False
    assert (routes()["background"], routes()["think"]) == ("two,fresh", "One,big")
    assert user.raw["Providers"][1]["models"] == ["small", "fresh"]
