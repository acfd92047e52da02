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
    for name in ("SERVICE_PORT", "SHELL"):
        monkeypatch.delenv(name, raising=False)
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
