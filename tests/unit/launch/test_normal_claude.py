"""Leading a plain `claude` to the router by its settings, and back."""

import json
import sys
from pathlib import Path

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.errors import CcrError, ConfigConflict
from ccr_desktop.launch import normal_claude

CONFIG = Config(port=4000, api_key="sk-router-0123456789", api_timeout_ms=5)
OURS = {
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:4000",
    "ANTHROPIC_AUTH_TOKEN": "sk-router-0123456789",
    "API_TIMEOUT_MS": "5",
}
ODD = b'{"model" : "opus",\n\t"env":{"A":"1"  },\n "hooks": {"x": [1,  2]}}'


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Claude Code keeps its settings; there is no such file."""
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "claude"))
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    (tmp_path / "claude").mkdir()
    return tmp_path / "claude" / "settings.json"


def switch_on(config: Config = CONFIG, *, confirmed: bool = False) -> None:
    normal_claude.apply(normal_claude.plan(config), confirmed=confirmed)


def kind(config: Config = CONFIG) -> str:
    return normal_claude.state(config).kind


def env(file: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(file.read_bytes().decode("utf-8-sig"))["env"]
    return found


def test_without_a_file_one_is_made_and_taken_away(file: Path) -> None:
    assert kind() == "off"

    switch_on()

    assert env(file) == OURS
    assert kind() == "on"
    assert normal_claude.state(CONFIG).address == OURS["ANTHROPIC_BASE_URL"]
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600
    assert normal_claude.undo(CONFIG) == ()
    assert list(file.parent.iterdir()) == []
    assert kind() == "off"


@pytest.mark.parametrize(
    "content",
    [
        ODD,
        b"{}",
        b"{ }\r\n",
        b'{"env": {}}',
        b'\xef\xbb\xbf{\r\n\t"a": "\\u00e9\xc3\xa9"\r\n}',
        b'{"env": {"API_TIMEOUT_MS": "5", "X": 1}}\n\n',
        b"",
        b" \r\n",
        b"\xef\xbb\xbf\n",
    ],
)
def test_going_back_leaves_every_byte_as_it_was(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    switch_on()
    during = file.read_bytes()
    [copy] = file.parent.glob("settings.json.before-ccr-*")

    assert OURS.items() <= env(file).items()
    assert copy.read_bytes() == content
    assert normal_claude.undo(CONFIG) == ()
    assert file.read_bytes() == content != during
    assert list(file.parent.iterdir()) == [file]


def test_only_our_variables_are_merged(file: Path) -> None:
    file.write_bytes(ODD)

    switch_on()

    text = file.read_bytes()
    for part in (b'{"model" : "opus",\n\t"env":{"A":"1"', b'},\n "hooks": {"x": [1,  2]}}'):
        assert part in text
    assert env(file) == {"A": "1", **OURS}


def test_the_plan_shows_what_would_change_and_changes_nothing(file: Path) -> None:
    file.write_bytes(b'{\n  "env": {\n    "GITHUB_TOKEN": "ghp_abcdefghijklmnop"\n  }\n}\n')

    planned = normal_claude.plan(CONFIG)

    assert '+    "ANTHROPIC_BASE_URL": "http://127.0.0.1:4000",' in planned.diff
    assert '+    "ANTHROPIC_AUTH_TOKEN": "...6789",' in planned.diff
    assert "sk-router" not in planned.diff + repr(planned)
    assert "ghp_abc" not in planned.diff + repr(planned)
    assert planned.replaces == ()
    assert b"ANTHROPIC" not in file.read_bytes()


def test_what_was_changed_meanwhile_by_others_stays(file: Path) -> None:
    file.write_bytes(b'{\n  "model": "opus"\n}\n')
    switch_on()
    changed = json.loads(file.read_text("utf-8"))
    changed["model"] = "haiku"
    changed["env"]["NEW"] = "x"
    file.write_text(json.dumps(changed, indent=2), "utf-8")
    assert kind() == "on"

    assert normal_claude.undo(CONFIG) == ()
    assert json.loads(file.read_text("utf-8")) == {"model": "haiku", "env": {"NEW": "x"}}


def test_an_env_of_ours_goes_with_our_variables(file: Path) -> None:
    file.write_bytes(b'{\n  "model": "opus"\n}\n')
    switch_on()
    file.write_bytes(file.read_bytes().replace(b"opus", b"haiku"))

    normal_claude.undo(CONFIG)

    assert file.read_bytes() == b'{\n  "model": "haiku"\n}\n'


def test_values_of_another_program_are_replaced_only_on_confirmation(file: Path) -> None:
    foreign = {"ANTHROPIC_BASE_URL": "http://other:1", "ANTHROPIC_API_KEY": "sk-other-key"}
    content = json.dumps({"env": foreign}).encode()
    file.write_bytes(content)
    assert (kind(), normal_claude.state(CONFIG).address) == ("foreign", "http://other:1")

    planned = normal_claude.plan(CONFIG)
    with pytest.raises(CcrError, match="ANTHROPIC_BASE_URL"):
        normal_claude.apply(planned)
    assert file.read_bytes() == content

    assert set(planned.replaces) == set(foreign)
    normal_claude.apply(planned, confirmed=True)
    assert env(file) == OURS
    normal_claude.undo(CONFIG)
    assert file.read_bytes() == content


def test_values_of_another_program_come_back_also_when_the_file_changed(file: Path) -> None:
    foreign = {"ANTHROPIC_BASE_URL": "http://other:1", "ANTHROPIC_API_KEY": "k", "Z": "1"}
    file.write_text(json.dumps({"env": foreign}), "utf-8")
    switch_on(confirmed=True)
    file.write_bytes(file.read_bytes().replace(b'"Z": "1"', b'"Z": "2"'))

    normal_claude.undo(CONFIG)

    assert env(file) == {**foreign, "Z": "2"}


def test_a_variable_that_somebody_else_set_since_is_left_and_told(file: Path) -> None:
    switch_on()
    text = file.read_text("utf-8").replace("127.0.0.1:4000", "elsewhere")
    file.write_text(text, "utf-8")
    assert kind() == "changed"

    assert normal_claude.undo(CONFIG) == ("ANTHROPIC_BASE_URL",)
    assert env(file) == {"ANTHROPIC_BASE_URL": "http://elsewhere"}
    assert kind() == "foreign"


def test_a_router_that_moved_is_followed_and_all_goes_back(file: Path) -> None:
    content = b'{"env": {"ANTHROPIC_API_KEY": "mine"}, "x": 1}'
    file.write_bytes(content)
    switch_on(Config(port=4000, small_fast_model="p,small"), confirmed=True)
    moved = Config(port=5000)
    assert kind(moved) == "outdated"

    assert normal_claude.plan(moved).replaces == ()
    switch_on(moved)

    assert kind(moved) == "on"
    assert "ANTHROPIC_SMALL_FAST_MODEL" not in env(file)
    assert "ANTHROPIC_API_KEY" not in env(file)
    normal_claude.undo(moved)
    assert file.read_bytes() == content


def test_a_file_that_changed_while_the_router_moved_gets_back_what_it_had(file: Path) -> None:
    file.write_bytes(b'{"env": {"API_TIMEOUT_MS": "7"}, "x": 1}')
    switch_on(confirmed=True)
    file.write_bytes(file.read_bytes().replace(b'"x": 1', b'"x": 2'))
    switch_on(Config(port=5000))

    normal_claude.undo(Config(port=5000))

    assert file.read_bytes() == b'{"env": {"API_TIMEOUT_MS": "7"}, "x": 2}'


def test_switching_on_twice_changes_nothing_more(file: Path) -> None:
    file.write_bytes(ODD)
    switch_on()
    once = file.read_bytes()

    assert normal_claude.plan(CONFIG).diff == ""
    switch_on()

    assert file.read_bytes() == once
    normal_claude.undo(CONFIG)
    assert file.read_bytes() == ODD


def test_a_file_that_changed_since_it_was_shown_is_left(file: Path) -> None:
    planned = normal_claude.plan(CONFIG)
    file.write_bytes(b'{"new": 1}')

    with pytest.raises(ConfigConflict):
        normal_claude.apply(planned)
    assert file.read_bytes() == b'{"new": 1}'


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"env": null}', b"\xff", b"{} // x"])
def test_a_file_that_is_no_settings_is_refused_and_left(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    for attempt in (normal_claude.plan, normal_claude.undo):
        with pytest.raises(CcrError, match="left as it is"):
            attempt(CONFIG)
    assert kind() == "unreadable"
    assert str(file) in normal_claude.state(CONFIG).problem
    assert file.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(file: Path) -> None:
    real = file.parents[1] / "dotfiles" / "claude.json"
    real.parent.mkdir()
    real.write_bytes(ODD)
    file.symlink_to(real)

    switch_on()
    assert file.is_symlink()
    assert OURS.items() <= env(real).items()

    normal_claude.undo(CONFIG)
    assert file.is_symlink()
    assert real.read_bytes() == ODD


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nothing_is_refused(file: Path) -> None:
    file.symlink_to(file.parent / "gone")

    with pytest.raises(CcrError, match="link"):
        normal_claude.plan(CONFIG)


def test_a_folder_that_cannot_be_written_is_told(file: Path) -> None:
    file.parent.rmdir()
    file.parent.write_text("no folder", encoding="utf-8")

    with pytest.raises(CcrError, match="can't be written"):
        switch_on()
    assert kind() == "off"
    assert list((file.parents[1] / "desk" / "data").iterdir()) == []


def test_what_we_wrote_is_taken_away_also_when_our_notes_are_lost(file: Path) -> None:
    file.write_bytes(b'{\n  "x": 1\n}')
    switch_on()
    for note in (file.parents[1] / "desk" / "data").iterdir():
        note.unlink()
    assert kind() == "on"

    normal_claude.undo(CONFIG)

    assert file.read_bytes() == b'{\n  "x": 1\n}'


def test_a_lost_copy_does_not_keep_our_variables(file: Path) -> None:
    file.write_bytes(b'{\n  "x": 1\n}')
    switch_on()
    next(file.parent.glob("*.before-ccr-*")).unlink()

    normal_claude.undo(CONFIG)

    assert file.read_bytes() == b'{\n  "x": 1\n}'


def test_a_file_that_the_user_took_away_is_not_made_again(file: Path) -> None:
    switch_on()
    file.unlink()

    assert kind() == "off"
    assert normal_claude.undo(CONFIG) == ()
    assert not file.exists()


def test_a_key_that_is_there_twice_goes_and_comes_back(file: Path) -> None:
    twice = b'{"env":{"ANTHROPIC_API_KEY":"one","B":"1","ANTHROPIC_API_KEY":"two"}}'
    file.write_bytes(twice)

    switch_on(confirmed=True)

    assert b"ANTHROPIC_API_KEY" not in file.read_bytes()
    assert kind() == "on"
    normal_claude.undo(CONFIG)
    assert file.read_bytes() == twice


def test_a_key_that_came_since_is_told_and_can_be_taken_out(file: Path) -> None:
    switch_on()
    file.write_text(json.dumps({"env": {**OURS, "ANTHROPIC_API_KEY": "one"}}))

    assert kind() == "changed"
    switch_on(confirmed=True)
    assert env(file) == OURS
    assert kind() == "on"
