"""Which models the assistant begins with, and what it writes of them."""

import pytest

from ccr_desktop.desktop.wizard.draft import Draft, read_draft
from ccr_desktop.desktop.wizard.entries import models_to_keep, name_of_address, with_setup
from ccr_desktop.desktop.wizard.suggesting import suggest


def test_usual_models_come_before_the_order_of_the_list() -> None:
    live = ["text-embed-1", "other", "pro", "pro-mini"]
    windows = {"pro": 128_000, "other": 1_000_000}

    found = suggest(live, ["gone", "pro"], "Acme", windows.get)

    assert (found.main.model, found.main.reason) == ("pro", "The usual choice at Acme.")
    assert (found.background.model, found.long.model) == ("pro-mini", "other")
    assert found.long.reason == "Holds 1M tokens, more than the others."


def test_one_model_does_all() -> None:
    found = suggest(["only"], [], "Acme", lambda _model: None)

    assert {found.main.model, found.background.model, found.long.model} == {"only"}
    assert found.main.reason == "The only one that Acme has."
    assert found.background.reason == "The same as for the main work."


@pytest.mark.parametrize(
    ("live", "reason"),
    [
        (["big", "small"], "The first one that Acme lists."),
        (["small", "big"], "The first one that Acme lists and that fits, by its name."),
        (["text-embed-1", "big"], "The first one that Acme lists and that fits, by its name."),
    ],
    ids=["it is the first", "after a small one", "after one that does not chat"],
)
def test_it_is_said_when_the_first_one_was_passed_over(live: list[str], reason: str) -> None:
    found = suggest(live, [], "Acme", lambda _model: None)

    assert (found.main.model, found.main.reason) == ("big", reason)


def test_an_empty_list_suggests_nothing() -> None:
    assert suggest([], [], "Acme", lambda _model: None).main.model == ""


def test_of_hundreds_only_those_worth_a_mention_are_written() -> None:
    live = [f"m{number}" for number in range(300)]

    assert models_to_keep(["m7", "gone"], live, ["m3"]) == ["m7", "m3"]
    assert models_to_keep(["m7"], live[:3], ["typed"]) == ["m0", "m1", "m2", "typed"]


def test_backup_models_and_what_an_entry_has_beside_stay() -> None:
    url = "https://a.test/v1/chat/completions"
    old = {"name": "a", "api_base_url": url, "models": ["x"], "api_key": "$KEY"}
    raw = {"Providers": [old], "Router": {"default": ["a,x", "b,y"]}}

    new = with_setup(raw, {"name": "a", "api_base_url": url, "models": ["z"]}, {"default": "a,z"})

    assert new["Providers"][0] == {**old, "models": ["z", "x"]}
    assert new["Router"]["default"] == ["a,z", "b,y"]


def test_an_address_gets_a_name_that_is_free() -> None:
    taken = {"Providers": [{"name": "acme", "api_base_url": "https://other.test"}]}

    assert name_of_address("https://api.acme.ai/v1", {}) == "acme"
    assert name_of_address("https://api.acme.ai/v1", taken) == "acme-2"
    assert name_of_address("http://127.0.0.1:8080/v1", {}) == "local"


def test_a_draft_that_does_not_fit_is_begun_anew() -> None:
    assert read_draft({"step": 9, "name": 5, "unknown": 1, "models": ["a"]}) == Draft(models=("a",))


def test_a_server_is_called_by_its_address_which_is_cut_where_it_is_too_long() -> None:
    assert Draft(name="local", url="http://127.0.0.1:11434/v1").title == "127.0.0.1:11434"
    assert Draft(name="far", url="https://me:secret@far.test/v1").title == "far.test"
    assert len(Draft(name="far", url=f"https://{'part.' * 30}test/v1").title) < 50
