"""`ccr config get`, `set` and `unset`: every declared setting, checked, and never a secret."""

import json
from typing import Any

import pytest

from ccr_desktop.core.config.setting import Kind, Setting
from ccr_desktop.core.config.settings import SETTINGS
from tests.unit.cli.conftest import Home, Run

KEY = "sk-or-planted-0123456789"
CONFIG: dict[str, Any] = {
    "Providers": [
        {
            "name": "deep.seek",
            "api_base_url": "https://api.example.com/v1/chat/completions",
            "api_key": "$DEEPSEEK_KEY",
            "models": ["m", "m-2.5"],
            "context_windows": {"m-2.5": 1000},
            "timeout": {"idle_s": 20},
        },
    ],
    "Router": {
        "default": "deep.seek,m",
        "rules": [{"name": "cheap", "when": {"stream": True}, "never": ["deep.seek"]}],
    },
    "unknown": {"kept": True},
}
RULES = {"Router.rules[].only", "Router.rules[].never", "Router.rules[].block"}


@pytest.fixture(autouse=True)
def configured(user: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPSEEK_KEY", "value-of-the-variable")
    user.write(CONFIG)


def path_of(setting: Setting) -> str:
    """The one that leads to it in the file of these tests."""
    first = setting.key.replace("Providers[]", "Providers[deep.seek]")
    return first.replace("rules[]", "rules[0]")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_can_be_read_and_has_a_path(setting: Setting, run: Run) -> None:
    said = run("config", "get", path_of(setting), "--json")

    assert said.code == 0
    assert said.json["key"] == path_of(setting)
    assert said.json["is_set"] or said.json["value"] == json.loads(json.dumps(setting.default))


SIMPLE = [
    s
    for s in SETTINGS
    if s.kind not in {Kind.LIST, Kind.OBJECT, Kind.ROUTE}
    and s.example
    and s.key not in RULES
    and s.key not in {"Providers[].name", "Desktop.favourites", "HOST", "routeSet"}
]


@pytest.mark.parametrize("setting", SIMPLE, ids=lambda setting: setting.key)
def test_its_example_can_be_set_and_taken_back(setting: Setting, user: Home, run: Run) -> None:
    before = user.raw
    value = json.loads(setting.example)
    typed = value if isinstance(value, str) else json.dumps(value)

    said = run("config", "set", path_of(setting), typed)

    assert said.code == 0, said.err
    assert run("config", "get", path_of(setting), "--json").json["value"] == value
    assert user.raw["unknown"] == {"kept": True}
    if not setting.key.startswith(("Providers", "Router.rules")):
        run("config", "unset", path_of(setting))
        assert user.raw == before


def test_a_text_is_printed_as_it_is_and_a_default_counts(run: Run) -> None:
    assert run("config", "get", "LOG_LEVEL").out == "info\n"
    assert run("config", "get", "PORT").out == "3456\n"
    assert run("config", "get", "providers[0].timeout.idle_s").out == "20\n"
    assert run("config", "get", "Providers[deep.seek].context_windows[m-2.5]").out == "1000\n"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("PORT", "70000", "from 1 to 65535"),
        ("PORT", "many", "a whole number"),
        ("PORT", "", "an empty value means nothing: Allowed is a whole number"),
        ("HOST", " ", "To remove it, use unset."),
        ("LOG", "", "true or false"),
        ("LOG_LEVEL", "", "an empty value means nothing"),
        ("Router.think", "", "a route"),
        ("Providers[deep.seek].timeout.idle_s", "", "a number above 0"),
        ("Desktop.theme", "", "an empty value means nothing"),
        ("LOG_LEVEL", "loud", "fatal, error"),
        ("Desktop.theme", "pink", "system, light, dark"),
        ("Desktop.notifications", "yes", "an object"),
        ("Router.default", "nobody,m", "nobody"),
        ("Portt", "1", "Did you mean 'PORT'"),
        ("Desktop.tehme", "dark", "Did you mean 'theme'"),
        ("Providers[nobody].paused", "true", "There is no Providers[nobody].paused"),
        ("Router.rules[other].block", "no", "There is no Router.rules[other].block"),
        ("Providers[deep.seek]", "{}", "is set in parts"),
        ("a..b", "1", "is no place"),
    ],
)
def test_what_can_not_be_is_refused_with_what_can(
    key: str, value: str, told: str, user: Home, run: Run
) -> None:
    before = user.raw

    said = run("config", "set", key, value)

    assert said.code == 2
    assert told in said.err
    assert user.raw == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("APIKEY", KEY),
        ("Providers[deep.seek].api_key", KEY),
        ("Providers[deep.seek].api_keys", f'["{KEY}"]'),
        ("Providers[deep.seek].headers.Authorization", f"Bearer {KEY}"),
        ("PROXY_URL", "http://me:planted-password@proxy:8080"),
        ("OPENAI_API_KEY", "anything"),
    ],
)
def test_a_secret_is_not_taken_from_the_command_line(
    key: str, value: str, user: Home, run: Run
) -> None:
    said = run("config", "set", key, value)

    assert said.code == 2
    assert "ccr keys set" in said.err
    assert "planted" not in said.err + json.dumps(user.raw)


def test_a_reference_to_a_secret_is_taken(user: Home, run: Run) -> None:
    user.keys["ccr-desktop/provider:mine"] = KEY
    assert run("config", "set", "Providers[0].api_key", "keyring:mine").code == 0

    assert user.raw["Providers"][0]["api_key"] == "keyring:mine"


def test_a_secret_in_the_file_is_not_printed(user: Home, run: Run) -> None:
    entry = {**CONFIG["Providers"][0], "api_key": KEY, "api_keys": [KEY]}
    user.write({**CONFIG, "Providers": [entry], "APIKEY": "planted"})

    for key in ("APIKEY", "Providers[0].api_key", "Providers[0].api_keys", "Providers"):
        assert "planted" not in run("config", "get", key).out


def test_the_spelling_that_the_file_has_is_kept(user: Home, run: Run) -> None:
    user.write({**CONFIG, "HTTPS_PROXY": "http://old:1"})

    run("config", "set", "PROXY_URL", "http://new:2")

    assert user.raw["HTTPS_PROXY"] == "http://new:2"
    assert "PROXY_URL" not in user.raw


def test_what_is_odd_about_a_change_is_told(run: Run) -> None:
    said = run("config", "set", "CA_FILE", "/not/there.pem")

    assert "/not/there.pem" in said.err


def test_the_history_says_which_setting_it_was_and_not_its_value(run: Run) -> None:
    assert run("config", "set", "Desktop.theme", "dark").code == 0
    assert run("config", "unset", "Desktop.theme").code == 0

    states = run("config", "history", "--json").json

    words = [state["origin"]["words"] for state in states[:2]]
    assert words == ["ccr config unset Desktop.theme", "ccr config set Desktop.theme"]


def test_what_changes_is_shown_with_numbers_as_the_file_writes_them(user: Home, run: Run) -> None:
    prices = '{"m": {"input": 1.10, "output": 2, "cache_read": 0.50}}'
    provider = '"name": "a", "api_base_url": "https://a.example.com/v1", "models": ["m"]'
    user.own.parent.mkdir(parents=True, exist_ok=True)
    user.own.write_text(f'{{"Providers": [{{{provider}, "prices": {prices}}}]}}', "utf-8")

    said = run("config", "set", "Providers[a].prices.m.output", "3")

    assert '"input": 1.10' in said.err
    assert '+          "output": 3' in said.err
    assert '"cache_read": 0.50' in said.err
    assert "1.10" in user.own.read_text("utf-8")
