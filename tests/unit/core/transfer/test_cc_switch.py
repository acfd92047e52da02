"""What becomes of the providers of CC Switch: from its database, its export, its older file."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.transfer.cc_switch import Record, from_records, from_settings
from ccr_desktop.core.transfer.found import Found, Origin, UnreadableError
from ccr_desktop.core.transfer.offer import offer
from ccr_desktop.core.transfer.sources import read_file
from tests.support.foreign.made import cc_switch_database, text


def exported(tmp_path: Path, more: str = "") -> Found:
    path = tmp_path / "export.sql"
    path.write_text(text("cc_switch.sql") + more, encoding="utf-8")
    return read_file(path)


def test_each_app_speaks_as_its_program_does(tmp_path: Path) -> None:
    providers = exported(tmp_path).raw["Providers"]

    assert [(each["name"], each["api_base_url"], each.get("dialect")) for each in providers] == [
        ("Zhipu GLM", "https://open.bigmodel.cn/api/anthropic/v1/messages", None),
        ("OpenRouter chat", "https://openrouter.ai/api/v1/chat/completions", None),
        ("Codex relay", "https://relay.example.com/v1/responses", None),
        ("Google", "https://generativelanguage.googleapis.com/v1beta/models", None),
    ]
    assert providers[0]["models"] == ["glm-5", "glm-5-air"]
    assert providers[2]["api_key"] == "sk-cx-planted-0123456789"


@pytest.mark.parametrize(
    ("variable", "host", "is_bearer"),
    [
        ("ANTHROPIC_AUTH_TOKEN", "relay.example.com", True),
        ("ANTHROPIC_API_KEY", "relay.example.com", False),
        ("ANTHROPIC_AUTH_TOKEN", "api.deepseek.com", False),
    ],
    ids=["token", "key", "known"],
)
def test_a_relay_gets_the_key_as_claude_code_sends_it(
    variable: str, host: str, is_bearer: bool
) -> None:
    env = {"ANTHROPIC_BASE_URL": f"https://{host}/anthropic", variable: "sk-planted-0123456789"}
    record = Record(app="claude", name="One", settings={"env": env})

    (entry,) = from_records([record], Origin.FILE).raw["Providers"]

    bearer = {"use": [["Anthropic", {"UseBearer": True}]]}
    assert entry.get("transformer") == (bearer if is_bearer else None)


def test_an_account_that_its_proxy_signs_in_with_is_told_not_taken() -> None:
    env = {"ANTHROPIC_BASE_URL": "https://api.githubcopilot.com", "ANTHROPIC_MODEL": "m"}
    meta = {"providerType": "github_copilot", "apiFormat": "openai_chat"}
    record = Record(app="claude", name="Copilot", settings={"env": env}, meta=meta)

    found = from_records([record], Origin.FILE)

    assert "Providers" not in found.raw
    (told,) = found.needs_hand
    assert told.startswith("Copilot (claude): It is a sign-in that CC Switch keeps. Add")


@pytest.mark.parametrize(
    ("app", "settings", "told"),
    [
        ("opencode", {"npm": "@ai-sdk/google"}, "address of its own: OpenCode knows that of @ai-"),
        ("opencode", {}, "address of its own. Add the provider here with its address and a key."),
        ("openclaw", {"api": "x"}, "address of its own. Add"),
        ("codex", {"auth": {"OPENAI_API_KEY": "sk-planted"}}, "address of its own. Add"),
        ("gemini", {}, "It is a sign-in"),
    ],
)
def test_what_has_no_address_is_not_always_a_sign_in(
    app: str, settings: dict[str, Any], told: str
) -> None:
    record = Record(app=app, name="One", settings=settings)

    (line,) = from_records([record], Origin.FILE).needs_hand

    assert told in line
    assert ("sign-in" in line) == ("sign-in" in told)


@pytest.mark.parametrize("origin", [Origin.HERE, Origin.FILE])
def test_an_address_with_a_place_to_fill_in_is_not_ticked(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ENDPOINT_ID", raising=False)
    env = {
        "ANTHROPIC_BASE_URL": "https://a.example.com/endpoints/${ENDPOINT_ID}/anthropic",
        "ANTHROPIC_AUTH_TOKEN": "sk-planted-0123456789",
        "ANTHROPIC_MODEL": "m",
    }
    record = Record(app="claude", name="One", settings={"env": env}, is_current=True)
    found = from_records([record], origin)

    made = offer(found, {})

    (provider,) = (item for item in made.items if item.key == "provider:One")
    (warning,) = provider.warnings
    assert warning.startswith("Its address is not complete: ${ENDPOINT_ID} has to be filled in.")
    assert made.ticked == frozenset()

    monkeypatch.setenv("ENDPOINT_ID", "ep-1")
    assert ("provider:One" in offer(found, {}).ticked) == (origin is Origin.HERE)


def test_only_a_sign_in_of_claude_code_goes_past_the_router(tmp_path: Path) -> None:
    past = [line for line in exported(tmp_path).needs_hand if "past the router" in line]

    assert [line.partition(" (")[0] for line in past] == ["Claude Official"]


def test_the_current_one_and_its_queue_become_routes(tmp_path: Path) -> None:
    assert exported(tmp_path).raw["Router"] == {
        "default": ["Zhipu GLM,glm-5", "OpenRouter chat,z-ai/glm-5"],
        "background": "Zhipu GLM,glm-5-air",
    }


def test_an_older_database_has_no_order(tmp_path: Path) -> None:
    path = tmp_path / "cc-switch.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE providers (name, app_type, settings_config)")
    settings = '{"env": {"ANTHROPIC_BASE_URL": "https://a.example.com"}}'
    connection.execute("INSERT INTO providers VALUES ('One', 'claude', ?)", (settings,))
    connection.commit()
    connection.close()

    assert [each["name"] for each in read_file(path).raw["Providers"]] == ["One"]


@pytest.mark.parametrize("settings", [None, "", "{", "[]", "[" * 100_000])
def test_settings_that_nobody_can_read_are_no_sign_in(tmp_path: Path, settings: str | None) -> None:
    path = tmp_path / "cc-switch.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE providers (name, app_type, settings_config)")
    connection.execute("INSERT INTO providers VALUES ('One', 'claude', ?)", (settings,))
    connection.commit()
    connection.close()

    (told,) = read_file(path).needs_hand

    assert told.startswith("One (claude): Its settings can't be read")


def test_models_for_opus_and_sonnet_are_routes_by_these_names() -> None:
    env = {
        "ANTHROPIC_BASE_URL": "https://relay.example.com",
        "ANTHROPIC_MODEL": "m",
        "ANTHROPIC_DEFAULT_SONNET_MODEL": "m",
        "ANTHROPIC_DEFAULT_OPUS_MODEL": "large[1m]",
    }
    provider = {"name": "Relay", "settingsConfig": {"env": env}}

    found = from_settings({"claude": {"providers": {"a": provider}, "current": "a"}}, Origin.FILE)

    assert found.raw["Router"] == {"default": "Relay,m", "models": {"opus": "Relay,large"}}


@pytest.mark.parametrize(
    "words",
    [
        "Claude Official (claude): It is a sign-in",
        "Hermes one (hermes): It is for hermes",
        "MCP servers (1): they are Claude Code's",
    ],
)
def test_what_can_not_go_on_is_named(tmp_path: Path, words: str) -> None:
    assert any(line.startswith(words) for line in exported(tmp_path).needs_hand)


def test_its_database_is_the_same_as_its_export(tmp_path: Path) -> None:
    path = cc_switch_database(tmp_path / "cc-switch.db")

    found = read_file(path)

    assert found.raw == exported(tmp_path).raw
    assert not [
        issue for issue in read_config(found.raw, None, {}).issues if issue.severity == "error"
    ]


def test_its_older_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(text("cc_switch.json"), encoding="utf-8")

    raw = read_file(path).raw

    assert raw["Providers"][0]["api_base_url"] == "https://api.moonshot.cn/anthropic/v1/messages"
    assert raw["Router"]["default"] == "Kimi,kimi-k2.7"
    assert raw["Router"]["background"] == "Kimi,kimi-k2.7-fast"


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE '{place}' AS other; CREATE TABLE other.t (a);",
        "VACUUM INTO '{place}';",
        "PRAGMA temp_store_directory = '/';",
        "CREATE VIRTUAL TABLE v USING fts5(a);",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n WHERE i = 0;",
    ],
    ids=["attach", "vacuum", "pragma", "virtual", "endless"],
)
def test_an_export_may_touch_nothing_and_has_an_end(tmp_path: Path, statement: str) -> None:
    place = tmp_path / "planted.db"

    with pytest.raises(UnreadableError, match="can't be read as a database"):
        exported(tmp_path, statement.format(place=place))

    assert not place.exists()


def test_what_is_said_of_a_cut_export_has_nothing_of_it(tmp_path: Path) -> None:
    dump = text("cc_switch.sql")
    end = dump.index("sk-cx-planted") + len("sk-cx-planted-0123456789")
    path = tmp_path / "cut.sql"
    path.write_text(dump[:end], encoding="utf-8")

    with pytest.raises(UnreadableError, match="was cut off") as caught:
        read_file(path)

    assert "planted" not in str(caught.value)


def test_another_database_is_refused_with_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()

    with pytest.raises(UnreadableError, match="another kind"):
        read_file(path)
