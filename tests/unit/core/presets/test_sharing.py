"""A preset made of a configuration."""

import json
from pathlib import Path

from ccr_desktop.core.presets.applying import plan
from ccr_desktop.core.presets.packages import MANIFEST
from ccr_desktop.core.presets.sharing import share

KEY = "sk-mine-0123456789"


def test_keys_become_questions_and_the_users_own_settings_stay_here() -> None:
    config = {
        "PORT": 4000,
        "APIKEY": KEY,
        "PROXY_URL": f"http://me:{KEY}@proxy.test",
        "Providers": [
            {"name": "a b", "api_key": KEY, "models": ["m"]},
            {"name": "c", "api_key": "$C_KEY", "headers": {"x-api-key": KEY}},
            {"name": "d", "api_key": "keyring:d"},
            {"name": "a_b", "api_key": KEY},
        ],
        "Router": {"default": "c,m"},
    }

    package = share(config, "mine", {"author": "me"})

    raw = json.loads(package.files[MANIFEST])
    assert (raw["name"], raw["author"]) == ("mine", "me")
    assert set(raw) == {"name", "version", "author", "Providers", "Router", "schema"}
    assert [question["id"] for question in raw["schema"]] == [
        "a_b_api_key",
        "c_headers_x_api_key",
        "d_api_key",
        "a_b_api_key_2",
    ]
    assert raw["Providers"][0]["api_key"] == "#{a_b_api_key}"
    assert raw["Providers"][1]["api_key"] == "$C_KEY"
    assert KEY not in str(package.files)
    assert config["Providers"][2]["api_key"] == "keyring:d"  # type: ignore[index]


def test_whatever_refers_to_the_keyring_of_this_machine_is_asked_for() -> None:
    keys = [{"key": "keyring:p", "weight": 2}, "keyring:p#2"]
    headers = {"X-Team": "keyring:team", "X-Plain": "blue"}
    providers = [{"name": "p", "api_keys": keys, "headers": headers, "models": ["m"]}]

    manifest = share({"Providers": providers}, "mine", {}).manifest

    asked = [entry.id for entry in manifest.inputs]
    assert asked == ["p_api_keys_0_key", "p_api_keys_1", "p_headers_X_Team"]
    planned = plan({}, manifest, Path(), dict(zip(asked, ("one", "two", "red"), strict=True)))
    assert planned.raw["Providers"][0]["headers"] == {"X-Team": "red", "X-Plain": "blue"}
    pool = planned.raw["Providers"][0]["api_keys"]
    assert pool == [{"key": "keyring:p", "weight": 2}, "keyring:p#2"]
    assert planned.keys == {"p": "one", "p#2": "two"}


def test_python_files_come_along(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("pass")
    entries = [{"path": str(tmp_path / "mine.py")}, {"path": "/no/file.py"}, {"path": "$X"}]

    package = share({"transformers": entries}, "mine", {})

    assert package.files["transformers/mine.py"] == b"pass"
    paths = [entry["path"] for entry in package.manifest.parts["transformers"]]
    assert paths == ["transformers/mine.py", "/no/file.py", "$X"]
    assert package.manifest.inputs == ()


def test_providers_in_the_old_spelling_are_shared() -> None:
    package = share({"providers": [{"name": "p"}]}, "mine", {})

    assert package.manifest.parts["Providers"] == [{"name": "p"}]
