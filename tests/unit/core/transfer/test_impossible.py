"""Values that can't be used are told beside them, and keep nothing else out."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.store import ConfigStore
from ccr_desktop.core.secrets import MemorySecrets
from ccr_desktop.core.transfer.found import Found, Origin
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.taking import store_taken, take

URL = "https://api.example.com/v1/chat/completions"


def entry(**members: Any) -> dict[str, Any]:
    return {"name": "a", "api_base_url": URL, "api_key": "$A", "models": ["m"], **members}


@pytest.mark.parametrize(
    ("raw", "key", "words"),
    [
        (
            {"PORT": 99999999},
            "setting:PORT",
            "Found 99999999. Allowed is a whole number from 1 to 65535.",
        ),
        (
            {"API_TIMEOUT_MS": -5},
            "setting:API_TIMEOUT_MS",
            "Found -5. Allowed is a whole number from 1.",
        ),
        (
            {"Router": {"default": "a,m", "longContextThreshold": -5}},
            "route:longContextThreshold",
            "Found -5. Allowed is a whole number from 1.",
        ),
        (
            {"Providers": [entry(), entry(name="b", api_base_url="nowhere")]},
            "provider:b",
            "api_base_url: this is no address.",
        ),
    ],
)
def test_an_impossible_value_is_told_and_the_rest_is_taken(
    tmp_path: Path, raw: dict[str, Any], key: str, words: str
) -> None:
    file = tmp_path / "config.json"
    file.write_text("{}", "utf-8")
    store = ConfigStore(file, environment={})
    whole = {"Providers": [entry()], "Router": {"default": "a,m"}, "LOG_LEVEL": "debug", **raw}

    made = offer(Found("Test", Origin.HERE, whole), {})
    store_taken(take({}, made, made.ticked), store, MemorySecrets())

    item = next(item for item in made.items if item.key == key)
    assert item.warnings[0].startswith(words)
    assert not item.is_ticked
    assert made.ticked >= {"provider:a", "route:default", "setting:LOG_LEVEL"}
    assert store.config.log_level == "debug"


def test_what_stands_behind_a_variable_is_not_judged_here() -> None:
    made = offer(Found("Test", Origin.HERE, {"PORT": "$MY_PORT"}), {})

    assert made.ticked == {"setting:PORT"}


def test_a_route_to_a_provider_that_is_here_is_no_mistake() -> None:
    own = {"Providers": [entry()]}

    made = offer(Found("Test", Origin.HERE, {"Router": {"think": "a,m"}}), own)

    assert made.ticked == {"route:think"}


def test_a_route_that_lacks_its_provider_is_told_once() -> None:
    made = offer(Found("Test", Origin.HERE, {"Router": {"think": "b,m"}}), {})

    assert [item.warnings for item in made.items] == [("There is no provider b.",)]
