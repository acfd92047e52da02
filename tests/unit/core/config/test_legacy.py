"""Keys of claude-code-router from before `Providers`, and of its presets."""

from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.config.legacy import with_legacy_provider_written
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import Config, Route
from ccr_desktop.errors import ConfigError

JsonObject = dict[str, Any]
OLD = {
    "OPENAI_API_KEY": "$K",
    "OPENAI_BASE_URL": "https://api.deepseek.com",
    "OPENAI_MODEL": "chat",
}


def read(raw: JsonObject) -> Config:
    return read_config(raw, None, {"K": "sk-1"})


def test_the_three_old_keys_are_a_provider() -> None:
    config = read({"LOG": True, "NON_INTERACTIVE_MODE": True, **OLD})

    provider = config.providers["openai"]
    assert (provider.url, provider.api_key) == ("https://api.deepseek.com", "sk-1")
    assert provider.models == ("chat",)
    assert config.router.routes == {"default": (Route("openai", "chat"),)}
    assert config.issues == ()


def test_without_an_address_it_is_openai() -> None:
    config = read({"OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"})

    assert config.providers["openai"].url == "https://api.openai.com/v1/chat/completions"


def test_a_router_beside_them_counts() -> None:
    config = read({**OLD, "Router": {"default": "openai,chat", "think": "openai,reasoner"}})

    assert config.router.routes["think"] == (Route("openai", "reasoner"),)


def test_empty_ones_are_none() -> None:
    assert list(read(dict.fromkeys(OLD, "")).providers) == ["demo"]


@pytest.mark.parametrize(
    "raw",
    [
        OLD,
        {"LOG": True, **OLD, "PORT": 4000, "Providers": []},
        {**OLD, "Router": {"default": "openai,chat", "think": "openai,reasoner"}},
        {"OPENAI_API_KEY": "$K", "OPENAI_MODEL": "m"},
    ],
    ids=str,
)
def test_written_as_a_provider_they_mean_the_same(raw: JsonObject) -> None:
    written = with_legacy_provider_written(raw)

    assert not set(OLD) & set(written)
    assert replace(read(written), raw={}) == replace(read(raw), raw={})


@pytest.mark.parametrize("raw", [{}, {"OPENAI_MODEL": ""}, {**OLD, "Providers": [{"name": "p"}]}])
def test_what_is_no_provider_is_not_written(raw: JsonObject) -> None:
    assert with_legacy_provider_written(raw) is raw


@pytest.mark.parametrize("key", ["Providers", "providers"])
def test_beside_providers_they_have_no_effect_and_that_is_said(key: str) -> None:
    provider = {"name": "p", "api_base_url": "https://h.test", "api_key": "k", "models": ["m"]}
    config = read({**OLD, key: [provider], "Router": {"default": "p,m"}})

    assert list(config.providers) == ["p"]
    assert [issue.where for issue in config.issues] == list(OLD)


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ({"OPENAI_API_KEY": "k"}, "OPENAI_MODEL"),
        ({"OPENAI_API_KEY": "k", "OPENAI_MODEL": 5}, "OPENAI_MODEL"),
        ({**OLD, "OPENAI_BASE_URL": "nowhere"}, "OPENAI_BASE_URL"),
    ],
)
def test_what_is_wrong_with_them_has_their_place(raw: JsonObject, where: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(raw)

    assert where in {issue.where for issue in caught.value.issues}
    assert not any("Providers" in issue.where for issue in caught.value.issues)


def test_members_of_a_preset_are_no_unknown_settings() -> None:
    raw = {"name": "mine", "version": "1", "noServer": True, "claudeCodeSettings": {"env": {}}}

    assert read({**raw, **OLD}).issues == ()
