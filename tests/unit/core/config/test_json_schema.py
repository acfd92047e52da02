"""The JSON Schema says what the reader says, as far as a schema can."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pyjson5
import pytest

from ccr_desktop import paths
from ccr_desktop.core.config.conditions import CONDITIONS, Condition
from ccr_desktop.core.config.json_schema import config_schema, schema_text
from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.settings import SETTINGS
from tests.unit.core.config.schema_checks import problems

ROOT = Path(__file__).parents[4]
EXAMPLE = ROOT / "config.example.json"
PROVIDER = {"name": "p", "api_base_url": "https://h.test/v1", "api_key": "k", "models": ["m"]}
BASE: dict[str, Any] = {"Providers": [PROVIDER], "Router": {"default": "p,m"}}


def with_provider(**members: Any) -> dict[str, Any]:
    return {**BASE, "Providers": [{**PROVIDER, **members}]}


def with_router(**members: Any) -> dict[str, Any]:
    return {**BASE, "Router": {**BASE["Router"], **members}}


def test_the_file_is_what_the_declarations_give() -> None:
    """`python scripts/update_config_schema.py` writes it."""
    text = paths.resource("config.schema.json").read_text(encoding="utf-8")

    assert text == schema_text()


def test_it_is_a_valid_schema_of_draft_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(config_schema())


def test_the_example_and_what_it_shows_in_comments_are_valid() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = re.sub(r'^( +)// (?=[{}"\]]|  [{])', r"\1", text, flags=re.MULTILINE)

    assert problems(pyjson5.decode(text)) == []
    assert problems(pyjson5.decode(shown)) == []


def test_the_first_configuration_of_the_documentation_is_valid() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    block = page.split("```json5\n", 1)[1].split("```", 1)[0]

    assert problems(pyjson5.decode(block)) == []


def test_the_key_schema_in_a_configuration_is_no_problem() -> None:
    raw = {"$schema": "./config.schema.json", **BASE}

    assert read_config(raw, None, {}).issues == ()
    assert problems(raw) == []


@pytest.mark.parametrize("key", [setting.key for setting in SETTINGS])
def test_each_setting_is_described_with_its_default_and_example(key: str) -> None:
    setting = next(setting for setting in SETTINGS if setting.key == key)
    schema = config_schema()
    found: dict[str, Any] = schema
    for name in key.split("."):
        found = found["properties"][name.removesuffix("[]")]
        if name.endswith("[]"):
            found = schema["$defs"][found["items"]["$ref"].rpartition("/")[2]]

    assert found["description"].startswith(setting.help)
    assert found.get("default") == setting.default
    assert ("examples" in found) == bool(setting.example)


def test_other_spellings_are_there_and_deprecated() -> None:
    members = config_schema()["properties"]

    assert [name for name in members if members[name].get("deprecated")] == [
        name for setting in SETTINGS for name in setting.synonyms
    ]


@pytest.mark.parametrize("known", KNOWN_TRANSFORMERS.values(), ids=lambda known: known.name)
def test_the_example_of_each_transformer_is_valid(known: Any) -> None:
    link = json.loads(known.example)

    assert problems(with_provider(transformer={"use": [link], "m": {"use": [link]}})) == []


@pytest.mark.parametrize(
    "raw",
    [
        {**BASE, "zebra": 1},
        {**BASE, "PORT": "4000"},
        {**BASE, "PORT": "$PORT"},
        {**BASE, "LOG": "TRUE"},
        {**BASE, "LOG_LEVEL": "Debug"},
        {**BASE, "PROXY_URL": None, "fallback": {"default": ["p,m"]}},
        {**BASE, "routeSets": {"A": {"default": "p,m", "fallback": {}}}, "projects": {"~": "A"}},
        with_provider(api_base_url="$URL", api_keys=["a", {"key": "$B", "weight": 2}]),
        with_provider(_note="a remark", timeout={"idle_s": "60", "total_s": None}),
        with_provider(transformer={"use": [["mine"], ["other", {"a": 1}]]}),
        with_router(thinkWhen=["effort:max"], longContextThreshold=0),
        with_router(default={"provider": "p", "model": "m"}),
        with_router(rules=[{"when": {"time": ["22:00-24:00"], "model": "*"}, "only": "p"}]),
    ],
)
def test_what_the_reader_takes_is_valid(raw: dict[str, Any]) -> None:
    assert problems(raw) == []


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ({**BASE, "PORT": 70000}, "PORT"),
        ({**BASE, "PORT": "x"}, "PORT"),
        ({**BASE, "LOG": "perhaps"}, "LOG"),
        ({**BASE, "LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({**BASE, "HOST": 1}, "HOST"),
        ({**BASE, "Providers": {}}, "Providers"),
        ({"providers": [{"name": 1, "api_base_url": "u"}]}, "providers.0.name"),
        ({"Providers": [{"name": "p"}]}, "Providers.0"),
        (with_provider(api_bas_url="x"), "Providers.0"),
        (with_provider(models="m"), "Providers.0.models"),
        (with_provider(timeout={"idle_s": 0}), "Providers.0.timeout.idle_s"),
        (with_provider(api_keys=[{"weight": 1}]), "Providers.0.api_keys.0"),
        (with_provider(dialect="morse"), "Providers.0.dialect"),
        (with_provider(profile="nobody"), "Providers.0.profile"),
        (with_provider(headers={"a": 1}), "Providers.0.headers.a"),
        (with_provider(context_windows={"m": 0}), "Providers.0.context_windows.m"),
        (with_provider(prices={"m": {"input": -1}}), "Providers.0.prices.m.input"),
        (with_provider(transformer={"use": "x"}), "Providers.0.transformer.use"),
        (with_provider(transformer={"use": ["maxtoken"]}), "Providers.0.transformer.use.0"),
        (
            with_provider(transformer={"use": [["maxtoken", {"max_tokens": "x"}]]}),
            "Providers.0.transformer.use.0.1.max_tokens",
        ),
        (with_router(default=1), "Router.default"),
        (with_router(defualt="p,m"), "Router"),
        (with_router(thinkWhen=["often"]), "Router.thinkWhen.0"),
        (with_router(rules=[{"wen": {}}]), "Router.rules.0"),
        (with_router(rules=[{"when": {"time": "noon"}}]), "Router.rules.0.when.time"),
        (with_router(rules=[{"when": {"colour": 1}}]), "Router.rules.0.when"),
        ({**BASE, "fallback": {"defualt": "p,m"}}, "fallback"),
        ({**BASE, "Desktop": {"theme": "pink"}}, "Desktop.theme"),
        ({**BASE, "Desktop": {"notifications": {"x": True}}}, "Desktop.notifications"),
        ({**BASE, "StatusLine": {"mine": {}}}, "StatusLine.mine"),
        ({**BASE, "transformers": [{}]}, "transformers.0"),
    ],
)
def test_what_the_reader_refuses_or_warns_of_is_not(raw: dict[str, Any], where: str) -> None:
    assert where in problems(raw)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_what_is_said_of_a_condition_is_a_sentence(condition: Condition) -> None:
    verbs = {"is", "are", "has", "asks", "wants"}

    assert verbs & set(condition.help.replace(",", "").split()[1:])
