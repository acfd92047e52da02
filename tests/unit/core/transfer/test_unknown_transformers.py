"""Providers from elsewhere whose transformers are not there."""

from typing import Any

import pytest

from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.core.transfer.offer import Offer, offer

URL = "https://api.example.com/v1/chat/completions"
USE = {"use": ["deepseek", ["mine", {"a": 1}]], "m": {"use": ["other", "mine"]}}
TOLD = "provider a: mine, other is no transformer that is built in."


def offered(own: dict[str, Any] | None = None, use: Any = USE, **more: Any) -> Offer:
    entry = {"name": "a", "api_base_url": URL, "models": ["m"], "transformer": use}
    return offer(Found("Test", Origin.FILE, {"Providers": [entry], **more}), own or {})


@pytest.mark.parametrize(
    ("own", "more", "way"),
    [
        ({}, {}, "no effect until you add a plugin"),
        ({"transformers": [{"path": "/x.py"}]}, {}, "only where a plugin of yours brings it"),
        ({}, {"transformers": [{"path": "/x.py"}]}, "take the setting transformers, too"),
    ],
    ids=["nobody has it", "perhaps one here", "perhaps one there"],
)
def test_a_transformer_that_is_not_built_in_needs_a_hand(
    own: dict[str, Any], more: dict[str, Any], way: str
) -> None:
    (told,) = offered(own, **more).needs_hand

    assert told.startswith(TOLD)
    assert way in told


@pytest.mark.parametrize("use", [None, {"use": ["deepseek"]}, {"use": 3}, "odd", []], ids=repr)
def test_what_is_built_in_or_none_at_all_needs_nobody(use: Any) -> None:
    assert offered(use=use).needs_hand == ()


def test_a_provider_that_is_here_just_so_is_not_told_of() -> None:
    entry = {"name": "a", "api_base_url": URL, "models": ["m"], "transformer": USE}

    assert offered({"Providers": [entry]}).needs_hand == ()


def test_who_took_the_plugin_or_left_the_provider_has_nothing_to_do() -> None:
    made = offered(transformers=[{"path": "/x.py"}])

    assert made.left({"provider:a"}) == made.needs_hand
    assert made.left({"provider:a", "setting:transformers"}) == ()
    assert made.left({"setting:LOG"}) == ()
