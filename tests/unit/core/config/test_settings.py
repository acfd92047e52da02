"""Every setting is declared once, documented, and does something."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.reference import (
    conditions_table,
    reference_table,
    transformers_table,
)
from ccr_desktop.core.config.schema import SCENARIOS, Config
from ccr_desktop.core.config.setting import Kind
from ccr_desktop.core.config.settings import SETTINGS, keys_of

DOCS = Path(__file__).parents[4] / "docs"
TABLES = {
    "settings": reference_table(),
    "providers": reference_table("Providers[]"),
    "router": reference_table("Router"),
    "failover": reference_table("Failover"),
    "desktop": reference_table("Desktop"),
    "conditions": conditions_table(),
    "transformers": transformers_table(),
}
PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}
BASE = {"Providers": [PROVIDER], "Router": {"default": "p,m"}}


def test_no_setting_is_declared_twice() -> None:
    spellings = [(s.key.rpartition(".")[0], name) for s in SETTINGS for name in s.spellings]

    assert len(spellings) == len(set(spellings))


def test_the_scenarios_are_settings() -> None:
    assert set(SCENARIOS) <= set(keys_of("Router"))


@pytest.mark.parametrize("setting", [s for s in SETTINGS if s.member], ids=lambda s: s.key)
def test_each_setting_at_the_top_has_its_default_in_the_configuration(setting: Any) -> None:
    assert getattr(Config(), setting.member) == setting.default
    assert getattr(read_config(BASE, None, {}), setting.member) == setting.default


@pytest.mark.parametrize(
    "setting",
    [s for s in SETTINGS if s.example and "." not in s.key and s.key != "Providers"],
    ids=lambda s: s.key,
)
def test_each_example_is_what_it_says(setting: Any) -> None:
    value = json.loads(setting.example)
    kinds = {Kind.NUMBER: int, Kind.FLAG: bool, Kind.LIST: list, Kind.OBJECT: dict}
    assert isinstance(value, kinds.get(setting.kind, str))

    world = {
        "Providers": [{**PROVIDER, "name": name} for name in ("p", "q", "ollama")],
        "Router": {"default": "p,m"},
        "routeSets": {"Offline": {"default": "ollama,m"}},
        "APIKEY": "k",
    }
    config = read_config({**world, setting.key: value}, None, {})

    if setting.member and setting.kind is not Kind.PATH:
        expected = os.path.expanduser(value) if isinstance(value, str) else value  # noqa: PTH111
        assert getattr(config, setting.member) in (value, expected)


def test_each_setting_that_does_something_has_an_example_in_json() -> None:
    for setting in SETTINGS:
        if not setting.is_idle:
            json.loads(setting.example)


def test_each_condition_has_an_example_that_is_allowed() -> None:
    rules = [
        {"when": {condition.name: json.loads(condition.example)}, "route": "p,m"}
        for condition in CONDITIONS
    ]

    assert (
        read_config({**BASE, "Router": {"default": "p,m", "rules": rules}}, None, {}).issues == ()
    )


@pytest.mark.parametrize("name", TABLES)
def test_the_documentation_has_the_tables_that_the_declarations_give(name: str) -> None:
    """`UPDATE_DOCS=1` writes them."""
    file = DOCS / ("transformers.md" if name == "transformers" else "configuration.md")
    text = file.read_text(encoding="utf-8")
    begin, end = f"<!-- table: {name} -->\n", "<!-- end of table -->"
    before, _, rest = text.partition(begin)
    table, _, after = rest.partition(end)
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(f"{before}{begin}{TABLES[name]}{end}{after}", encoding="utf-8")
        return

    assert table == TABLES[name]
