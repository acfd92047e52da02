"""A user's machine: commands as real processes, real ports, a home of its own."""

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.ports import free_port
from tests.support.process import clean_environment, run_bounded

PACKAGE_PARENT = Path(__file__).parents[2]
LIMIT_S = 120
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and scripts of POSIX")
FAKE_CLAUDE = """\
#!{python}
import json, os, sys, urllib.request
place = os.environ["CLAUDE_REPORT"]
health = urllib.request.urlopen(os.environ["ANTHROPIC_BASE_URL"] + "/health").read().decode()
report = {{"argv": sys.argv[1:], "env": dict(os.environ), "health": health,
          "stdin": sys.stdin.read() if "--read-stdin" in sys.argv else ""}}
open(place, "w").write(json.dumps(report))
if "CLAUDE_WAITS_FOR" in os.environ:
    open(os.environ["CLAUDE_WAITS_FOR"]).read()
sys.exit(int(os.environ.get("CLAUDE_EXIT", "0")))
"""


@dataclass(slots=True)
class Desk:
    """A user's machine: a home, a folder of programs, a free port."""

    home: Path
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def report(self) -> Any:
        """What the stand-in for Claude Code saw."""
        return json.loads((self.home / "report.json").read_text(encoding="utf-8"))

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "CCR_DESKTOP_HOME": str(self.home / "desk"),
            "PYTHONPATH": str(PACKAGE_PARENT),
            "SERVICE_PORT": str(self.port),
            "CLAUDE_REPORT": str(self.home / "report.json"),
        }
        return clean_environment(self.home, {**own, **self.extra})

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "ccr_desktop", *arguments]  # as the script `ccr` does

    def ccr(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        command = self.command(*arguments)
        return run_bounded(
            command, cwd=self.home, env=self.environment, timeout_s=LIMIT_S, stdin=stdin
        )

    def write_config(self, content: Any) -> Path:
        path = self.home / "desk" / "config" / "config.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    def install_claude(self, content: str = FAKE_CLAUDE) -> Path:
        """A stand-in for Claude Code on the PATH."""
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "claude"
        program.write_text(content.format(python=sys.executable), encoding="utf-8")
        program.chmod(0o755)
        self.extra["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
        return program

    def is_served(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def listens(self) -> bool:
        """Whether connections are taken; no answer is waited for, which a stop could keep."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=30).close()
        except OSError:
            return False
        return True

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """A service in the foreground, ready."""
        process = subprocess.Popen(
            self.command("serve", *arguments),
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with process:
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
                assert line.startswith("ready "), process.stderr and process.stderr.read()
                yield process
            finally:
                process.kill()
