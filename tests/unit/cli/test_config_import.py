"""`ccr config import`: what carries over from claude-code-router, and what needs a hand."""

import os
from typing import Any

import pytest

from tests.unit.cli.conftest import Home, Run

KEY = "sk-or-planted-0123456789"


def old_config(user: Home) -> dict[str, Any]:
    return {
        "LOG": True,
        "CUSTOM_ROUTER_PATH": str(user.folder / "router.js"),
        "transformers": [{"path": str(user.folder / "mine.js"), "options": {}}],
        "Providers": [
            {
                "name": "big",
                "api_base_url": "https://api.example.com/v1/chat/completions",
                "api_key": KEY,
                "models": ["one"],
            },
            {
                "name": "env",
                "api_base_url": "https://other.example.com/v1/chat/completions",
                "api_key": "$OTHER_KEY",
                "models": ["two"],
            },
        ],
        "Router": {"default": "big,one", "background": "env,two"},
        "fallback": {"default": ["env,two"]},
        "plugins": [{"name": "other", "enabled": True}],
        "odd": {"kept": 1},
    }


def test_import_takes_over_and_reports(user: Home, run: Run) -> None:
    source = user.write(old_config(user), user.foreign)
    before = source.read_bytes()

    said = run("config", "import", "--json")

    assert said.code == 0
    report = said.json
    assert report["saved"] is True
    assert any("provider big" in line for line in report["carried"])
    assert any("route background: env,two" in line for line in report["carried"])
    carried = "\n".join(report["carried"])
    assert "router.js (JavaScript)" in carried
    assert "mine.js (JavaScript)" in carried
    hand = "\n".join(report["needs_hand"])
    assert "plugin other" in hand
    assert "--keys-to-keyring" in hand
    assert any("OTHER_KEY" in issue for issue in report["issues"])
    assert KEY not in said.out
    assert user.raw["odd"] == {"kept": 1}
    assert user.raw["Providers"][1]["api_key"] == "$OTHER_KEY"
    assert user.raw["CUSTOM_ROUTER_PATH"].endswith("router.js")
    assert source.read_bytes() == before


def test_without_node_scripts_need_a_hand(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(user.folder))
    user.write(old_config(user), user.foreign)

    hand = "\n".join(run("config", "import", "--json").json["needs_hand"])

    assert "router.js" in hand
    assert "mine.js" in hand
    assert "Node.js was not found" in hand


def test_a_dry_run_writes_nothing(user: Home, run: Run) -> None:
    user.write(old_config(user), user.foreign)

    said = run("config", "import", "--dry-run", "--keys-to-keyring")

    assert said.code == 0
    assert "Needs a hand" in said.out
    assert not user.own.exists()
    assert not user.keys


def test_an_own_configuration_is_replaced_only_by_force_and_kept(user: Home, run: Run) -> None:
    user.write(old_config(user), user.foreign)
    user.write({"PORT": 4000})

    assert run("config", "import").code == 2
    assert user.raw == {"PORT": 4000}

    assert run("config", "import", "--force").code == 0
    assert "Providers" in user.raw
    assert run("config", "restore", "1").code == 0
    assert user.raw == {"PORT": 4000}


def test_keys_go_to_the_keyring_when_asked(user: Home, run: Run) -> None:
    user.write(old_config(user), user.foreign)

    said = run("config", "import", "--keys-to-keyring")

    assert said.code == 0
    assert user.keys == {"ccr-desktop/provider:big": KEY}
    assert user.raw["Providers"][0]["api_key"] == "keyring:big"
    assert KEY not in user.own.read_text("utf-8") + said.out + said.err
    assert "big" in run("keys", "list").out


def test_without_a_keyring_nothing_is_saved(user: Home, run: Run, without_keyring: None) -> None:
    user.write(old_config(user), user.foreign)

    said = run("config", "import", "--keys-to-keyring")

    assert said.code == 1
    assert not user.own.exists()


def test_a_file_that_cannot_be_used_is_not_saved(user: Home, run: Run) -> None:
    user.write({**old_config(user), "Router": {"default": "nobody,x"}}, user.foreign)

    said = run("config", "import")

    assert said.code == 2
    assert "Router.default" in said.out
    assert "Can be carried over" in said.out
    assert not user.own.exists()


def test_a_file_that_is_not_there_is_told(user: Home, run: Run) -> None:
    assert run("config", "import").code == 2
    assert run("config", "import", str(user.folder)).code == 2


def test_presets_are_mentioned(user: Home, run: Run) -> None:
    user.write(old_config(user), user.foreign)
    folder = user.foreign.parent / "presets" / "team"
    user.write({"name": "team"}, folder / "manifest.json")

    assert "ccr preset apply team" in run("config", "import").out


def test_what_is_no_file_is_told_as_what_it_is(user: Home, run: Run) -> None:
    loop = user.folder / "loop.json"
    loop.symlink_to(loop)

    folder, gone = run("config", "import", str(user.folder)), run("config", "import", "/gone.json")

    assert (folder.code, gone.code) == (2, 2)
    assert "It is a folder." in folder.err
    assert "There is no file" in gone.err
    assert "can't be read" in run("config", "import", str(loop)).err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(user: Home, run: Run) -> None:
    pipe = user.folder / "pipe.json"
    os.mkfifo(pipe)

    assert "It is a pipe, not a file." in run("config", "import", str(pipe)).err


def test_with_keys_to_keyring_no_key_stays_in_the_file(user: Home, run: Run) -> None:
    raw = old_config(user) | {"APIKEY": "clients-planted"}
    raw["Providers"][0]["api_keys"] = ["sk-a-planted", {"key": "sk-b-planted", "weight": 2}]
    user.write(raw, user.foreign)

    said = run("config", "import", "--keys-to-keyring")

    assert said.code == 0
    assert "planted" not in str(user.raw)
    assert user.raw["APIKEY"] == "keyring:client-key"
    assert user.raw["Providers"][1]["api_key"] == "$OTHER_KEY"
    stored = sorted(name.rpartition(":")[2] for name in user.keys)
    assert stored == ["big", "big#2", "big#3", "client-key"]
    assert "in clear text" not in said.out
