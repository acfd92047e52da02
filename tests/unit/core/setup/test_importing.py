"""Taking over a configuration of claude-code-router."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.setup.importing import Import, read_import

KEY = "sk-literal-0123456789"


def imported(tmp_path: Path, raw: Any, **options: bool) -> Import:
    source = tmp_path / "config.json"
    source.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
    return read_import(source, tmp_path / "presets", **options)


def test_what_is_known_is_carried_over_as_it_is(tmp_path: Path) -> None:
    raw = {
        "PORT": 4000,
        "own": {"kept": True},
        "Providers": [{"name": "a", "api_key": "$A", "models": ["m"]}],
        "Router": {"default": "a,m", "think": "a,m"},
        "fallback": {"default": ["a,m"]},
        "StatusLine": {"enabled": True},
    }

    result = imported(tmp_path, raw)

    assert result.raw == raw
    assert result.carried == [
        "provider a with 1 model",
        "route default: a,m",
        "route think: a,m",
        "fallback routes",
        "settings PORT",
        "the status line (Claude Code must call `ccr statusline`)",
    ]
    assert result.needs_hand == []


def test_what_has_no_place_here_is_named(tmp_path: Path) -> None:
    raw = {
        "plugins": [{"name": "token-speed", "enabled": True}, {"name": "x", "enabled": True}],
    }

    result = imported(tmp_path, raw)

    assert result.needs_hand == [
        "server plugin x: there is none of this name here, so that it has no effect."
    ]
    assert "server plugin token-speed, which is built in" in result.carried


def test_javascript_goes_on_as_it_is_where_there_is_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = {
        "CUSTOM_ROUTER_PATH": "~/router.js",
        "transformers": [{"path": "a.js"}, {"path": "b.py"}, {"path": "c.mjs"}],
    }
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    result = imported(tmp_path, raw)
    monkeypatch.setattr("shutil.which", lambda _: None)
    without = imported(tmp_path, raw)

    assert result.raw == without.raw == raw
    assert result.needs_hand == []
    told = "\n".join(without.needs_hand)
    for word in ("~/router.js", "a.js", "c.mjs", "Node.js was not found"):
        assert word in told
    assert "b.py" not in told


def test_keys_go_to_the_keyring_only_when_asked(tmp_path: Path) -> None:
    raw = {"Providers": [{"name": "a", "api_key": KEY}, {"name": "b", "api_key": "$B"}]}

    stays, goes = imported(tmp_path, raw), imported(tmp_path, raw, keys_to_keyring=True)

    assert stays.raw == raw
    assert "Providers[0].api_key" in stays.needs_hand[0]
    assert goes.raw["Providers"][0]["api_key"] == "keyring:a"
    assert goes.raw["Providers"][1]["api_key"] == "$B"
    assert goes.to_keyring == {"a": KEY}
    assert KEY not in repr(goes)


def test_old_settings_and_presets_are_mentioned(tmp_path: Path) -> None:
    (tmp_path / "presets" / "mine").mkdir(parents=True)
    (tmp_path / "presets" / "mine" / "manifest.json").write_text("{}")

    result = imported(tmp_path, {"OPENAI_API_KEY": "$K", "OPENAI_MODEL": "m"})

    assert "provider named openai" in result.carried[0]
    assert "ccr preset apply mine" in result.needs_hand[0]


def test_old_settings_beside_providers_are_not_carried_over(tmp_path: Path) -> None:
    provider = {"name": "a", "api_base_url": "https://a.test", "models": ["m"]}

    result = imported(tmp_path, {"OPENAI_API_KEY": "$K", "Providers": [provider]})

    assert result.carried == ["provider a with 1 model"]


@pytest.mark.parametrize("raw", [{}, {"Providers": 5, "transformers": 5, "plugins": 5}], ids=str)
def test_odd_files_are_read(tmp_path: Path, raw: Any) -> None:
    assert imported(tmp_path, raw).raw == raw


def test_comments_are_read(tmp_path: Path) -> None:
    assert imported(tmp_path, "{PORT: 4000, // mine\n}").raw == {"PORT": 4000}
