"""`ccr code`: what Claude Code is started with. Its own process is a script here."""

import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.cli import code, main
from ccr_desktop.core.config.schema import Config

SCRIPT = """\
#!{python}
import json, os, sys
open(os.environ["CLAUDE_REPORT"], "w").write(json.dumps(sys.argv[1:]))
sys.exit(int(os.environ.get("CLAUDE_EXIT", "0")))
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of POSIX")


class NoHold:
    def __init__(self, _config: Config) -> None: ...
    def close(self) -> None: ...


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without anything, where a service seems to run."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("CLAUDE_REPORT", str(tmp_path / "report.json"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CLAUDE_PATH", raising=False)
    monkeypatch.delenv("SERVICE_PORT", raising=False)
    monkeypatch.setattr(code, "is_running", lambda _: True)
    monkeypatch.setattr(code, "Hold", NoHold)
    return tmp_path


def install(folder: Path, content: str = SCRIPT, name: str = "claude") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(content.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    return program


def argv(home: Path) -> Any:
    return json.loads((home / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (["--", "--version"], ["--version"]),
        (["--", "--", "x"], ["--", "x"]),
        (["--help"], ["--help"]),
        (["--version"], ["--version"]),
        (["x", "--", "y"], ["x", "--", "y"]),
        (["--"], []),
        ([], []),
        (
            ["-p", "a $b `c` \"d\" 'e' \\f *", "", "g\nh"],
            ["-p", "a $b `c` \"d\" 'e' \\f *", "", "g\nh"],
        ),
    ],
    ids=str,
)
def test_only_a_leading_separator_is_taken_away(
    home: Path, given: list[str], passed: list[str]
) -> None:
    install(home / "bin")

    assert main.ccr(["code", *given]) == 0
    assert argv(home) == passed


@pytest.mark.parametrize("number", [0, 1, 42, 130])
def test_the_exit_code_of_claude_is_passed_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    install(home / "bin")
    monkeypatch.setenv("CLAUDE_EXIT", str(number))

    assert main.ccr(["code"]) == number


def test_a_signal_that_ends_claude_is_passed_on(home: Path) -> None:
    install(home / "bin", "#!/bin/sh\nkill -TERM $$\n")

    assert main.ccr(["code"]) == 128 + signal.SIGTERM


def test_an_interrupt_is_left_to_claude(home: Path) -> None:
    install(home / "bin", "#!/bin/sh\nkill -INT $PPID\nexit 7\n")

    before = signal.getsignal(signal.SIGINT)

    assert main.ccr(["code"]) == 7
    assert signal.getsignal(signal.SIGINT) is before


def test_a_missing_claude_is_told_with_how_to_install_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.ccr(["code"]) == 1
    assert "npm install -g @anthropic-ai/claude-code" in capsys.readouterr().err


@pytest.mark.parametrize("place", [".claude/local", ".local/bin", ".npm-global/bin"])
def test_claude_is_found_where_installers_put_it(home: Path, place: str) -> None:
    install(home / place)

    assert main.ccr(["code", "x"]) == 0
    assert argv(home) == ["x"]


def test_a_claude_that_cannot_be_run_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(home / "bin", "#!/no/such/interpreter\n")

    assert main.ccr(["code"]) == 1
    assert "CLAUDE_PATH" in capsys.readouterr().err


def test_a_claude_that_is_named_wins_over_the_path(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(home / "bin", "#!/bin/sh\nexit 9\n")
    monkeypatch.setenv("CLAUDE_PATH", str(install(home / "my tools", name="my claude")))

    assert main.ccr(["code", "x"]) == 0


def test_a_claude_that_is_named_but_missing_is_not_replaced_by_another(home: Path) -> None:
    install(home / "bin")

    with pytest.raises(code.CcrError, match="nowhere"):
        code.find_claude(Config(claude_path="/nowhere/claude"))


# -- the environment ---------------------------------------------------------------------------


def test_claude_is_led_to_the_router() -> None:
    made = code.claude_environment(Config(port=4000, api_key="k", api_timeout_ms=5), {"A": "b"})

    assert made["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:4000"
    assert made["ANTHROPIC_AUTH_TOKEN"] == "k"
    assert made["API_TIMEOUT_MS"] == "5"
    assert made["A"] == "b"


def test_the_model_for_small_tasks_is_told_to_claude() -> None:
    name = "ANTHROPIC_SMALL_FAST_MODEL"

    assert code.claude_environment(Config(small_fast_model="p,small"), {})[name] == "p,small"
    assert name not in code.claude_environment(Config(), {})


def test_a_router_without_a_key_still_has_a_token_for_claude() -> None:
    assert code.claude_environment(Config(), {})["ANTHROPIC_AUTH_TOKEN"]


@pytest.mark.parametrize(
    "name", ["ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX"]
)
def test_what_would_lead_claude_elsewhere_is_left_out(name: str) -> None:
    assert name not in code.claude_environment(Config(), {name: "x"})


def test_the_environment_of_this_process_is_not_changed() -> None:
    given = {"NO_PROXY": "x", "ANTHROPIC_API_KEY": "y"}

    code.claude_environment(Config(), given)

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
    made = code.claude_environment(Config(host="192.0.2.7", api_key="k"), given)

    assert {name for name in made if name.lower() == "no_proxy"} == spellings
    wanted = {"127.0.0.1", "localhost", "192.0.2.7"}
    if given:
        wanted |= {"a.example", "b.example"}
    assert all(set(made[name].split(",")) == wanted for name in spellings)


def test_a_machine_without_a_user_is_told_to_claude() -> None:
    attended = code.claude_environment(Config(), {"TERM": "xterm"})
    unattended = code.claude_environment(Config(non_interactive=True), {"TERM": "xterm"})

    assert (attended["TERM"], attended.get("CI")) == ("xterm", None)
    assert (unattended["TERM"], unattended["CI"], unattended["FORCE_COLOR"]) == (
        "dumb",
        "true",
        "0",
    )


# -- settings that win over the environment ----------------------------------------------------


def test_settings_that_lead_elsewhere_are_named(tmp_path: Path) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    for folder, name in ((home, "settings.json"), (project, "settings.local.json")):
        (folder / ".claude").mkdir(parents=True)
        (folder / ".claude" / name).write_text(json.dumps({"env": {"ANTHROPIC_BASE_URL": "x"}}))

    warnings = list(code.overriding_settings(home, project))

    assert len(warnings) == 2
    assert all("ANTHROPIC_BASE_URL" in warning for warning in warnings)


@pytest.mark.parametrize("content", ["{", "[]", "5", '{"env": null}', '{"env": {"A": "b"}}'])
def test_other_settings_are_no_concern(tmp_path: Path, content: str) -> None:
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude" / "settings.json").write_text(content)

    assert list(code.overriding_settings(tmp_path, tmp_path)) == []
