"""The real Claude Code, opened in a real terminal by `ccr launch`, and typed to."""

import hashlib
import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.desktop.bare_screen import Screen, await_, open_screen
from tests.support.claude import NEWEST, QUIET, executable
from tests.support.process import clean_environment, run_bounded
from tests.support.router import CCR, Router, config, start_router
from tests.support.turns import text
from tests.support.upstream import Upstream

KEY = "sk-of-this-router-4711"
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="needs an X server"),
]


@dataclass(frozen=True, slots=True)
class Desk:
    """A user in front of a screen, with a project and settings of his own."""

    screen: Screen
    upstream: Upstream
    router: Router
    home: Path
    project: Path

    def launch(self, *options: str, program: str = "") -> subprocess.CompletedProcess[str]:
        variables = {
            **QUIET,
            **self.router.environment,
            "CLAUDE_PATH": program or executable(NEWEST)[0],
            "DISPLAY": self.screen.display,
        }
        return run_bounded(
            [*CCR, "launch", str(self.project), "--terminal", "xterm", *options],
            cwd=self.home,
            env=clean_environment(self.home, variables),
            timeout_s=60,
        )

    def scripts(self) -> list[Path]:
        """Those that no terminal has run yet."""
        run = Path(self.router.environment["CCR_DESKTOP_HOME"]) / "data" / "run"
        return list(run.glob("launch-*"))

    def files(self) -> dict[Path, str]:
        """The user's own; `.claude.json`, where Claude Code notes its runs, is left out."""
        folders = (self.home / ".claude", self.project)
        paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    executable(NEWEST)
    home, project, folder = (tmp_path / name for name in ("home", "it's a project", "router"))
    for place in (home / ".claude", project / ".claude", folder):
        place.mkdir(parents=True)
    known = {"hasTrustDialogAccepted": True, "allowedTools": []}
    seen = ("hasCompletedOnboarding", "hasSeenAutoDefaultNotice", "hasSeenAutoDefaultNudge")
    state = {**dict.fromkeys(seen, True), "theme": "dark", "projects": {str(project): known}}
    (home / ".claude.json").write_text(json.dumps(state), encoding="utf-8")
    (home / ".claude" / "settings.json").write_text('{ "cleanupPeriodDays":  9 }', "utf-8")
    (home / ".claude" / "CLAUDE.md").write_text("Be brief.\n", "utf-8")
    (project / ".claude" / "settings.local.json").write_text('{"env": {"A": "b"}}', "utf-8")
    with open_screen() as screen, Upstream() as upstream:
        configuration = {**config(upstream.chat_url), "APIKEY": KEY}
        router = start_router(folder, configuration)
        try:
            yield Desk(screen, upstream, router, home, project)
        finally:
            router.stop()


def command_lines() -> list[str]:
    found = (process.info["cmdline"] for process in psutil.process_iter(["cmdline"]))
    return [" ".join(words) for words in found if words]


def test_claude_opens_in_a_terminal_and_its_questions_reach_the_provider(desk: Desk) -> None:
    desk.upstream.script(text("Hello you."), text("Done."), model="main-model")
    before = desk.files()

    launched = desk.launch("--", "Say hello to me")
    window = desk.screen.window("xterm")
    await_(lambda: desk.upstream.asked("main-model"), "the first request")
    lines = command_lines()
    desk.screen.type(window, "And now say done")
    await_(lambda: len(desk.upstream.asked("main-model")) > 1, "what was typed")

    assert launched.returncode == 0, launched.stderr
    first, second = desk.upstream.asked("main-model")[:2]
    assert "Say hello to me" in first.texts("user")
    assert "And now say done" in second.texts("user")
    assert str(desk.project) in json.dumps(first.body, ensure_ascii=False)
    assert [line for line in lines if KEY in line] == []
    assert desk.scripts() == []
    after = desk.files()
    assert {path: after[path] for path in before} == before
    assert not [path for path in after if "settings" in path.name and path not in before]


def test_a_claude_that_fails_stays_on_the_screen_until_enter(desk: Desk) -> None:
    ended = desk.home / "ended"
    program = desk.home / "claude"
    real = shlex.join(executable(NEWEST))
    program.write_text(f'#!/bin/sh\n{real} "$@"\ncode=$?\n: >{ended}\nexit $code\n', "utf-8")
    program.chmod(0o755)

    desk.launch("--", "--no-such-option", program=str(program))
    window = desk.screen.window("xterm")
    await_(ended.exists, "the end of Claude Code")

    assert desk.screen.has_window(window)
    desk.screen.type(window, "")
    await_(lambda: not desk.screen.has_window(window), "the end of the window")


def test_the_last_session_goes_on_in_a_terminal(desk: Desk) -> None:
    desk.upstream.script(text("One."), text("Two."), model="main-model")
    desk.launch("--", "The first question")
    await_(lambda: desk.upstream.asked("main-model"), "the first request")
    first = desk.screen.window("xterm")
    desk.screen.type(first, "/exit")
    await_(lambda: not desk.screen.has_window(first), "the end of the first window")

    desk.launch("--continue", "--", "--permission-mode", "default", "The next one")
    await_(lambda: len(desk.upstream.asked("main-model")) > 1, "the next request")

    said = desk.upstream.asked("main-model")[-1].texts("user")
    assert "The first question" in said
    assert "The next one" in said
