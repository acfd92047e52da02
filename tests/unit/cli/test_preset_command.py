"""`ccr preset`: install, apply, export, remove; claude-code-router's own are only read."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Home, Run

KEY = "sk-or-planted-0123456789"
MANIFEST: dict[str, Any] = {
    "name": "team",
    "version": "1.2.0",
    "description": "Models of the team",
    "PORT": 80,
    "claudeCodeSettings": {"env": {"A": "b"}},
    "schema": [
        {"id": "apiKey", "type": "password", "label": "API key"},
        {
            "id": "model",
            "type": "select",
            "options": {"type": "models", "providerField": "#{provider}"},
            "when": {"field": "provider", "operator": "exists"},
        },
        {"id": "thinks", "type": "confirm", "defaultValue": False},
        {
            "id": "thinkModel",
            "type": "input",
            "when": [{"field": "thinks", "value": True}],
            "validator": "^[a-z]+$",
        },
    ],
    "Providers": [
        {
            "name": "team",
            "api_base_url": "https://team.example/v1/chat/completions",
            "api_key": "#{apiKey}",
            "models": ["big", "small"],
        }
    ],
    "Router": {"default": "team,big"},
    "configMappings": [
        {
            "target": "Router.think",
            "value": "team,#{thinkModel}",
            "when": {"field": "thinks", "operator": "eq", "value": True},
        }
    ],
}


@pytest.fixture
def folder(user: Home) -> Path:
    return user.write(MANIFEST, user.folder / "download" / "manifest.json").parent


def archive(path: Path, files: dict[str, str]) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, text in files.items():
            target.writestr(name, text)
    path.write_bytes(buffer.getvalue())
    return path


def test_a_folder_is_installed_shown_and_removed(user: Home, run: Run, folder: Path) -> None:
    assert run("preset", "install", str(folder)).code == 0
    assert run("preset", "install", str(folder)).code == 2
    assert run("preset", "install", str(folder), "--force").code == 0
    assert run("preset", "install", str(folder), "--name", "again").code == 0

    names = [preset["name"] for preset in run("preset", "list", "--json").json]
    info = run("preset", "info", "team", "--json").json
    text = run("preset", "info", "team").out

    assert names == ["again", "team"]
    assert info["sets"] == ["Providers", "Router"]
    assert set(info["left_out"]) == {"PORT", "claudeCodeSettings"}
    assert [question["id"] for question in info["asks"]][:2] == ["apiKey", "model"]
    assert "Models of the team" in text
    assert not user.own.exists()
    assert run("preset", "remove", "again").code == 0
    assert run("preset", "rm", "again").code == 2


@pytest.mark.parametrize("prefix", ["", "repo-main/"], ids=["flat", "in a folder"])
def test_a_zip_is_installed(user: Home, run: Run, prefix: str) -> None:
    files = {f"{prefix}manifest.json": json.dumps(MANIFEST), f"{prefix}a/b.py": "x = 1\n"}
    path = archive(user.folder / "team.zip", files)

    assert run("preset", "install", path.as_uri()).code == 0

    place = user.folder / "desk" / "data" / "presets" / "team"
    assert (place / "a" / "b.py").read_text("utf-8") == "x = 1\n"


@pytest.mark.parametrize(
    "name", ["../out.txt", "/tmp/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt"]
)
def test_a_zip_that_leaves_its_folder_is_refused(user: Home, run: Run, name: str) -> None:
    path = archive(user.folder / "team.zip", {"manifest.json": json.dumps(MANIFEST), name: "x"})
    before = sorted(user.folder.rglob("*"))

    said = run("preset", "install", str(path))

    assert said.code == 2
    assert "not safe" in said.err
    assert sorted(user.folder.rglob("*")) == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"name": "../x"}', '{"schema": {}}', '{"name": "a", "Providers": 1}']
)
def test_what_is_no_preset_is_refused(user: Home, run: Run, text: str) -> None:
    path = user.write(text, user.folder / "bad" / "manifest.json")

    assert run("preset", "install", str(path.parent)).code == 2


@pytest.mark.parametrize("source", ["http://x.example/p.zip", "ftp://x/p.zip", "nowhere.zip"])
def test_other_sources_are_refused(run: Run, source: str) -> None:
    assert run("preset", "install", source).code == 2


def test_applying_needs_answers(user: Home, run: Run, folder: Path) -> None:
    run("preset", "install", str(folder))

    said = run("preset", "apply", "team")

    assert said.code == 2
    assert "--set apiKey=" in said.err
    assert not user.own.exists()


def test_what_a_preset_leaves_open_must_be_answered(user: Home, run: Run) -> None:
    entry = {
        "name": "{{providerName}}",
        "api_base_url": "https://team.example/v1",
        "api_key": "{{apiKey}}",
        "models": ["m"],
    }
    line = {"enabled": True, "default": {"modules": [{"type": "model", "text": "{{model}}"}]}}
    manifest = {"name": "open", "Providers": [entry], "StatusLine": line}
    manifest["Router"] = {"default": "{{providerName}},m"}
    path = user.write(manifest, user.folder / "open" / "manifest.json")
    run("preset", "install", str(path.parent))

    refused = run("preset", "apply", "open", "--set", "apiKey=$K")
    applied = run("preset", "apply", "open", "--set", "apiKey=$K", "--set", "providerName=team")

    assert refused.code == 2
    assert "--set providerName=" in refused.err
    assert applied.code == 0
    assert user.raw == {
        "Providers": [entry | {"name": "team", "api_key": "$K"}],
        "StatusLine": line,
        "Router": {"default": "team,m"},
    }


def test_applying_merges_and_keeps_the_key_in_the_keyring(
    user: Home, run: Run, folder: Path
) -> None:
    other = {"name": "mine", "api_base_url": "http://localhost:1/v1", "models": ["m"]}
    user.write({"LOG": False, "Providers": [other], "Router": {"default": "mine,m"}})
    run("preset", "install", str(folder))

    answers = ["--set", "thinks=yes", "--set", "thinkModel=small"]
    said = run("preset", "apply", "team", *answers, "--set-stdin", "apiKey", stdin=KEY)

    assert said.code == 0
    assert user.keys == {"ccr-desktop/provider:team": KEY}
    assert user.raw == {
        "LOG": False,
        "Providers": [
            other,
            {
                "name": "team",
                "api_base_url": "https://team.example/v1/chat/completions",
                "api_key": "keyring:team",
                "models": ["big", "small"],
            },
        ],
        "Router": {"default": "team,big", "think": "team,small"},
    }
    assert "PORT" in said.err
    assert KEY not in said.out + said.err + user.own.read_text("utf-8")
    assert run("config", "restore", "1").code == 0
    assert user.raw["Router"] == {"default": "mine,m"}


def test_routes_without_effect_are_told_and_may_go_into_the_set_in_force(
    user: Home, run: Run, folder: Path
) -> None:
    run("preset", "install", str(folder))
    other = {"name": "mine", "api_base_url": "http://localhost:1/v1", "models": ["m"]}
    written = {
        "Providers": [other],
        "Router": {"default": "mine,m"},
        "routeSets": {"Night": {"default": "mine,m", "image": "mine,m"}},
        "routeSet": "Night",
    }
    user.write(written)
    given = ("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY")

    assert "the route set Night is in force" in run(*given).err
    assert user.raw["routeSets"] == written["routeSets"]

    user.write(written)
    said = run(*given, "--route-set", "night")
    assert "is in force" not in said.err
    assert user.raw["routeSets"]["Night"] == {"default": "team,big", "image": "mine,m"}
    assert user.raw["Router"] == written["Router"]

    assert run(*given, "--route-set", "Day").code == 2


def test_applying_again_keeps_what_was_added(user: Home, run: Run, folder: Path) -> None:
    run("preset", "install", str(folder))
    run("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY")
    raw = user.raw
    raw["Providers"][0]["models"].append("own")
    raw["Providers"][0]["proxy_url"] = "http://proxy.example:1"
    user.write(raw)

    assert run("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY").code == 0

    [entry] = user.raw["Providers"]
    assert entry["models"] == ["big", "small", "own"]
    assert entry["proxy_url"] == "http://proxy.example:1"
    assert entry["api_key"] == "$TEAM_KEY"


def test_a_new_answer_replaces_the_key_of_a_preset_applied_before(
    user: Home, run: Run, folder: Path
) -> None:
    run("preset", "install", str(folder))
    run("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY")

    said = run("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY2", "--yes")

    assert said.code == 0
    assert user.raw["Providers"][0]["api_key"] == "$TEAM_KEY2"
    again = run("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY2", "--yes")
    assert "was there" not in again.err


def test_a_key_in_the_keyring_is_replaced_though_the_file_stays(
    user: Home, run: Run, folder: Path
) -> None:
    run("preset", "install", str(folder))
    run("preset", "apply", "team", "--set-stdin", "apiKey", stdin=KEY)
    before = user.own.read_text("utf-8")

    said = run("preset", "apply", "team", "--set-stdin", "apiKey", "--yes", stdin=f"{KEY}9")

    assert said.code == 0
    assert "Applied" in said.out
    assert user.keys == {"ccr-desktop/provider:team": f"{KEY}9"}
    assert user.own.read_text("utf-8") == before


def test_without_a_keyring_the_key_goes_into_the_file_only_when_that_is_allowed(
    user: Home, run: Run, folder: Path, without_keyring: None
) -> None:
    run("preset", "install", str(folder))

    said = run("preset", "apply", "team", "--set-stdin", "apiKey", stdin=KEY)

    assert said.code == 2
    assert "Providers[0].api_key" in said.err
    assert "--keys-in-file" in said.err
    assert not user.own.exists()
    allowed = ["--set-stdin", "apiKey", "--keys-in-file"]
    allowing = run("preset", "apply", "team", *allowed, stdin=KEY)
    assert allowing.code == 0
    assert user.raw["Providers"][0]["api_key"] == KEY
    assert KEY not in said.out + said.err + allowing.out + allowing.err
    assert run("preset", "apply", "team", "--set", "apiKey=$K").code == 0


def test_the_command_that_uses_a_preset_can_be_copied(run: Run, folder: Path) -> None:
    said = run("preset", "install", str(folder), "--name", "of mine")

    assert "`ccr preset apply 'of mine'` uses it" in said.err


def test_keys_that_no_keyring_takes_need_leave_too(user: Home, run: Run) -> None:
    install_asking(user, run, {"headers": {"x-api-key": "#{k}"}})

    assert run("preset", "apply", "asks", "--set-stdin", "k", stdin=KEY).code == 2
    assert run("preset", "apply", "asks", typed=f"{KEY}\nn\n").code == 2
    assert not user.own.exists()
    assert run("preset", "apply", "asks", typed=f"{KEY}\ny\ny\n").code == 0
    assert user.raw["Providers"][0]["headers"] == {"x-api-key": KEY}


def test_each_key_of_a_pool_goes_to_the_keyring(user: Home, run: Run) -> None:
    install_asking(user, run, {"api_keys": ["$TEAM", {"key": "#{k}", "weight": 2}]})

    assert run("preset", "apply", "asks", "--set-stdin", "k", stdin=KEY).code == 0
    pool = user.raw["Providers"][0]["api_keys"]
    assert pool == ["$TEAM", {"key": "keyring:team", "weight": 2}]
    assert user.keys == {"ccr-desktop/provider:team": KEY}


def install_asking(user: Home, run: Run, members: dict[str, Any]) -> None:
    """A preset whose one answer, `k`, is in these members of its provider."""
    team = {"name": "team", "api_base_url": "https://team.example/v1", "models": ["m"], **members}
    manifest = {"name": "asks", "schema": [{"id": "k"}], "Providers": [team]}
    path = user.write(manifest, user.folder / "asks" / "manifest.json")
    run("preset", "install", str(path.parent))


@pytest.mark.parametrize(
    "answer", ["nothing=1", "apiKey", "thinks=maybe", "thinkModel=Not Valid"], ids=str
)
def test_wrong_answers_change_nothing(user: Home, run: Run, folder: Path, answer: str) -> None:
    run("preset", "install", str(folder))
    arguments = ["--set", "apiKey=$K", "--set", "thinks=true", "--set", answer]

    assert run("preset", "apply", "team", *arguments).code == 2
    assert not user.own.exists()


def test_questions_on_a_terminal(user: Home, run: Run, folder: Path) -> None:
    run("preset", "install", str(folder))

    said = run("preset", "apply", "team", typed=f"{KEY}\ny\nNOT VALID\nsmall\ny\n")

    assert said.code == 0
    assert user.raw["Router"]["think"] == "team,small"
    assert user.keys == {"ccr-desktop/provider:team": KEY}


def test_a_round_trip_without_keys(user: Home, run: Run, folder: Path) -> None:
    code = user.write("class Mine: pass\n", user.folder / "mine.py")
    run("preset", "install", str(folder))
    run("preset", "apply", "team", "--set", "apiKey=$TEAM_KEY", "--keys-in-file")
    raw = user.raw
    raw["Providers"].append(
        {"name": "x y", "api_base_url": "http://localhost/v1", "api_key": KEY, "models": ["m"]}
    )
    user.write({**raw, "APIKEY": KEY, "transformers": [{"path": str(code)}]})
    target = user.folder / "mine.zip"

    said = run("preset", "export", "mine", "--output", str(target), "--author", "Me")

    assert said.code == 0
    assert KEY.encode() not in target.read_bytes()
    with zipfile.ZipFile(target) as packed:
        text = packed.read("manifest.json").decode()
        assert packed.namelist() == ["manifest.json", "transformers/mine.py"]
    assert KEY not in text + said.out + said.err
    assert json.loads(text)["author"] == "Me"
    assert "APIKEY" not in json.loads(text)
    assert run("preset", "export", "mine", "--output", str(target)).code == 2
    user.own.unlink()
    assert run("preset", "install", str(target)).code == 0
    assert run("preset", "apply", "mine", "--set", "x_y_api_key=$XY").code == 0
    assert [entry["api_key"] for entry in user.raw["Providers"]] == ["$TEAM_KEY", "$XY"]
    assert Path(user.raw["transformers"][0]["path"]).read_text("utf-8") == "class Mine: pass\n"


def test_presets_of_claude_code_router_are_read_and_never_changed(user: Home, run: Run) -> None:
    place = user.foreign.parent / "presets" / "old" / "manifest.json"
    user.write({**MANIFEST, "name": "old", "userValues": {"apiKey": "$OLD_KEY"}}, place)
    user.write("{", user.foreign.parent / "presets" / "broken" / "manifest.json")

    listed = {preset["name"]: preset for preset in run("preset", "list", "--json").json}

    assert (listed["old"]["own"], bool(listed["broken"]["problem"])) == (False, True)
    assert run("preset", "list").code == 0
    assert run("preset", "info", "broken").code == 1
    assert run("preset", "apply", "old").code == 0
    assert user.raw["Providers"][0]["api_key"] == "$OLD_KEY"
    assert run("preset", "remove", "old").code == 2
    assert place.exists()
