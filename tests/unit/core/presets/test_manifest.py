"""Reading a preset's manifest."""

from typing import Any

import pytest

from ccr_desktop.core.presets.manifest import Condition, Option, is_safe_name, read_manifest
from ccr_desktop.errors import ConfigError

FULL: dict[str, Any] = {
    "name": "team",
    "version": "2.0.0",
    "description": "Ours",
    "keywords": ["a"],
    "Providers": [{"name": "p", "api_key": "#{apiKey}"}],
    "PORT": 1,
    "schema": [
        {"id": "apiKey", "label": "Key"},
        {
            "id": "model",
            "type": "select",
            "prompt": "Which?",
            "options": [
                {"label": "Big", "value": "b"},
                {"value": "s"},
                {"label": "Gone", "value": "g", "disabled": True},
                "plain",
            ],
            "when": {"field": "#{apiKey}", "operator": "exists"},
            "required": False,
            "defaultValue": "b",
        },
        {
            "id": "count",
            "type": "number",
            "min": 1,
            "max": 5.5,
            "when": [{"field": "model", "value": "b"}],
        },
        {"id": "m", "type": "select", "options": {"type": "models", "providerField": "#{p}"}},
        {"id": "code", "type": "input", "validator": "/^[a-z]+$/i"},
    ],
    "template": {"Router": {"default": "p,#{model}"}},
    "configMappings": [{"target": "Providers[0].api_key", "value": "#{apiKey}"}],
    "userValues": {"model": "s"},
}


def test_a_manifest_is_read_in_all_its_parts() -> None:
    manifest = read_manifest(FULL, "team.zip")

    assert manifest.name == "team"
    assert manifest.about == {
        key: FULL[key] for key in ("name", "version", "description", "keywords")
    }
    assert set(manifest.parts) == {"Providers", "PORT"}
    key, model, count, models, code = manifest.inputs
    assert (key.kind, key.title, key.is_required) == ("password", "Key", True)
    assert model.options == (Option("Big", "b"), Option("s", "s"), Option("plain", "plain"))
    assert (model.title, model.is_required, model.default) == ("Which?", False, "b")
    assert model.when == (Condition("apiKey", "exists"),)
    assert (count.minimum, count.maximum) == (1.0, 5.5)
    assert count.when == (Condition("model", "eq", "b"),)
    assert (models.options_from, models.provider_field) == ("models", "#{p}")
    assert (code.pattern, code.title) == ("^[a-z]+$", "code")
    assert manifest.mappings[0].target == "Providers[0].api_key"
    assert manifest.answers == {"model": "s"}


def test_the_folder_names_a_preset_that_has_no_name() -> None:
    assert read_manifest({}, "x", "folder").name == "folder"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    raw = {
        "name": "../x",
        "Providers": {"p": 1},
        "template": [],
        "userValues": 5,
        "schema": [
            {"type": "input"},
            {"id": "a", "type": "slider"},
            {"id": "b", "when": {"field": "a", "operator": "like"}},
            {"id": "c", "validator": "["},
            "odd",
        ],
        "configMappings": [{"value": 1}],
    }

    with pytest.raises(ConfigError) as caught:
        read_manifest(raw, "bad.zip")

    assert [issue.where for issue in caught.value.issues] == [
        "name",
        "Providers",
        "template",
        "userValues",
        "schema[0]",
        "schema[1].type",
        "schema[2].when",
        "schema[3].validator",
        "schema[4]",
        "configMappings[0]",
    ]
    assert "bad.zip" in caught.value.title


def test_questions_that_are_no_list_are_told() -> None:
    with pytest.raises(ConfigError, match="schema"):
        read_manifest({"name": "x", "schema": {}}, "x")


@pytest.mark.parametrize(
    "name", ["team", "Team 2", "a.b", "ünï-code_1", "console", "com", "com10", "my.con"]
)
def test_ordinary_names_are_safe(name: str) -> None:
    assert is_safe_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "C:x",
        "a..b",
        " a",
        "a ",
        "a.",
        "a\n",
        "a*",
        "x" * 101,
        "名" * 90,
        "half \ud800",
        "team\u202e",
        "te\u200bam",
        "CON",
        "nul.txt",
        "aux",
        "Com1.tar.gz",
        "lpt²",
        "prn .x",
    ],
)
def test_names_that_lead_elsewhere_are_not(name: str) -> None:
    assert not is_safe_name(name)


def test_texts_that_would_be_shown_as_others_are_refused_in_words() -> None:
    raw = {
        "name": "team",
        "Providers": [{"name": "evil\u202egnp", "models": ["gpt\u200b-5"]}],
        "schema": [{"id": "a", "label": "Key \u2066of\u2069"}],
        "template": {"x\u2067": 1},
    }

    with pytest.raises(ConfigError) as caught:
        read_manifest(raw, "bad.zip")

    told = [(issue.where, issue.problem) for issue in caught.value.issues]
    assert told == [
        ("Providers[0].name", "has the invisible sign U+202E in it."),
        ("Providers[0].models[0]", "has the invisible sign U+200B in it."),
        ("schema[0].label", "has the invisible sign U+2066 in it."),
        ("template", "has the invisible sign U+2067 in it."),
    ]


def test_a_limit_that_is_no_number_here_is_none() -> None:
    question = {"id": "x", "type": "number", "min": -(10**400), "max": 3}

    (entry,) = read_manifest({"name": "n", "schema": [question]}, "x").inputs

    assert (entry.minimum, entry.maximum) == (None, 3)
