"""What claude-code-router does otherwise, and badly: its defects are not here."""

import os

import pytest

from ccr_desktop.core.config.schema import Route
from tests.unit.core.config.test_mistakes import BASE, PROVIDER, read, with_provider


def test_the_proxy_has_several_names_in_an_order() -> None:
    names = {"HTTPS_PROXY": "http://a", "https_proxy": "http://b", "httpsProxy": "http://c"}

    assert read({**BASE, **names, "PROXY_URL": "http://d"}).proxy_url == "http://a"
    assert read({**BASE, "httpsProxy": "http://c", "PROXY_URL": "http://d"}).proxy_url == "http://c"
    assert read({**BASE, "HTTPS_PROXY": "", "PROXY_URL": "http://d"}).proxy_url == "http://d"


def test_variables_are_replaced_also_where_it_only_looked_so() -> None:
    raw = {
        **BASE,
        "PROXY_URL": "http://$PROXY_HOST:1",
        "transformers": [{"path": "$DIR/mine.py", "options": {"deep": ["${TEXT}"]}}],
        "PORT": "$P",
    }

    config = read(raw, PROXY_HOST="proxy", DIR="/x", TEXT="text", P="4000")

    assert (config.proxy_url, config.port) == ("http://proxy:1", 4000)
    assert config.plugins[0].path == "/x/mine.py"
    assert config.plugins[0].options == {"deep": ["text"]}


def test_settings_do_not_become_variables_of_the_process() -> None:
    before = dict(os.environ)
    read({**BASE, "APIKEY": "k", "StatusLine": {"enabled": True}})

    assert dict(os.environ) == before


@pytest.mark.parametrize("router", [None, {}])
def test_without_routes_the_first_model_answers(router: object) -> None:
    config = read({"Providers": [PROVIDER], "Router": router})

    assert config.router.routes["default"] == (Route("p", "m"),)
    assert [issue.where for issue in config.issues] == ["Router.default"]


def test_no_providers_is_no_reason_to_be_open_to_all() -> None:
    assert read({"HOST": "0.0.0.0", "Providers": []}).host == "127.0.0.1"


@pytest.mark.parametrize("level", ["DEBUG", "Debug", "debug"])
def test_log_levels_are_read_in_any_case(level: str) -> None:
    assert read({**BASE, "LOG_LEVEL": level}).log_level == "debug"


@pytest.mark.parametrize("value", [600000, "600000", 6e5])
def test_the_time_out_may_be_a_text(value: object) -> None:
    assert read({**BASE, "API_TIMEOUT_MS": value}).api_timeout_ms == 600_000


def test_claude_may_be_named_by_the_environment() -> None:
    assert read(BASE, CLAUDE_PATH="claude-next").claude_path == "claude-next"
    assert read({**BASE, "CLAUDE_PATH": "mine"}, CLAUDE_PATH="claude-next").claude_path == "mine"


@pytest.mark.parametrize(
    ("key", "value", "member"),
    [
        ("StatusLine", {"enabled": True}, "status_line"),
        ("Budgets", {"day": 5}, "budgets"),
        ("Retention", {"days": 30}, "retention"),
        ("forceUseImageAgent", True, "force_image_agent"),
        ("ANTHROPIC_SMALL_FAST_MODEL", "haiku", "small_fast_model"),
    ],
)
def test_other_settings_are_kept(key: str, value: object, member: str) -> None:
    config = read({**BASE, key: value})

    assert getattr(config, member) == value
    assert config.issues == ()


def test_a_provider_has_all_that_its_entry_says() -> None:
    entry = {
        "api_keys": ["sk-1", "sk-2"],
        "headers": {"X-Team": "blue"},
        "proxy_url": "none",
        "timeout": {"connect_s": "5", "total_s": 60},
        "context_windows": {"m": 1000},
        "prices": {"m": {"input": 1}},
        "tokenizer": {"default": {"type": "tiktoken", "encoding": "cl100k_base"}},
    }

    config = read(with_provider(**entry, api_key=""))

    provider = config.providers["p"]
    assert config.issues == ()
    assert [item.key for item in provider.keys] == ["sk-1", "sk-2"]
    assert provider.api_key == "sk-1"
    assert (provider.headers, provider.proxy_url) == ({"X-Team": "blue"}, "none")
    assert (provider.timeouts.connect_s, provider.timeouts.total_s) == (5.0, 60.0)
    assert (provider.context_windows, provider.prices["m"].input) == ({"m": 1000}, 1.0)
    assert provider.encodings == {"": "cl100k_base"}
