"""Client, router and provider of one test, wired together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.claude import NEWEST, OLD, ClaudeRun, OutputFormat, run_claude
from tests.support.router import API_KEY, Router
from tests.support.turns import Answer
from tests.support.upstream import Request, Upstream

ALL_TOOLS = "--dangerously-skip-permissions"
e2e = [pytest.mark.e2e, pytest.mark.timeout(600)]
"""Marks of every module here; the first test that needs a client may have to fetch it."""
newest_only = pytest.mark.parametrize("stage", [NEWEST], indirect=True)
old_only = pytest.mark.parametrize("stage", [OLD], indirect=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One version of the client, in an empty folder, talking through the router."""

    version: str
    upstream: Upstream
    router: Router
    home: Path
    cwd: Path
    runs: list[ClaudeRun] = field(default_factory=list)

    def ask(
        self,
        prompt: str | None,
        *args: str,
        output: OutputFormat = "json",
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        token: str = API_KEY,
    ) -> ClaudeRun:
        """Run the client to the end of its turn."""
        run = run_claude(
            self.version,
            router_url=self.router.url,
            token=token,
            prompt=prompt,
            home=self.home,
            cwd=self.cwd,
            args=args,
            output=output,
            env_extra=env,
            stdin=stdin,
        )
        self.runs.append(run)
        return run

    def script(self, *answers: Answer) -> None:
        """Let the default route's model give these answers, in order."""
        self.upstream.script(*answers, model="main-model")

    def path(self, name: str) -> str:
        """A file of the client's folder, as tools name it."""
        return str(self.cwd / name)

    @property
    def main(self) -> list[Request]:
        """What the default route's model was asked."""
        return self.upstream.asked("main-model")

    def report(self) -> dict[str, str]:
        """What to show when the test fails, by heading."""
        return {
            "claude": "\n".join(run.report() for run in self.runs),
            "router stderr": self.router.stderr_tail(),
            "upstream requests": self.upstream.report(),
        }
