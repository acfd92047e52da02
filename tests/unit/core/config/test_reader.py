"""From the text of a configuration to what runs, with every problem named."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.reader import load_config, read_config, safe_host
from ccr_desktop.core.config.schema import Config, Route
from ccr_desktop.errors import ConfigError

JsonObject = dict[str, Any]

PROVIDER = {
    "name": "p",
    "api_base_url": "https://host.test/v1/chat/completions",
    "api_key": "sk-secret",
    "models": ["m", "n"],
}
BASE: JsonObject = {"Providers": [PROVIDER], "Router": {"default": "p,m"}}


def read(raw: JsonObject, **environment: str) -> Config:
    return read_config(raw, None, environment)


def refused(raw: JsonObject, **environment: str) -> dict[str, str]:
    """The problems of a configuration that can't be used, by place."""
    with pytest.raises(ConfigError) as caught:
        read(raw, **environment)
    return {issue.where: str(issue) for issue in caught.value.issues}


def warnings(config: Config) -> dict[str, str]:
    return {issue.where: str(issue) for issue in config.issues}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.json"


# -- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps(BASE), id="JSON"),
        pytest.param("\ufeff" + json.dumps(BASE), id="JSON with a byte order mark"),
        pytest.param(
            "// mine\n{Providers: [{name: 'p', /* here */ api_base_url:"
            " 'https://host.test/v1/chat/completions', api_key: 'sk-secret',"
            " models: ['m', 'n',],},], Router: {default: 'p,m',},}",
            id="JSON5",
        ),
        pytest.param("\ufeff// mine\n" + json.dumps(BASE), id="JSON5 with a byte order mark"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_is_read_in_every_spelling(text: str, encoding: str, path: Path) -> None:
    path.write_text(text, encoding=encoding)

    config = load_config(path, {})

    assert config.router.route("default") == Route("p", "m")
    assert config.providers["p"].models == ("m", "n")
    assert config.source == path
    assert config.issues == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"{", "not valid JSON5", id="cut off"),
        pytest.param(b"", "not valid JSON5", id="empty"),
        pytest.param(b'{\n"a": "\xe4"}', r"not text in UTF-8 \(line 2\)", id="Latin-1"),
        pytest.param(b"[1]", "must hold an object", id="a list"),
        pytest.param(b"null", "must hold an object", id="null"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_problem(
    data: bytes, problem: str, path: Path
) -> None:
    path.write_bytes(data)

    with pytest.raises(ConfigError, match=problem) as caught:
        load_config(path, {})
    assert str(path) in str(caught.value)


def test_a_missing_file_is_an_error_when_it_was_asked_for(path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no such file"):
        load_config(path, {})


def test_no_file_means_the_demo_provider() -> None:
    config = load_config(None, {})

    assert list(config.providers) == ["demo"]
    assert config.router.route("default") == Route("demo", "demo-model")
    assert (config.host, config.port) == ("127.0.0.1", 3456)


def test_the_file_that_ccr_writes_at_first_means_the_demo_provider_too() -> None:
    config = read({"PORT": 3456, "Providers": [], "Router": {}})

    assert list(config.providers) == ["demo"]
    assert config.is_demo


def test_a_provider_of_the_file_is_no_demo_even_if_it_is_called_so() -> None:
    own = {"name": "demo", "api_base_url": "http://localhost:1/v1", "models": ["m"]}

    assert not read({"Providers": [own]}).is_demo


def test_unknown_keys_and_references_are_kept_as_they_were_written() -> None:
    raw = {**BASE, "APIKEY": "$KEY", "StatusLine": {"enabled": True}, "mine": [1]}

    config = read(raw, KEY="v")

    assert config.raw == raw
    assert config.api_key == "v"


# -- settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "found", "attribute", "expected"),
    [
        ("PORT", 8080, "port", 8080),
        ("PORT", "8080", "port", 8080),
        ("PORT", 8080.0, "port", 8080),
        ("PORT", None, "port", 3456),
        ("PORT", "", "port", 3456),
        ("LOG", False, "writes_log", False),
        ("LOG", "false", "writes_log", False),
        ("LOG", "Yes", "writes_log", True),
        ("LOG_LEVEL", "trace", "log_level", "trace"),
        ("API_TIMEOUT_MS", "1000", "api_timeout_ms", 1000),
        ("PROXY_URL", "http://proxy:1", "proxy_url", "http://proxy:1"),
        ("PROXY_URL", "System", "proxy_url", "system"),
        ("PROXY_URL", "none", "proxy_url", ""),
        ("CLAUDE_PATH", "/bin/claude", "claude_path", "/bin/claude"),
        ("NON_INTERACTIVE_MODE", True, "non_interactive", True),
    ],
)
def test_a_setting_is_read_also_when_it_is_a_text(
    key: str, found: object, attribute: str, expected: object
) -> None:
    assert getattr(read({**BASE, key: found}), attribute) == expected


@pytest.mark.parametrize(
    ("key", "found", "said"),
    [
        pytest.param(
            "PORT", 0, "PORT: found 0. Allowed is a whole number from 1 to 65535.", id="port 0"
        ),
        pytest.param("PORT", 65536, "PORT: found 65536.", id="a port too high"),
        pytest.param("PORT", "http", "PORT: found 'http'. Allowed is a whole number.", id="a word"),
        pytest.param("PORT", "²", "PORT: found '²'.", id="a digit that is no number"),
        pytest.param("PORT", "--5", "PORT: found '--5'.", id="two signs"),
        pytest.param("PORT", True, "PORT: found true.", id="a boolean"),
        pytest.param("PORT", 1.5, "PORT: found 1.5.", id="half a port"),
        pytest.param("LOG", "maybe", "LOG: found 'maybe'. Allowed is true or false.", id="log"),
        pytest.param("LOG_LEVEL", "loud", "LOG_LEVEL: found 'loud'. Allowed: fatal", id="level"),
        pytest.param("HOST", ["a"], "HOST: found a list. Allowed is a text.", id="host"),
        pytest.param("Providers", {"name": "p"}, "Providers: found an object.", id="providers"),
        pytest.param("Router", "p,m", "Router: found 'p,m'. An object is allowed.", id="router"),
    ],
)
def test_a_wrong_value_says_place_value_and_what_is_allowed(
    key: str, found: object, said: str
) -> None:
    problems = refused({**BASE, key: found})

    assert problems[key].startswith(said)


def test_all_problems_are_told_at_once_with_their_places() -> None:
    raw = {
        "PORT": "x",
        "Providers": [
            {"name": "a", "api_key": "k"},
            PROVIDER,
            {"name": "", "api_base_url": "nowhere", "models": "m"},
        ],
        "Router": {"default": "q,m", "think": ["p,m", 5], "longContextThreshold": "much"},
    }

    problems = refused(raw, SERVICE_PORT="99999")

    assert set(problems) == {
        "PORT",
        "Providers[0].api_base_url",
        "Providers[2].name",
        "Router.default",
        "Router.think[1]",
        "Router.longContextThreshold",
        "SERVICE_PORT",
    }
    assert "found 'q,m'" in problems["Router.default"]
    assert "with a provider of the list: p." in problems["Router.default"]


@pytest.mark.parametrize("found", [["sk-secret"], 12345678, {"key": "sk-secret"}])
def test_a_wrong_key_is_not_repeated(found: object) -> None:
    problems = refused({**BASE, "APIKEY": found})

    assert problems["APIKEY"] == "APIKEY: found no text. Allowed is a text."


def test_a_provider_in_the_place_of_the_list_does_not_show_its_key() -> None:
    (problem,) = [p for p in refused({"Providers": PROVIDER}).values() if "Providers" in p]

    assert "sk-secret" not in problem


# -- host and port -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "key", "expected"),
    [
        ("0.0.0.0", "", "127.0.0.1"),
        ("0.0.0.0", "secret", "0.0.0.0"),
        ("192.168.1.2", "", "127.0.0.1"),
        ("localhost", "", "localhost"),
        ("::1", "", "::1"),
        ("127.0.0.1", "secret", "127.0.0.1"),
    ],
)
def test_an_open_address_needs_a_key(host: str, key: str, expected: str) -> None:
    config = read({**BASE, "HOST": host, "APIKEY": key})

    assert config.host == expected
    assert ("HOST" in warnings(config)) is (host != expected)


def test_a_closed_address_has_no_warning_left_from_before() -> None:
    assert safe_host(Config(host="localhost")) == Config(host="localhost")


@pytest.mark.parametrize(
    ("value", "expected"), [("9000", 9000), ("", 4000), (" 9000 ", 9000)], ids=str
)
def test_the_variable_service_port_wins(value: str, expected: int) -> None:
    assert read({**BASE, "PORT": 4000}, SERVICE_PORT=value).port == expected


@pytest.mark.parametrize("value", ["0", "70000", "x", "²", "-1"])
def test_a_wrong_service_port_is_an_error(value: str) -> None:
    assert refused(BASE, SERVICE_PORT=value)["SERVICE_PORT"].startswith(
        f"SERVICE_PORT: found '{value}'."
    )


# -- secrets -----------------------------------------------------------------------------------


def test_no_secret_is_in_what_a_configuration_shows_of_itself() -> None:
    provider = {
        **PROVIDER,
        "headers": {"X-Auth": "sk-header"},
        "proxy_url": "http://user:sk-proxy@host",
    }
    raw = {**BASE, "Providers": [provider], "APIKEY": "sk-own", "PROXY_URL": "http://u:sk-all@h"}

    config = read(raw)

    assert config.providers["p"].api_key == "sk-secret"
    assert "sk-" not in repr(config)
    assert "sk-" not in str(config.issues)
