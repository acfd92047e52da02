"""What becomes of whole files of claude-code-router 1 and 2, written as their readers take them."""

import json
import shutil
from pathlib import Path

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config
from ccr_desktop.core.transfer.items import Item, Kind
from ccr_desktop.core.transfer.offer import Offer, offer
from ccr_desktop.core.transfer.sources import read_file
from ccr_desktop.core.transfer.taking import Taken, take
from tests.support.foreign.made import FOLDER

FILES = ("ccr1.json", "ccr2.json")
VARIABLES = {"DEEPSEEK_API_KEY": "d", "BAILIAN_KEY": "b", "HOME": "/home/ada"}


def seen(name: str) -> Offer:
    return offer(read_file(FOLDER / name), {})


def of_kind(found: Offer, kind: Kind) -> dict[str, Item]:
    return {item.name: item for item in found.items if item.kind is kind}


def unticked(found: Offer) -> set[str]:
    return {item.name for item in found.items if not item.is_ticked}


def config_of(taken: Taken) -> Config:
    return read_config(taken.raw, None, {**VARIABLES, **taken.keys})


def routes_of(config: Config) -> dict[str, list[str]]:
    return {kind: [str(route) for route in routes] for kind, routes in config.router.routes.items()}


def test_all_of_the_first_version_is_offered_and_what_may_harm_waits_for_a_person() -> None:
    found = seen("ccr1.json")

    assert {*of_kind(found, Kind.PROVIDER)} == {*of_kind(found, Kind.KEY)}
    assert len(of_kind(found, Kind.PROVIDER)) == 5
    assert unticked(found) == {
        "PROXY_URL",
        "HTTPS_PROXY",
        "HOST",
        "CUSTOM_ROUTER_PATH",
        "transformers",
    }
    (line,) = found.needs_hand
    assert line.startswith("provider modelscope: homemade is no transformer that is built in.")


def test_the_first_version_goes_on_as_before() -> None:
    found = seen("ccr1.json")
    taken = take({}, found, found.ticked)
    config = config_of(taken)

    assert routes_of(config) == {
        "default": ["deepseek,deepseek-chat"],
        "background": ["ollama,qwen2.5-coder:latest"],
        "think": ["deepseek,deepseek-reasoner"],
        "longContext": ["openrouter,google/gemini-2.5-pro-preview"],
        "webSearch": ["gemini,gemini-2.5-flash"],
    }
    assert (config.host, config.router.long_context_threshold) == ("127.0.0.1", 60_000)
    assert "planted" not in json.dumps(taken.raw)
    assert len([key for key in taken.keys.values() if "planted" in key]) == 4


def test_the_second_version_goes_on_with_its_backups_and_its_status_line() -> None:
    found = seen("ccr2.json")
    taken = take({}, found, found.ticked)
    config = config_of(taken)

    assert unticked(found) == {"bailian", "Plugins"}
    assert found.needs_hand == (
        "server plugin homemade: there is none of this name here, so that it has no effect.",
    )
    assert routes_of(config) == {
        "default": ["bailian,qwen3-coder-plus"],
        "image": ["bailian,qwen-vl-max"],
    }
    assert [str(route) for route in config.router.fallbacks["default"]] == [
        "vertex,claude-sonnet-4"
    ]
    assert taken.raw["StatusLine"]["currentStyle"] == "default"
    assert taken.raw["mine"] == {"kept": [1]}


@pytest.mark.parametrize("name", FILES)
def test_taken_as_a_whole_it_has_no_errors(name: str) -> None:
    found = seen(name)
    everything = take({}, found, {item.key for item in found.items})

    errors = [issue for issue in config_of(everything).issues if issue.severity == "error"]
    assert not errors


@pytest.mark.parametrize("name", FILES)
def test_the_file_itself_is_left_alone(tmp_path: Path, name: str) -> None:
    copy = tmp_path / name
    shutil.copyfile(FOLDER / name, copy)

    found = offer(read_file(copy), {})
    take({}, found, found.ticked)

    assert copy.read_bytes() == (FOLDER / name).read_bytes()
    assert [*tmp_path.iterdir()] == [copy]
