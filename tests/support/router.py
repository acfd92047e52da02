"""A router process as users start it: `ccr serve` with a configuration file."""

import importlib.util
import json
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from tests.support.process import clean_environment
from tests.support.turns import JsonObject

API_KEY = "test-key"
CCR = [sys.executable, "-m", "ccr_desktop"]
START_TIMEOUT_S = 90
STOP_TIMEOUT_S = 60
MODELS = ["main-model", "small-model", "think-model", "long-model", "search-model"]
ROUTES = {
    "default": "mock,main-model",
    "background": "mock,small-model",
    "think": "mock,think-model",
    "longContext": "mock,long-model",
    "longContextThreshold": 60000,
    "webSearch": "mock,search-model",
}


def config(chat_url: str, routes: JsonObject | None = None) -> JsonObject:
    """A configuration in CCR's form with one provider and a route for each scenario."""
    provider = {
        "name": "mock",
        "api_base_url": chat_url,
        "api_key": "sk-mock",
        "models": MODELS,
    }
    return {"APIKEY": API_KEY, "Providers": [provider], "Router": {**ROUTES, **(routes or {})}}


@dataclass(frozen=True, slots=True)
class Router:
    """A running router process."""

    url: str
    process: subprocess.Popen[str]
    stderr_path: Path
    environment: dict[str, str]
    """What other commands of the same installation have to run with."""

    def stop(self) -> int:
        """Ask it to end, wait, and return its exit code; one that does not end is killed."""
        return _end(self.process)

    def stderr_tail(self, chars: int = 4000) -> str:
        """The end of what it complained about."""
        return _tail(self.stderr_path, chars)


def start_router(folder: Path, configuration: JsonObject) -> Router:
    """Install the configuration in the folder, start `serve` on it, wait until it is ready."""
    home = folder / "desk"
    config_path = home / "config" / "config.json"
    config_path.parent.mkdir(parents=True)
    config_path.write_text(json.dumps(configuration), encoding="utf-8")
    stderr_path = folder / "router-stderr.txt"
    variables = {"CCR_DESKTOP_HOME": str(home), "PYTHONPATH": _package_parent()}
    with stderr_path.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [*CCR, "serve", "--config", str(config_path), "--port", "0"],
            cwd=folder,
            env=clean_environment(folder, variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
        )
    url = _await_ready(process, stderr_path)
    port = url.rpartition(":")[2]
    return Router(url, process, stderr_path, {**variables, "SERVICE_PORT": port})


def _await_ready(process: subprocess.Popen[str], stderr_path: Path) -> str:
    """The address from the line `ready http://HOST:PORT`."""
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_read_lines, args=(process, lines), daemon=True).start()
    try:
        while (line := lines.get(timeout=START_TIMEOUT_S)) is not None:
            if line.startswith("ready "):
                return line.split()[1]
    except queue.Empty:
        pass  # as bad as an early end: both are told below
    code = _end(process)
    raise RuntimeError(f"the router was not ready; exit code {code}\n{_tail(stderr_path, 4000)}")


def _read_lines(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    """Hand on every line and then None; goes on to the end, so that the pipe never fills up."""
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put(None)


def _end(process: subprocess.Popen[str]) -> int:
    process.terminate()
    try:
        return process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(STOP_TIMEOUT_S)


def _tail(path: Path, chars: int) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-chars:]


def _package_parent() -> str:
    """Where the package under test lies, so that the process runs the same code."""
    spec = importlib.util.find_spec("ccr_desktop")
    if spec is None or spec.origin is None:
        raise RuntimeError("ccr_desktop cannot be imported")
    return str(Path(spec.origin).parents[1])
