"""The real Claude Code as people use it: in a terminal."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.claude import NEWEST, QUIET, executable
from tests.support.process import clean_environment
from tests.support.programs import need
from tests.support.router import Router

LIMIT_S = 60


class Terminal:
    """Claude Code in a window of tmux."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux.sock"), "-f", "/dev/null"]
        self._env = env

    def type(self, words: str) -> None:
        """Type words, which have to be shown somewhere once more, and send them.

        Read together with its line end, text would be taken for a paste, and stay one.
        """
        before = self.shown().count(words)
        self.run("send-keys", "-l", words)
        self._await(lambda shown: shown.count(words) > before, f"{words!r} was not taken")
        self.run("send-keys", "Enter")

    def shown(self) -> str:
        """The window as it is."""
        return self.run("capture-pane", "-p")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], env=self._env, capture_output=True, text=True, check=False
        )
        return done.stdout

    def await_text(self, text: str) -> str:
        """The window, as soon as it shows *text*."""
        return self._await(lambda shown: text in shown, f"{text!r} was not shown")

    def _await(self, is_so: Callable[[str], bool], words: str) -> str:
        until = time.monotonic() + LIMIT_S
        while not is_so(shown := self.shown()):
            assert time.monotonic() < until, f"{words}:\n{shown}"
            time.sleep(0.2)
        return shown


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
