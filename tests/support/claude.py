"""The real Claude Code command line: fetched from npm once, run without a prompt or a trace."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

import pytest

from tests.support.process import clean_environment, run_bounded
from tests.support.turns import JsonObject

NEWEST = "2.1.330"
OLD = "1.0.128"
PACKAGE = "@anthropic-ai/claude-code"
BUILDS = Path(__file__).parents[2] / "build" / "claude"
RUN_TIMEOUT_S = 180
NPM_TIMEOUT_S = 300
NOWHERE = "http://127.0.0.1:9"
"""A proxy that refuses everything: what is not for loopback ends here."""

QUIET = {
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL": "1",
    "DISABLE_AUTOUPDATER": "1",
    "DISABLE_BUG_COMMAND": "1",
    "DISABLE_ERROR_REPORTING": "1",
    "DISABLE_TELEMETRY": "1",
    "HTTPS_PROXY": NOWHERE,
    "IS_SANDBOX": "1",
    "NO_PROXY": "127.0.0.1,localhost",
}
"""No telemetry, no updates, nothing outside loopback, and all tools also for root."""

OutputFormat = Literal["json", "stream-json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaudeRun:
    """What one run of the client left behind."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def events(self) -> list[JsonObject]:
        """All objects it printed: one in json mode, one a message in stream-json mode."""
        lines = (line for line in self.stdout.splitlines() if line.startswith("{"))
        return [json.loads(line) for line in lines]

    @property
    def result(self) -> JsonObject:
        """The closing `result` object; empty when the client printed none."""
        return next((e for e in reversed(self.events) if e.get("type") == "result"), {})

    @property
    def answer(self) -> str:
        """The words of the last answer."""
        return str(self.result.get("result", ""))

    @property
    def session_id(self) -> str:
        """The conversation, as `--resume` wants it."""
        return str(self.result.get("session_id", ""))

    def blocks(self, kind: str) -> list[JsonObject]:
        """Content blocks of one type in the answers that stream-json shows."""
        messages = [e["message"] for e in self.events if e.get("type") == "assistant"]
        return [b for message in messages for b in message["content"] if b["type"] == kind]

    def report(self) -> str:
        """Everything, for a failure report."""
        tail = self.stdout[-6000:]
        return f"exit code {self.exit_code}\n--- stdout\n{tail}\n--- stderr\n{self.stderr[-3000:]}"


def run_claude(
    version: str,
    *,
    router_url: str,
    token: str,
    prompt: str | None,
    home: Path,
    cwd: Path,
    args: Sequence[str] = (),
    output: OutputFormat = "json",
    env_extra: Mapping[str, str] | None = None,
    stdin: str | None = None,
    timeout_s: float = RUN_TIMEOUT_S,
) -> ClaudeRun:
    """Let the client answer one prompt (or standard input) against a router on loopback."""
    environment = {
        **QUIET,
        "ANTHROPIC_BASE_URL": router_url,
        "ANTHROPIC_AUTH_TOKEN": token,
        **(env_extra or {}),
    }
    verbose = ["--verbose"] if output == "stream-json" else []
    words = [] if prompt is None else [prompt]
    done = run_bounded(
        [*executable(version), "-p", *words, "--output-format", output, *verbose, *args],
        cwd=cwd,
        env=clean_environment(home, environment),
        timeout_s=timeout_s,
        stdin=stdin,
    )
    return ClaudeRun(exit_code=done.returncode, stdout=done.stdout, stderr=done.stderr)


def executable(version: str) -> list[str]:
    """The command that starts this version; fetches it first when it is not there."""
    folder = BUILDS / version
    if not folder.exists():
        _fetch(version, folder)
    return _command(folder / "node_modules")


def _command(modules: Path) -> list[str]:
    native = sorted(modules.glob(f"{PACKAGE}-*/claude*"))
    programs = [path for path in native if path.suffix in ("", ".exe")]
    if programs:
        return [str(programs[0])]
    node = shutil.which("node")
    if node is None:
        _unavailable("node is not installed")
    return [node, str(modules / PACKAGE / "cli.js")]


def _fetch(version: str, folder: Path) -> None:
    """Install beside the target and move it there, so that parallel test runs never see half."""
    npm = shutil.which("npm")
    if npm is None:
        _unavailable("npm is not installed")
    BUILDS.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{version}-", dir=BUILDS))
    try:
        _npm_install(npm, f"{PACKAGE}@{version}", fresh)
        if not folder.exists():
            fresh.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _npm_install(npm: str, package: str, folder: Path) -> None:
    quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    foreign = ("ANTHROPIC", "CLAUDE")
    env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    try:
        done = subprocess.run(
            [npm, "install", "--prefix", str(folder), *quiet, package],
            cwd=folder,
            env=env,
            check=False,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=NPM_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        _unavailable(f"npm did not fetch {package} within {NPM_TIMEOUT_S} s")
    if done.returncode:
        _unavailable(f"npm could not fetch {package}: {done.stderr[-2000:]}")


def _unavailable(reason: str) -> NoReturn:
    """Leave the test out on a developer's machine; where tests are the judge, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
