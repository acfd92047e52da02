"""`ccr config`: which file counts, what it shows and hides, checking, versions, export."""

import json
import stat

import pytest

from tests.unit.cli.conftest import Home, Run

KEY = "sk-or-planted-0123456789"
PROVIDER = {
    "name": "big",
    "api_base_url": "https://api.example.com/v1/chat/completions",
    "api_key": KEY,
    "models": ["one", "two"],
}
CLEAN = {"Providers": [PROVIDER], "Router": {"default": "big,one"}}
CONFIG = {**CLEAN, "unknown": {"kept": True}}


def test_path_names_the_file_that_counts(user: Home, run: Run) -> None:
    assert "built-in defaults" in run("config", "path").out

    user.write(CONFIG, user.foreign)
    said = run("config", "path", "--json").json
    assert (said["path"], said["save_path"]) == (str(user.foreign), str(user.own))

    user.write(CONFIG)
    assert str(user.own) in run("config", "path").out

    other = user.write(CONFIG, user.folder / "other.json")
    said = run("config", "path", "--json", "--config", str(other)).json
    assert (said["path"], said["save_path"]) == (str(other), str(other))


def test_show_hides_secrets_and_tells_whether_references_resolve(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SET_KEY", "value-of-the-variable")
    user.keys["ccr-desktop/provider:kept"] = "value-in-the-keyring"
    providers = [
        PROVIDER,
        {**PROVIDER, "name": "env", "api_key": "$SET_KEY"},
        {**PROVIDER, "name": "unset", "api_key": "${UNSET_KEY}"},
        {**PROVIDER, "name": "kept", "api_key": "keyring:kept"},
        {**PROVIDER, "name": "gone", "api_key": "keyring:gone"},
        {**PROVIDER, "name": "pool", "api_key": "", "api_keys": [KEY, {"key": KEY, "weight": 2}]},
        {**PROVIDER, "name": "headers", "headers": {"Authorization": f"Bearer {KEY}"}},
    ]
    proxy = "http://user:planted-password@proxy.example:8080"
    user.write({**CONFIG, "Providers": providers, "APIKEY": "planted", "PROXY_URL": proxy})

    text, shown = run("config", "show").out, run("config", "show", "--json")

    for said in (text, shown.out):
        assert "planted" not in said
        assert "value-" not in said
    assert shown.json["Providers"][0]["api_key"] == "***"
    assert shown.json["Providers"][1]["api_key"] == "$SET_KEY"
    assert shown.json["unknown"] == {"kept": True}
    resolves = {
        state["reference"]: state["resolves"] for state in shown.json["$about"]["references"]
    }
    assert resolves == {
        "$SET_KEY": True,
        "${UNSET_KEY}": False,
        "keyring:kept": True,
        "keyring:gone": False,
    }


def test_show_works_for_a_file_that_cannot_be_used(user: Home, run: Run) -> None:
    user.write({**CONFIG, "PORT": "many"})

    said = run("config", "show")

    assert said.code == 0
    assert '"many"' in said.out
    assert "config check" in said.err


def test_check_says_when_there_is_nothing_wrong(user: Home, run: Run) -> None:
    user.write(CLEAN)

    said = run("config", "check")

    assert (said.code, said.out) == (0, "No problems\n")
    assert run("config", "check", "--json").json["ok"] is True


def test_check_lists_everything_that_is_wrong(user: Home, run: Run) -> None:
    router = {"default": "nobody,one", "think": "big"}
    user.write({**CONFIG, "PORT": "many", "Router": router})

    said = run("config", "check")
    machine = run("config", "check", "--json")

    assert (said.code, machine.code) == (2, 2)
    assert {"PORT", "Router.default", "Router.think"} <= {
        issue["where"] for issue in machine.json["issues"]
    }
    assert all(place in said.out for place in ("PORT", "Router.default", "Router.think"))


def test_check_takes_another_file(user: Home, run: Run) -> None:
    user.write(CLEAN)
    bad = user.write("{ Providers: [ ", user.folder / "bad.json5")

    assert run("config", "check", str(bad)).code == 2
    assert run("config", "check", str(user.folder / "none.json")).code == 2
    assert run("config", "check").code == 0


def test_check_loads_the_custom_router(user: Home, run: Run) -> None:
    path = user.write("def route(request, config)\n", user.folder / "router.py")
    user.write({**CONFIG, "CUSTOM_ROUTER_PATH": str(path)})

    said = run("config", "check")

    assert said.code == 2
    assert "CUSTOM_ROUTER_PATH" in said.out


def test_export_holds_no_secret_and_reads_as_a_configuration(user: Home, run: Run) -> None:
    user.write({**CONFIG, "APIKEY": "planted-word"})

    said = run("config", "export")
    target = user.folder / "out.json"
    written = run("config", "export", "--output", str(target))

    assert said.json["Providers"][0]["api_key"] == "$BIG_API_KEY"
    assert said.json["APIKEY"] == "$CCR_APIKEY"
    assert said.json["unknown"] == {"kept": True}
    for text in (said.out, said.err, written.out, written.err, target.read_text("utf-8")):
        assert "planted" not in text
    assert run("config", "export", "--output", str(target)).code == 2
    assert run("config", "export", "--output", str(target), "--force").code == 0


def test_a_command_leaves_comments_where_they_are(user: Home, run: Run) -> None:
    user.write("{ // by hand\n" + json.dumps(CONFIG)[1:])

    assert "Note: comments" not in run("model", "set", "default", "big,two").err

    assert user.own.read_text("utf-8").startswith("{ // by hand\n")


def test_a_former_version_can_be_restored(user: Home, run: Run) -> None:
    user.write('{ // by hand\n"LOG": true, "LOG": true,' + json.dumps(CONFIG)[1:])
    assert "comments" in run("model", "set", "default", "big,two").err
    assert user.raw["Router"]["default"] == "big,two"

    states = run("config", "history", "--json").json
    compared = run("config", "compare", "1")
    said = run("config", "restore", "1")

    assert [state["origin"]["source"] for state in states] == ["command", "file"]
    assert states[0]["origin"]["words"] == "ccr model set"
    assert "Router.default  big,one → big,two" in compared.out
    assert said.code == 0
    assert "// by hand" in user.own.read_text("utf-8")
    assert run("config", "restore", "99").code == 2
    listed = run("config", "versions").out
    assert "restored: " in listed
    assert "(in force)" in listed
    assert stat.S_IMODE(user.own.stat().st_mode) == 0o600


def test_states_are_compared_without_their_secrets(user: Home, run: Run) -> None:
    user.write(CONFIG)
    run("config", "import", str(user.write(CONFIG, user.folder / "old.json")), "--force")
    other = {**CONFIG, "Providers": [{**PROVIDER, "api_key": "sk-or-planted-9876543210"}]}
    run("config", "import", str(user.write(other, user.folder / "new.json")), "--force")

    compared = run("config", "compare", "1")
    as_json = run("config", "compare", "1", "0", "--json")
    text = run("config", "compare", "2", "1", "--text")

    assert compared.out == "Providers.big.api_key  (another secret)\n"
    assert as_json.json["changes"][0]["is_secret"]
    assert (
        run("config", "compare", "2", "1").out == "The settings are the same. Their text is not.\n"
    )
    assert "@@" in text.out
    for said in (compared, as_json, text):
        assert "planted" not in said.out
    assert run("config", "history", "--json").json[0]["origin"]["source"] == "import"


def test_edit_opens_the_editor_and_checks(
    user: Home, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert run("config", "edit").code == 2

    user.write(CLEAN)
    monkeypatch.setenv("EDITOR", "true")

    assert run("config", "edit").out == "No problems\n"


def test_without_an_action_the_help_is_shown(run: Run) -> None:
    said = run("config")

    assert said.code == 2
    assert "ccr config check" in said.err


def test_the_schema_is_printed(user: Home, run: Run) -> None:
    schema = run("config", "schema").json

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["PORT"]["default"] == 3456


def test_only_check_lists_all_of_many_problems(user: Home, run: Run) -> None:
    rules = [{"when": {"folder": 5}, "route": "big,one"}] * 500
    user.write({**CLEAN, "Router": {"default": "big,one", "rules": rules}})

    for command in (["config", "set", "LOG_LEVEL", "debug"], ["providers", "list"], ["env"],
                    ["plugins", "list"], ["doctor"]):  # fmt: skip
        said = run(*command)
        told = [line for line in f"{said.out}{said.err}".splitlines() if "rules[" in line]
        assert 1 <= len(told) <= 11, command
        assert "more: " in f"{said.out}{said.err}"
    assert run("config", "check").out.count("Router.rules[") == 500
    assert len(run("config", "check", "--json").json["issues"]) == 500
    told = run("doctor", "--json").json["checks"]
    assert max(len(each["details"]) for each in told) == 500
