"""The real Claude Code as people use it: in a terminal."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.claude import NEWEST, QUIET, executable
from tests.support.process import clean_environment
from tests.support.programs import need
from tests.support.router import Router


class Terminal:
    """Claude Code in a window of tmux."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux.sock"), "-f", "/dev/null"]
        self._env = env

    def type(self, words: str) -> None:
        """Type words and send them."""
        self.run("send-keys", "-l", words)
        time.sleep(0.3)  # pasted text with its line end would stay a paste
        self.run("send-keys", "Enter")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], env=self._env, capture_output=True, text=True, check=False
        )
        return done.stdout

    def await_text(self, text: str, limit_s: float = 60) -> str:
        """The window, as soon as it shows *text*."""
        until = time.monotonic() + limit_s
        shown = ""
        while time.monotonic() < until:
            shown = self.run("capture-pane", "-p")
            if text in shown:
                return shown
            time.sleep(0.2)
        raise AssertionError(f"{text!r} was not shown:\n{shown}")


@contextmanager
def claude_in_a_terminal(
    folder: Path, router: Router, token: str, *arguments: str
) -> Iterator[Terminal]:
    """The newest client in a window, in an empty project, past all its first questions."""
    need("tmux")
    home, project = folder / "home", folder / "project"
    home.mkdir(exist_ok=True)
    project.mkdir(exist_ok=True)
    known = {"projects": {str(project): {"hasTrustDialogAccepted": True}}}
    (home / ".claude.json").write_text(
        json.dumps({"hasCompletedOnboarding": True, "theme": "dark", **known}), "utf-8"
    )
    variables = {
        **QUIET,
        **router.environment,
        "ANTHROPIC_BASE_URL": router.url,
        "ANTHROPIC_AUTH_TOKEN": token,
        "TERM": "xterm-256color",
    }
    shown = Terminal(folder, clean_environment(home, variables))
    window = ("-d", "-x", "150", "-y", "40", "-c", str(project))
    shown.run("new-session", *window, *executable(NEWEST), *arguments)
    try:
        yield shown
    finally:
        shown.run("kill-server")
