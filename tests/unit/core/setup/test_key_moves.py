"""What a move of keys would change."""

from typing import Any

import pytest

from ccr_desktop.core.setup.key_moves import (
    Change,
    KeyPlace,
    default_variable,
    export_line,
    plan_move,
)
from ccr_desktop.errors import ClientError

KEY = "sk-planted-0123456789"


def raw(**provider: Any) -> dict[str, Any]:
    return {"Providers": [{"name": "Big", "models": ["m"], **provider}], "unknown": 1}


def shown(change: Change) -> list[tuple[str, str, str]]:
    return [(step.name, step.shown_before, step.shown_after) for step in change.steps]


@pytest.mark.parametrize(
    ("api_key", "to", "before", "after"),
    [
        (KEY, KeyPlace.KEYRING, "***", "keyring:Big"),
        ("$MINE", KeyPlace.KEYRING, "$MINE", "keyring:Big"),
        (KEY, KeyPlace.ENVIRONMENT, "***", "$BIG_API_KEY"),
        ("keyring:other", KeyPlace.ENVIRONMENT, "keyring:other", "$BIG_API_KEY"),
        ("keyring:Big", KeyPlace.FILE, "keyring:Big", "***"),
        ("${mine}", KeyPlace.FILE, "${mine}", "***"),
    ],
)
def test_before_and_after_are_shown_without_the_key(
    api_key: str, to: KeyPlace, before: str, after: str
) -> None:
    change = plan_move(raw(api_key=api_key), "big", to, is_plain=True)

    assert shown(change) == [("api_key", before, after)]
    assert change.provider == "Big"
    assert KEY not in repr(change)


@pytest.mark.parametrize(
    ("api_key", "to"),
    [
        ("keyring:other", KeyPlace.KEYRING),
        ("$MINE", KeyPlace.ENVIRONMENT),
        (KEY, KeyPlace.FILE),
    ],
)
def test_a_key_that_is_there_stays(api_key: str, to: KeyPlace) -> None:
    assert plan_move(raw(api_key=api_key), "Big", to, is_plain=True).steps == ()


def test_a_key_may_change_its_variable() -> None:
    change = plan_move(raw(api_key="$MINE"), "Big", KeyPlace.ENVIRONMENT, variable="$OTHER")

    assert shown(change) == [("api_key", "$MINE", "$OTHER")]


def test_a_pool_moves_as_a_whole_and_keeps_what_else_it_says() -> None:
    config = raw(api_keys=["sk-1", {"key": "sk-2", "weight": 2}, "", 5])

    change = plan_move(config, "Big", KeyPlace.KEYRING)

    assert change.written({})["Providers"][0]["api_keys"] == [
        "keyring:Big",
        {"key": "keyring:Big#2", "weight": 2},
        "",
        5,
    ]
    assert config["Providers"][0]["api_keys"][0] == "sk-1"
    to_variables = plan_move(config, "Big", KeyPlace.ENVIRONMENT)
    assert [step.after for step in to_variables.steps] == ["$BIG_API_KEY", "$BIG_API_KEY_2"]


def test_only_keys_change() -> None:
    change = plan_move(raw(api_key="keyring:Big"), "Big", KeyPlace.FILE, is_plain=True)

    assert change.written({("api_key",): KEY}) == raw(api_key=KEY)


@pytest.mark.parametrize(
    ("provider", "options", "title"),
    [
        ("Big", {"to": KeyPlace.FILE}, "only when you say so"),
        ("Other", {"to": KeyPlace.KEYRING}, "no provider 'Other'"),
        ("Keyless", {"to": KeyPlace.KEYRING}, "has no key"),
        ("Big", {"to": KeyPlace.ENVIRONMENT, "variable": KEY}, "no name of an environment"),
    ],
    ids=["unasked", "unknown", "keyless", "a key as a name"],
)
def test_what_cannot_move_is_a_sentence(provider: str, options: dict[str, Any], title: str) -> None:
    config = raw(api_key=KEY)
    config["Providers"].append({"name": "Keyless", "api_keys": "no list"})

    with pytest.raises(ClientError, match=title):
        plan_move(config, provider, **options)


@pytest.mark.parametrize(
    ("provider", "variable"),
    [
        ("openrouter", "OPENROUTER_API_KEY"),
        ("my own-one", "MY_OWN_ONE_API_KEY"),
        ("2nd", "_2ND_API_KEY"),
        ("中文", "PROVIDER_API_KEY"),
    ],
)
def test_a_variable_is_proposed(provider: str, variable: str) -> None:
    assert default_variable(provider) == variable


def test_the_line_that_sets_a_variable_fits_the_system() -> None:
    assert export_line("A", "it's", "linux") == """export A='it'"'"'s'"""
    assert export_line("A", platform="darwin") == "export A=YOUR-KEY"
    assert export_line("A", "b", "win32") == 'setx A "b"'
