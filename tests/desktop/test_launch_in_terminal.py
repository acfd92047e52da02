"""The real Claude Code, opened in a real terminal by `ccr launch`, and typed to."""

import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.desktop.session import Desktop
from tests.desktop.user import ClaudeUser
from tests.desktop.waiting import until
from tests.support.claude import NEWEST, executable
from tests.support.process import clean_environment, run_bounded
from tests.support.router import CCR, Router, config, start_router
from tests.support.turns import text
from tests.support.upstream import Upstream

KEY = "sk-of-this-router-4711"
WINDOW = {"kind": "xterm"}
pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="needs an X server"),
]


@dataclass(frozen=True, slots=True)
class Desk:
    """A user in front of a screen, with a router that runs without the app."""

    desktop: Desktop
    provider: Upstream
    router: Router
    user: ClaudeUser

    def launch(self, *options: str, program: str = "") -> subprocess.CompletedProcess[str]:
        variables = {
            **self.user.variables,
            **self.router.environment,
            "DISPLAY": self.desktop.environment["DISPLAY"],
            **({"CLAUDE_PATH": program} if program else {}),
        }
        return run_bounded(
            [*CCR, "launch", str(self.user.project), "--terminal", "xterm", *options],
            cwd=self.user.home,
            env=clean_environment(self.user.home, variables),
            timeout_s=60,
        )

    def send(self, window: str, words: str, is_taken: Callable[[], object], what: str) -> None:
        """Type *words* and send them: a key that comes along with them would be part of a paste."""
        self.desktop.screen.focus(window)
        self.desktop.screen.type(words)
        until(lambda: is_taken() or self.desktop.screen.key("Return"), what)

    @property
    def is_closed(self) -> bool:
        return not self.desktop.screen.windows(**WINDOW)

    def scripts(self) -> list[Path]:
        """Those that no terminal has run yet."""
        run = Path(self.router.environment["CCR_DESKTOP_HOME"]) / "data" / "run"
        return list(run.glob("launch-*"))


@pytest.fixture
def desk(desktop: Desktop, provider: Upstream, tmp_path: Path) -> Iterator[Desk]:
    user = ClaudeUser(desktop)
    router = start_router(tmp_path, {**config(provider.chat_url), "APIKEY": KEY})
    try:
        yield Desk(desktop, provider, router, user)
    finally:
        router.stop()


def command_lines() -> list[str]:
    found = (process.info["cmdline"] for process in psutil.process_iter(["cmdline"]))
    return [" ".join(words) for words in found if words]


def test_claude_opens_in_a_terminal_and_its_questions_reach_the_provider(desk: Desk) -> None:
    desk.provider.script(text("Hello you."), text("Done."), model="main-model")
    before = desk.user.files()

    launched = desk.launch("--", "Say hello to me")
    window = desk.desktop.screen.window(**WINDOW)
    until(lambda: desk.provider.asked("main-model"), "the first request")
    lines = command_lines()
    desk.send(
        window,
        "And now say done",
        lambda: len(desk.provider.asked("main-model")) > 1,
        "what was typed",
    )

    assert launched.returncode == 0, launched.stderr
    first, second = desk.provider.asked("main-model")[:2]
    assert "Say hello to me" in first.texts("user")
    assert "And now say done" in second.texts("user")
    assert str(desk.user.project) in json.dumps(first.body, ensure_ascii=False)
    assert [line for line in lines if KEY in line] == []
    assert desk.scripts() == []
    assert desk.user.has_untouched(before)


def test_a_claude_that_fails_stays_on_the_screen_until_enter(desk: Desk) -> None:
    ended = desk.user.home / "ended"
    program = desk.user.home / "claude"
    real = shlex.join(executable(NEWEST))
    program.write_text(f'#!/bin/sh\n{real} "$@"\ncode=$?\n: >{ended}\nexit $code\n', "utf-8")
    program.chmod(0o755)

    desk.launch("--", "--no-such-option", program=str(program))
    window = desk.desktop.screen.window(**WINDOW)
    until(ended.exists, "the end of Claude Code")

    assert window in desk.desktop.screen.windows(**WINDOW)
    desk.desktop.screen.focus(window)
    desk.desktop.screen.key("Return")
    until(lambda: desk.is_closed, "the end of the window")


def test_the_last_session_goes_on_in_a_terminal(desk: Desk) -> None:
    desk.provider.script(text("One."), text("Two."), model="main-model")
    desk.launch("--", "The first question")
    until(lambda: desk.provider.asked("main-model"), "the first request")
    window = desk.desktop.screen.window(**WINDOW)
    desk.send(window, "/exit", lambda: desk.is_closed, "the end of the window")

    desk.launch("--continue", "--", "--permission-mode", "default", "The next one")
    until(lambda: len(desk.provider.asked("main-model")) > 1, "the next request")

    said = desk.provider.asked("main-model")[-1].texts("user")
    assert "The first question" in said
    assert "The next one" in said
