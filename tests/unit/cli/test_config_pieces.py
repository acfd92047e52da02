"""`ccr config import` of databases, exports, our own files and links: pieces are taken."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.cli import changes
from tests.support.foreign.made import cc_switch_database, ccr3_database
from tests.unit.cli.conftest import Home, Run

KEY = "sk-planted-0123456789"
LINK = (
    "ccswitch://v1/import?resource=provider&app=claude&name=One"
    f"&endpoint=https%3A%2F%2Fapi.example.com&apiKey={KEY}&model=big"
)


def test_the_database_of_version_3_is_taken_with_keys_in_the_keyring(user: Home, run: Run) -> None:
    path = ccr3_database(user.folder / "config.sqlite")

    said = run("config", "import", str(path), "--json")

    assert said.code == 0
    assert said.json["saved"] is True
    assert any("rule script" in line for line in said.json["needs_hand"])
    assert user.raw["Providers"][0]["api_key"] == "keyring:DeepSeek"
    assert user.keys["ccr-desktop/provider:DeepSeek"].startswith("sk-ds-")
    assert "planted" not in user.own.read_text("utf-8").replace("ccr-planted-0", "")
    assert "sk-" not in said.out


def test_cc_switch_is_added_to_what_is_there(user: Home, run: Run) -> None:
    own = {
        "Providers": [
            {"name": "mine", "api_base_url": "https://m.example.com/v1", "models": ["m"]}
        ],
        "Router": {"default": "mine,m"},
    }
    user.write(own)
    path = cc_switch_database(user.folder / "cc-switch.db")

    said = run("config", "import", str(path))

    assert said.code == 0
    assert "[x] provider:Zhipu GLM" in said.out
    assert "[ ] route:default" in said.out
    assert [each["name"] for each in user.raw["Providers"]][:2] == ["mine", "Zhipu GLM"]
    assert user.raw["Router"] == {"default": "mine,m", "background": "Zhipu GLM,glm-5-air"}


def test_a_link_is_shown_and_taken_only_when_it_is_said(user: Home, run: Run) -> None:
    refused = run("config", "import", LINK)

    assert refused.code == 2
    assert "https://api.example.com/v1/messages" in refused.out
    assert "--yes" in refused.err
    assert not user.own.exists()
    assert not user.keys

    said = run("config", "import", LINK, "--yes")

    assert said.code == 0
    assert user.raw["Providers"][0]["name"] == "One"
    assert "api_key" in user.raw["Providers"][0]
    assert KEY not in refused.out + said.out + said.err + user.own.read_text("utf-8")


def test_what_is_here_already_is_said_to_be_all(user: Home, run: Run) -> None:
    link = LINK.replace(f"&apiKey={KEY}", "")
    run("config", "import", link, "--yes")

    said = run("config", "import", link, "--yes")

    assert "What could be taken from it is here already, just so." in said.out
    assert "nothing in it" not in said.out


def test_a_stored_key_is_not_offered_to_be_replaced_by_itself(user: Home, run: Run) -> None:
    run("config", "import", LINK, "--yes")
    assert user.raw["Providers"][0]["api_key"].startswith("keyring:")

    again = run("config", "import", LINK, "--yes")
    other = run("config", "import", LINK.replace(KEY, f"{KEY}-other"), "--dry-run")

    assert "key:One" not in again.out
    assert "What could be taken from it is here already, just so." in again.out
    assert "[ ] key:One" in other.out
    assert "You have a key for it. It would be replaced." in other.out
    assert "can't be read now" not in other.out


def test_single_things_can_be_taken(user: Home, run: Run) -> None:
    said = run("config", "import", LINK, "--yes", "--take", "provider:One")

    assert said.code == 0
    assert "api_key" not in user.raw["Providers"][0]
    assert run("config", "import", LINK, "--yes", "--take", "provider:Two").code == 2


def test_a_dry_run_of_pieces_writes_nothing(user: Home, run: Run) -> None:
    said = run("config", "import", LINK, "--dry-run")

    assert said.code == 0
    assert "Nothing was saved" in said.out
    assert not user.own.exists()


def test_what_would_not_work_stores_no_key(user: Home, run: Run) -> None:
    provider = {"name": "a", "baseUrl": "https://a.example.com", "apiKey": KEY}
    value = json.dumps({"Providers": [provider], "PORT": 99999999})
    path = ccr3_database(user.folder / "c.sqlite", value=value)
    wanted = [f"--take={key}" for key in ("provider:a", "key:a", "setting:PORT")]

    said = run("config", "import", str(path), "--dry-run")
    assert "[ ] setting:PORT" in said.out
    assert "! Found 99999999. Allowed is a whole number from 1 to 65535." in said.out
    assert run("config", "import", str(path), *wanted).code == 2
    assert not user.keys
    assert not user.own.exists()


def test_other_settings_that_are_here_are_named(user: Home, run: Run) -> None:
    folder = user.folder / ".cc-switch"
    folder.mkdir()
    cc_switch_database(folder / "cc-switch.db")

    said = run("config", "import")

    assert said.code == 2
    assert "CC Switch" in said.err


def test_an_export_with_keys_moves_everything_to_another_computer(user: Home, run: Run) -> None:
    path = str(user.folder / "me.ccr-desktop.json")
    user.write({"Providers": [{"name": "a", "api_base_url": "https://a.example.com/v1",
                               "api_key": KEY, "models": ["m"]}]})  # fmt: skip
    arguments = ("config", "export", "--keys", "--passphrase-stdin", path)
    assert run(*arguments, stdin="correct horse\n").code == 0
    assert KEY not in Path(path).read_text("utf-8")
    user.own.unlink()

    wrong = run("config", "import", path, "--passphrase-stdin", stdin="wrong horse!\n")
    assert wrong.code == 2
    assert "not the passphrase" in wrong.err
    assert run("config", "import", path, "--passphrase-stdin", stdin="correct horse\n").code == 0

    assert user.raw["Providers"][0]["api_key"] == "keyring:a"
    assert user.keys == {"ccr-desktop/provider:a": KEY}


def test_an_export_without_keys_or_as_a_link_holds_none(user: Home, run: Run) -> None:
    user.write({"Providers": [{"name": "a", "api_base_url": "https://a.example.com/v1",
                               "api_key": KEY, "models": ["m"]}]})  # fmt: skip
    path = user.folder / "me.ccr-desktop.json"

    assert run("config", "export", str(path)).code == 0
    assert run("config", "export", str(path)).code == 2
    link = run("config", "export", "--link").out.strip()

    assert KEY not in path.read_text("utf-8") + link
    user.own.unlink()
    assert run("config", "import", link, "--yes").code == 0
    assert user.raw["Providers"][0]["models"] == ["m"]


def test_keys_are_never_exported_in_the_clear(user: Home, run: Run) -> None:
    user.write({"APIKEY": KEY})

    assert run("config", "export", "--keys", str(user.folder / "f.json")).code == 2
    assert run("config", "export", "--keys", "--link").code == 2
    assert not (user.folder / "f.json").exists()


def test_nothing_in_a_file_commands_the_terminal(user: Home, run: Run) -> None:
    path = user.folder / "f.ccr-desktop.json"
    config = {"Router": {"think": "a\x1b[2J,m"}, "LOG_LEVEL": "\x1b]0;x\x07"}
    user.write({"ccr-desktop": "settings", "version": 1, "config": config}, path)

    said = run("config", "import", str(path), "--dry-run")

    assert "route:think" in said.out
    assert "\x1b" not in said.out


def saved_by_another(user: Home, monkeypatch: pytest.MonkeyPatch, **more: Any) -> None:
    """Another program saves while a person is asked, who agrees."""

    def agreed(_: str) -> bool:
        user.write({**user.raw, **more})
        return True

    monkeypatch.setattr(changes, "ask_yes", agreed)


def test_what_is_taken_is_kept_beside_what_another_program_saved_meanwhile(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.write({"LOG": True})
    saved_by_another(user, monkeypatch, LOG=False)

    said = run("config", "import", LINK, typed="")

    assert said.code == 0
    assert "both changes are kept" in said.err
    assert user.raw["LOG"] is False
    assert user.raw["Providers"][0]["api_key"] == "keyring:One"


def test_what_nobody_was_shown_is_not_replaced(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.write({"LOG": True})
    theirs = [{"name": "One", "api_base_url": "https://m.example.com/v1", "models": ["m"]}]
    saved_by_another(user, monkeypatch, Providers=theirs)

    said = run("config", "import", LINK, typed="")

    assert said.code == 1
    assert "changed meanwhile what this would replace" in said.err
    assert user.keys == {}


def test_a_conflict_leaves_the_key_that_was_stored_before(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.write({"LOG": True})
    user.keys["ccr-desktop/provider:One"] = "sk-former"
    theirs = [{"name": "One", "api_base_url": "https://m.example.com/v1", "models": ["m"]}]
    saved_by_another(user, monkeypatch, Providers=theirs)

    assert run("config", "import", LINK, typed="").code == 1

    assert user.keys == {"ccr-desktop/provider:One": "sk-former"}
    assert user.raw == {"LOG": True, "Providers": theirs}
