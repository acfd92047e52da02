"""What is measured: our router, claude-code-router from npm, and the provider without a router."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks import bodies, processes

OURS, PEER, DIRECT = "ours", "ccr", "direct"
KEY = "sk-bench"
PEER_PACKAGE = "@musistudio/claude-code-router"
PEER_VERSION = "1.0.73"
_PEERS = processes.ROOT / "build" / "peers"
_NPM_TIMEOUT_S = 300
_START_TIMEOUT_S = 60
_POLL_S = 0.005
_SCENARIOS = ("default", "background", "think", "longContext", "webSearch")


@dataclass(slots=True, kw_only=True)
class Target:
    """Something that answers on a port; `command` starts it."""

    name: str
    port: int
    path: str = "/v1/messages"
    command: list[str] = field(default_factory=list)
    home: Path = Path()
    variables: Mapping[str, str] = field(default_factory=dict)
    process: psutil.Popen | None = None

    def start(self) -> float:
        """Start it; seconds until its first good answer."""
        output = self.home / "output.txt"
        begun_s = time.monotonic()
        self.process = processes.start(
            self.command, folder=self.home, variables=self.variables, output=output
        )
        while time.monotonic() < begun_s + _START_TIMEOUT_S and self.process.is_running():
            if self._answers():
                return time.monotonic() - begun_s
            if self.process.poll() is not None:
                break
            time.sleep(_POLL_S)
        said = output.read_text(encoding="utf-8", errors="replace")[-2000:]
        self.stop()
        raise RuntimeError(f"{self.name} gave no good answer\n{said}")

    def stop(self) -> None:
        if self.process is not None:
            processes.end(self.process)
            self.process = None

    def memory_mb(self) -> float:
        return processes.memory_mb(self.process) if self.process else 0.0

    def cpu_s(self) -> float:
        return processes.cpu_s(self.process) if self.process else 0.0

    def _answers(self) -> bool:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.path}",
            data=bodies.small(stream=False),
            headers={"content-type": "application/json", "x-api-key": KEY},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_START_TIMEOUT_S) as response:
                return bool(response.status == 200)
        except OSError:
            return False


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def direct(upstream_port: int) -> Target:
    """The provider itself: what client and provider can do at most."""
    return Target(name=DIRECT, port=upstream_port, path="/v1/chat/completions")


def ours(folder: Path, upstream_port: int, name: str = OURS) -> Target:
    """The checkout this benchmark lies in, with its log on, as it runs by default."""
    home, port = _home(folder, name), free_port()
    config = home / "config.json"
    _write_config(config, upstream_port, port, has_log=True)
    return Target(
        name=name,
        port=port,
        command=[sys.executable, "-m", "ccr_desktop", "serve", "--config", str(config)],
        home=home,
        variables={"CCR_DESKTOP_HOME": str(home), "PYTHONPATH": str(processes.ROOT)},
    )


def peer(folder: Path, upstream_port: int) -> Target | None:
    """The peer, with its log off: it writes every request and chunk to it, which costs it much."""
    script = _installed_peer()
    if script is None:
        return None
    home, port = _home(folder, PEER), free_port()
    config = home / ".claude-code-router" / "config.json"
    config.parent.mkdir()
    _write_config(config, upstream_port, port, has_log=False)
    return Target(name=PEER, port=port, command=["node", str(script), "start"], home=home)


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir()
    return home


def _write_config(path: Path, upstream_port: int, port: int, *, has_log: bool) -> None:
    provider = {
        "name": "bench",
        "api_base_url": f"http://127.0.0.1:{upstream_port}/v1/chat/completions",
        "api_key": "sk-upstream",
        "models": ["bench"],
    }
    address = f"http://127.0.0.1:{upstream_port}/v1/responses"
    responses = {**provider, "name": "responses", "api_base_url": address}
    address = f"http://127.0.0.1:{upstream_port}/v1beta/models/"
    gemini = {
        **provider,
        "name": "gemini",
        "api_base_url": address,
        "transformer": {"use": ["gemini"]},
    }
    config = {
        "HOST": "127.0.0.1",
        "PORT": port,
        "APIKEY": KEY,
        "LOG": has_log,
        "NON_INTERACTIVE_MODE": True,
        "Providers": [provider, responses, gemini],
        "Router": dict.fromkeys(_SCENARIOS, "bench,bench"),
    }
    path.write_text(json.dumps(config, indent=2), encoding="utf-8")


def _installed_peer() -> Path | None:
    """The peer's program; npm fetches it at the first time. None without npm."""
    folder = _PEERS / f"ccr-{PEER_VERSION}"
    script = folder / "node_modules" / PEER_PACKAGE / "dist" / "cli.js"
    npm = shutil.which("npm")
    if not script.exists() and npm and shutil.which("node"):
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        done = subprocess.run(
            [npm, "install", "--prefix", str(folder), *quiet, f"{PEER_PACKAGE}@{PEER_VERSION}"],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=_NPM_TIMEOUT_S,
        )
        if done.returncode:
            print("npm could not fetch the peer", file=sys.stderr)
    return script if script.exists() and shutil.which("node") else None
