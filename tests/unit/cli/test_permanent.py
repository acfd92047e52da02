"""`ccr env --permanent`: shown, asked, done, and undone."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Home, Run

CONTENT = b'{\n  "model": "opus"\n}\n'


@pytest.fixture
def file(user: Home, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of Claude Code."""
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
    path = user.folder / ".claude" / "settings.json"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


def test_it_is_shown_and_done_on_a_yes_and_undone(file: Path, run: Run) -> None:
    said = run("env", "--permanent", typed="y\n")

    assert said.code == 0
    assert '+    "ANTHROPIC_BASE_URL": "http://127.0.0.1:3456"' in said.out
    assert b"ANTHROPIC_BASE_URL" in file.read_bytes()
    assert "already" in run("activate", "--permanent").out
    assert "as it was" in run("env", "--undo").out
    assert file.read_bytes() == CONTENT
    assert "nothing of the router's" in run("env", "--undo").out


@pytest.mark.parametrize(("typed", "code"), [("n\n", 1), ("\n", 1), (None, 2)])
def test_without_a_yes_nothing_changes(file: Path, run: Run, typed: str | None, code: int) -> None:
    assert run("env", "--permanent", typed=typed).code == code
    assert file.read_bytes() == CONTENT


def test_a_script_says_yes_by_an_option(file: Path, run: Run) -> None:
    file.write_bytes(b'{"env": {"ANTHROPIC_BASE_URL": "http://other"}}')

    said = run("env", "--permanent", "--yes")

    assert said.code == 0
    assert "Another program has set ANTHROPIC_BASE_URL" in said.err


def test_what_somebody_else_changed_since_is_told(file: Path, run: Run) -> None:
    run("env", "--permanent", "--yes")
    file.write_bytes(file.read_bytes().replace(b"127.0.0.1:3456", b"other"))

    assert "ANTHROPIC_BASE_URL stays" in run("env", "--undo").err


def test_with_a_key_it_says_who_can_read_the_file(file: Path, run: Run, user: Home) -> None:
    assert "read it" not in run("env", "--permanent").err
    user.write({"APIKEY": "sk-router-0123456789"})

    assert "only you can read it" in run("env", "--permanent").err
