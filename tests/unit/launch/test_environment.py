"""What Claude Code is started with, and what would lead it elsewhere."""

import json
import os
import sys
from pathlib import Path

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.launch.environment import (
    claude_environment,
    key_helper,
    outside_of_bundle,
    overriding_settings,
    own_environment,
)


@pytest.fixture(autouse=True)
def usual_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)


def test_claude_is_led_to_the_router() -> None:
    made = claude_environment(Config(port=4000, api_key="k", api_timeout_ms=5), {"A": "b"})

    assert made["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:4000"
    assert made["ANTHROPIC_AUTH_TOKEN"] == "k"
    assert made["API_TIMEOUT_MS"] == "5"
    assert made["A"] == "b"


def test_the_model_for_small_tasks_is_told_to_claude() -> None:
    name = "ANTHROPIC_SMALL_FAST_MODEL"

    assert claude_environment(Config(small_fast_model="p,small"), {})[name] == "p,small"
    assert name not in claude_environment(Config(), {})


def test_a_router_without_a_key_still_has_a_token_for_claude() -> None:
    assert claude_environment(Config(), {})["ANTHROPIC_AUTH_TOKEN"]


@pytest.mark.parametrize(
    "name", ["ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX"]
)
def test_what_would_lead_claude_elsewhere_is_left_out(name: str) -> None:
    assert name not in claude_environment(Config(), {name: "x"})


def test_the_environment_of_this_process_is_not_changed() -> None:
    given = {"NO_PROXY": "x", "ANTHROPIC_API_KEY": "y"}

    claude_environment(Config(), given)

    assert given == {"NO_PROXY": "x", "ANTHROPIC_API_KEY": "y"}


@pytest.mark.parametrize(
    ("given", "spellings"),
    [
        ({}, {"NO_PROXY"}),
        ({"NO_PROXY": "a.example, b.example"}, {"NO_PROXY"}),
        ({"no_proxy": "a.example,b.example"}, {"NO_PROXY", "no_proxy"}),
        ({"NO_PROXY": "a.example", "no_proxy": "b.example"}, {"NO_PROXY", "no_proxy"}),
    ],
    ids=["none", "upper", "lower", "both"],
)
def test_no_proxy_comes_between_claude_and_the_router(
    given: dict[str, str], spellings: set[str]
) -> None:
    made = claude_environment(Config(host="192.0.2.7", api_key="k"), given)

    assert {name for name in made if name.lower() == "no_proxy"} == spellings
    wanted = {"127.0.0.1", "localhost", "192.0.2.7"}
    if given:
        wanted |= {"a.example", "b.example"}
    assert all(set(made[name].split(",")) == wanted for name in spellings)


@pytest.mark.parametrize("given", [{"NO_PROXY": "*"}, {"no_proxy": "*", "NO_PROXY": "a.example"}])
def test_an_exception_for_everything_stays_one(given: dict[str, str]) -> None:
    """In a list many programs take it for the name of a host."""
    made = claude_environment(Config(), given)

    assert {made[name] for name in (*given, "NO_PROXY")} == {"*"}


def test_a_machine_without_a_user_is_told_to_claude() -> None:
    attended = claude_environment(Config(), {"TERM": "xterm"})
    unattended = claude_environment(Config(non_interactive=True), {"TERM": "xterm"})

    assert (attended["TERM"], attended.get("CI")) == ("xterm", None)
    assert (unattended["TERM"], unattended["CI"], unattended["FORCE_COLOR"]) == (
        "dumb",
        "true",
        "0",
    )


def test_settings_that_lead_elsewhere_are_named(tmp_path: Path) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    for folder, name in ((home, "settings.json"), (project, "settings.local.json")):
        (folder / ".claude").mkdir(parents=True)
        (folder / ".claude" / name).write_text(json.dumps({"env": {"ANTHROPIC_BASE_URL": "x"}}))

    warnings = [str(found) for found in overriding_settings(Config(), home, project)]

    assert len(warnings) == 2
    assert all("ANTHROPIC_BASE_URL" in warning for warning in warnings)


def test_a_file_that_claude_code_does_not_read_is_no_concern(tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    file = tmp_path / ".claude" / "settings.local.json"
    file.write_text(json.dumps({"env": {"ANTHROPIC_BASE_URL": "x"}, "apiKeyHelper": "x"}))

    assert list(overriding_settings(Config(), tmp_path, tmp_path / "project")) == []
    assert key_helper(tmp_path, tmp_path / "project") is None
    assert len(list(overriding_settings(Config(), tmp_path, tmp_path))) == 1


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """As Notepad wrote them for long; Claude Code reads it, too."""
    file = tmp_path / ".claude" / "settings.json"
    file.parent.mkdir()
    settings = {"env": {"ANTHROPIC_BASE_URL": "x"}, "apiKeyHelper": "x"}
    file.write_text(json.dumps(settings), encoding="utf-8-sig")

    assert [each.file for each in overriding_settings(Config(), tmp_path, tmp_path)] == [file]
    assert key_helper(tmp_path, tmp_path / "project") == file


@pytest.mark.timeout(10)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / ".claude"
    folder.mkdir()
    os.mkfifo(folder / "settings.json")
    local = folder / "settings.local.json"
    local.write_text(json.dumps({"env": {"ANTHROPIC_BASE_URL": "x"}}))

    assert [each.file for each in overriding_settings(Config(), tmp_path, tmp_path)] == [local]
    assert key_helper(tmp_path, tmp_path) is None


@pytest.mark.parametrize("content", ["{", "[]", "5", '{"env": null}', '{"env": {"A": "b"}}'])
def test_other_settings_are_no_concern(tmp_path: Path, content: str) -> None:
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude" / "settings.json").write_text(content)

    assert list(overriding_settings(Config(), tmp_path, tmp_path)) == []


def test_settings_that_lead_to_the_router_are_no_concern(tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    ours = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:4000", "ANTHROPIC_AUTH_TOKEN": "k"}
    (tmp_path / ".claude" / "settings.json").write_text(json.dumps({"env": ours}))

    assert list(overriding_settings(Config(port=4000, api_key="k"), tmp_path, tmp_path)) == []
    assert len(list(overriding_settings(Config(port=4001), tmp_path, tmp_path))) == 1


@pytest.mark.parametrize(
    ("of_user", "of_project", "found"),
    [
        ({"apiKeyHelper": "a"}, {}, "home/.claude/settings.json"),
        ({"apiKeyHelper": "a"}, {"apiKeyHelper": "b"}, "project/.claude/settings.local.json"),
        ({"apiKeyHelper": "a"}, {"apiKeyHelper": None}, "home/.claude/settings.json"),
        ({"apiKeyHelper": "a"}, {"apiKeyHelper": ""}, ""),
        ({}, [], ""),
    ],
    ids=["the user's", "the project's wins", "none there", "switched off", "none"],
)
def test_the_file_with_the_program_for_keys_is_the_one_that_counts(
    tmp_path: Path, of_user: object, of_project: object, found: str
) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    for folder, name, content in (
        (home, "settings.json", of_user),
        (project, "settings.local.json", of_project),
    ):
        (folder / ".claude").mkdir(parents=True)
        (folder / ".claude" / name).write_text(json.dumps(content))

    assert key_helper(home, project) == (tmp_path / found if found else None)


# -- what a bundle leaves in the environment ---------------------------------------------------


def test_outside_of_a_bundle_nothing_is_taken_away() -> None:
    given = {"PYTHONPATH": "x", "QT_SCALE_FACTOR": "2", "LD_LIBRARY_PATH": "y"}

    assert outside_of_bundle(given) == {}
    assert own_environment(given) == given


def test_other_programs_do_not_get_the_libraries_of_the_bundle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", "/bundle", raising=False)
    given = {
        "HOME": "/home/me",
        "LD_LIBRARY_PATH": "/bundle:/mine",
        "LD_LIBRARY_PATH_ORIG": "/mine",
        "DYLD_LIBRARY_PATH": "/bundle",
        "PYTHONHOME": "/bundle",
        "QT_PLUGIN_PATH": "/bundle/qt",
        "_PYI_ARCHIVE_FILE": "/bundle/ccr",
    }

    assert own_environment(given) == {"HOME": "/home/me", "LD_LIBRARY_PATH": "/mine"}
