"""The well-known providers: each gives a configuration that works."""

from urllib.parse import urlsplit

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.providers.catalog import PLACES, PROFILES, find_profile
from ccr_desktop.core.setup.addresses import complete_url
from ccr_desktop.core.setup.edits import with_provider
from ccr_desktop.core.setup.provider_tables import particulars
from ccr_desktop.core.setup.templates import Template, find_template, offered, templates
from ccr_desktop.core.targets import find_target

ALL = list(templates().values())
every_template = pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)
FOR_A_TRANSFORMER = {"gemini", "vertex-gemini", "vertex-claude", "bedrock-claude"}
"""Their transformers make the address."""
WITHOUT_TOOLS = {"perplexity"}
UNKNOWN = {"openai-compatible", "local"}


@every_template
def test_it_gives_a_configuration_without_a_complaint(template: Template) -> None:
    entry = {"models": ["m"], **template.entry(template.id)}
    if template.needs_key:
        entry["api_key"] = f"${template.env}"
    raw = with_provider({"Providers": []}, entry)

    config = read_config(raw, None, {template.env: "k-0123456789abcdef"} if template.env else {})

    assert [issue.where for issue in config.issues] == (
        ["Router.default"] if template.id in WITHOUT_TOOLS else []
    )
    model = entry["models"][0]
    target = find_target(Route(template.id, model), config)
    if template.id not in FOR_A_TRANSFORMER:
        assert target.url == template.url
        assert (target.dialect == "anthropic") is template.url.endswith("/messages")
    assert (target.api_key == "k-0123456789abcdef") is template.needs_key


@every_template
def test_its_address_is_whole_and_recognised(template: Template) -> None:
    if template.id in FOR_A_TRANSFORMER:
        return
    assert complete_url(template.url) == template.url
    assert find_profile(template.url).name not in UNKNOWN


@every_template
def test_what_is_said_about_models_is_about_its_own(template: Template) -> None:
    assert set(template.context_windows) <= {*template.models, "*"}
    assert len(set(template.models)) == len(template.models)
    assert bool(template.env) is template.needs_key
    assert urlsplit(template.key_url).query == ""
    assert template.url.endswith("/messages") or not template.id.endswith("-anthropic")


def test_every_known_place_has_a_template() -> None:
    shown = {find_profile(template.url).name for template in ALL}

    assert {place.profile.name for place in PLACES} <= shown


def test_what_has_ended_is_known_and_not_offered() -> None:
    assert find_template("iflow")
    assert "iflow" not in offered()
    assert "openrouter" in offered()


def test_every_profile_can_be_described() -> None:
    words = {name: list(particulars(profile)) for name, profile in PROFILES.items()}

    assert "ids of calls have 9 letters and digits" in words["mistral"]
    assert words["together"] == []
