"""Variables and settings files that lead Claude Code past the router."""

import asyncio
import json
from pathlib import Path

import pytest

from ccr_desktop.doctor.check import Side, Verdict
from ccr_desktop.doctor.words import Words, say
from ccr_desktop.launch import environment
from ccr_desktop.launch.taking_out import Removal
from tests.unit.doctor.conftest import Look

_SECRET = "sk-planted-0123456789abcdef"
_KEYS = "ANTHROPIC_AUTH_TOKEN, ANTHROPIC_API_KEY"
_WITH_KEY = "and with another key (ANTHROPIC_API_KEY)"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (".bashrc", "export ANTHROPIC_BASE_URL=https://elsewhere.test"),
        (".zshrc", "  ANTHROPIC_AUTH_TOKEN=" + _SECRET),
        (".config/fish/config.fish", "set -gx ANTHROPIC_API_KEY " + _SECRET),
        (".config/environment.d/x.conf", "CLAUDE_CODE_USE_BEDROCK=1"),
        (".profile", "true; export CLAUDE_CODE_USE_VERTEX=1"),
        ("project/.envrc", 'export ANTHROPIC_BASE_URL="x"'),
    ],
)
def test_the_line_that_sets_a_variable_is_named_without_its_value(
    look: Look, home: Path, file: str, line: str
) -> None:
    path = home / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# export ANTHROPIC_BASE_URL=remark\n\n{line}\n", "utf-8")

    finding = look("variables")

    assert finding.verdict is Verdict.WARNING
    assert [detail.partition(": ")[2] for detail in finding.details] == [f"{path}, line 3"]
    assert _SECRET not in repr(finding)


def test_a_variable_without_a_line_is_of_the_environment(look: Look) -> None:
    finding = look("variables", None, {"ANTHROPIC_BASE_URL": "https://u:pw@elsewhere.test"})

    assert finding.verdict is Verdict.WARNING
    assert finding.details == ("ANTHROPIC_BASE_URL: environment of this process",)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"ANTHROPIC_BASE_URL": "http://127.0.0.1:3456", "ANTHROPIC_AUTH_TOKEN": "ccr-desktop"},
        {"CLAUDE_CODE_USE_BEDROCK": "0"},
    ],
    ids=["none", "ours", "switched off"],
)
def test_variables_that_lead_here_are_fine(look: Look, given: dict[str, str]) -> None:
    assert look("variables", None, given).verdict is Verdict.OK


@pytest.mark.parametrize(
    "file",
    [
        ".claude/settings.json",
        "project/.claude/settings.json",
        "project/.claude/settings.local.json",
    ],
)
def test_a_settings_file_that_leads_elsewhere_is_a_problem(
    look: Look, home: Path, file: str
) -> None:
    path = home / file
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": _SECRET}}), "utf-8")

    finding = look("claude-settings")

    assert (finding.verdict, finding.side) == (Verdict.PROBLEM, Side.CLAUDE)
    assert str(finding.text) == (
        f"{path} gives Claude Code another key than the router's: ANTHROPIC_AUTH_TOKEN."
    )
    assert _SECRET not in repr(finding)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        (
            {"ANTHROPIC_BASE_URL": "https://x.test"},
            "leads Claude Code elsewhere: ANTHROPIC_BASE_URL.",
        ),
        (
            {"ANTHROPIC_AUTH_TOKEN": _SECRET, "ANTHROPIC_API_KEY": _SECRET},
            f"gives Claude Code another key than the router's: {_KEYS}.",
        ),
        (
            {"ANTHROPIC_API_KEY": _SECRET, "CLAUDE_CODE_USE_VERTEX": "1"},
            f"leads Claude Code elsewhere (CLAUDE_CODE_USE_VERTEX), {_WITH_KEY}.",
        ),
    ],
    ids=["an address", "keys", "both"],
)
def test_an_address_and_a_key_are_told_apart(
    look: Look, home: Path, variables: dict[str, str], said: str
) -> None:
    path = home / ".claude" / "settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"env": variables}), "utf-8")

    assert str(look("claude-settings").text) == f"{path} {said}"


def test_a_key_of_the_environment_leads_nowhere(look: Look) -> None:
    said = str(look("variables", None, {"ANTHROPIC_API_KEY": _SECRET}).text)
    assert said == "A plain `claude` may send another key than the router's: ANTHROPIC_API_KEY."
    both = {"ANTHROPIC_API_KEY": _SECRET, "ANTHROPIC_BASE_URL": "https://x.test"}
    said = str(look("variables", None, both).text)
    assert said == "A plain `claude` may go elsewhere: ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY."


def test_a_managed_file_is_for_an_administrator(
    look: Look, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed = home / "managed-settings.json"
    managed.write_text(json.dumps({"env": {"CLAUDE_CODE_USE_VERTEX": "1"}}), "utf-8")
    monkeypatch.setattr(environment, "_MANAGED", {"linux": home, "darwin": home, "win32": home})

    finding = look("claude-settings")

    assert finding.verdict is Verdict.PROBLEM
    assert "administers" in str(finding.remedy)


def test_a_damaged_settings_file_is_a_warning(look: Look, home: Path) -> None:
    (home / ".claude").mkdir()
    (home / ".claude" / "settings.json").write_text("{", "utf-8")

    assert look("claude-settings").verdict is Verdict.WARNING
    assert look("claude-settings").text.text


def test_a_program_for_keys_is_told_with_a_way_out(look: Look, home: Path) -> None:
    path = home / "project" / ".claude" / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"apiKeyHelper": f"echo {_SECRET}", "mine": 1}), "utf-8")
    shown: list[Removal] = []

    async def take_out(planned: Removal) -> Words:
        shown.append(planned)
        return say("Done.")

    finding = look("claude-settings")
    assert (finding.verdict, finding.side) == (Verdict.WARNING, Side.CLAUDE)
    assert str(finding.text).startswith(f"{path} has Claude Code ask a program for a key")
    assert finding.repair is None
    assert _SECRET not in repr(finding)
    finding = look("claude-settings", take_out=take_out)
    assert finding.repair
    assert str(asyncio.run(finding.repair.apply())) == "Done."
    assert json.loads(shown[0].after) == {"mine": 1}


def test_a_file_that_leads_elsewhere_comes_before_a_program_for_keys(
    look: Look, home: Path
) -> None:
    path = home / ".claude" / "settings.json"
    path.parent.mkdir()
    both = {"env": {"ANTHROPIC_BASE_URL": "https://x.test"}, "apiKeyHelper": "x"}
    path.write_text(json.dumps(both), "utf-8")

    assert look("claude-settings").verdict is Verdict.PROBLEM


def test_a_managed_program_for_keys_is_for_an_administrator(
    look: Look, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "managed-settings.json").write_text('{"apiKeyHelper": "x"}', "utf-8")
    monkeypatch.setattr(environment, "_MANAGED", {"linux": home, "darwin": home, "win32": home})

    async def take_out(_: Removal) -> Words:
        raise AssertionError

    finding = look("claude-settings", take_out=take_out)

    assert finding.repair is None
    assert "administers" in str(finding.remedy)


def test_it_is_taken_out_where_a_person_can_be_asked(look: Look, home: Path) -> None:
    path = home / ".claude" / "settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"env": {"ANTHROPIC_BASE_URL": "https://x.test"}}), "utf-8")
    shown: list[Removal] = []

    async def take_out(planned: Removal) -> Words:
        shown.append(planned)
        return say("Done.")

    assert look("claude-settings").repair is None
    finding = look("claude-settings", take_out=take_out)
    assert finding.repair
    assert finding.place == str(path)
    assert str(asyncio.run(finding.repair.apply())) == "Done."

    assert [(each.path, each.names) for each in shown] == [(path, ("ANTHROPIC_BASE_URL",))]


def test_a_managed_file_is_taken_out_of_by_nobody(
    look: Look, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed = home / "managed-settings.json"
    managed.write_text(json.dumps({"env": {"CLAUDE_CODE_USE_VERTEX": "1"}}), "utf-8")
    monkeypatch.setattr(environment, "_MANAGED", {"linux": home, "darwin": home, "win32": home})

    async def take_out(_: Removal) -> Words:
        raise AssertionError

    assert look("claude-settings", take_out=take_out).repair is None
