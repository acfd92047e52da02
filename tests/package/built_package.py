"""What `make package` has built, used as people do: `make test-package` runs this.

Nothing here imports the app: what is tested lies in `build/package`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.session import Desktop
from tests.desktop.waiting import until
from tests.support.ports import free_port
from tests.support.process import clean_environment, run_bounded
from tests.support.programs import need

BUILT = Path(__file__).parents[2] / "build" / "package"
FOLDER = BUILT / "ccr-desktop"
CONSOLE, WINDOWED = FOLDER / "ccr", FOLDER / "ccr-desktop"

Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    if not CONSOLE.exists():
        pytest.fail("there is no build/package/ccr-desktop: `make package` makes it")


def run(home: Path, *command: str | Path, stdin: str | None = None, **extra: str) -> Done:
    environment = clean_environment(home, extra)
    return run_bounded(command, cwd=home, env=environment, timeout_s=120, stdin=stdin)


@pytest.mark.parametrize("program", [CONSOLE, WINDOWED], ids=["ccr", "ccr-desktop"])
def test_it_is_whole_from_inside(program: Path, tmp_path: Path) -> None:
    done = run(tmp_path, program, "--selftest", "--json")

    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert told["ok"] is told["bundle"] is True
    names = {check["name"] for check in told["checks"]}
    assert {"vocabulary", "keyring back ends", "platform plugins", "translations"} <= names


def test_without_a_word_the_console_program_prints_help(tmp_path: Path) -> None:
    done = run(tmp_path, CONSOLE)

    assert done.returncode == 0
    assert "usage: ccr COMMAND" in done.stdout


def test_it_answers_through_the_router_that_it_starts_itself(tmp_path: Path) -> None:
    port = {"SERVICE_PORT": str(free_port())}
    started = run(tmp_path, CONSOLE, "start", **port)
    try:
        assert started.returncode == 0, started.stderr
        answer = run(tmp_path, CONSOLE, "ask", "hello", **port)
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.strip()
    finally:
        assert run(tmp_path, CONSOLE, "stop", **port).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere files in use are not replaced")
def test_a_router_goes_on_when_a_package_manager_has_replaced_it(tmp_path: Path) -> None:
    folder, port = tmp_path / "app", str(free_port())
    shutil.copytree(FOLDER, folder, symlinks=True)
    assert run(tmp_path, folder / "ccr", "start", SERVICE_PORT=port).returncode == 0
    try:
        for name in ("ccr", "ccr-desktop"):
            (folder / "new").write_bytes(b"another build")
            (folder / "new").replace(folder / name)

        # What speaks to other agents is loaded with their first request.
        message = {"model": "any", "messages": [{"role": "user", "content": "hello"}]}
        for path in ("chat/completions", "messages/count_tokens"):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/v1/{path}",
                data=json.dumps(message).encode(),
                headers={"content-type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert answer.status == 200
    finally:
        assert run(tmp_path, CONSOLE, "stop", SERVICE_PORT=port).returncode == 0


def test_other_programs_get_none_of_its_libraries(tmp_path: Path) -> None:
    client = tmp_path / "bin" / "claude"
    client.parent.mkdir()
    client.write_text(f"#!/bin/sh\nenv > {tmp_path}/seen\n", encoding="utf-8")
    client.chmod(0o755)
    path = f"{client.parent}{os.pathsep}{os.environ['PATH']}"

    done = run(
        tmp_path, CONSOLE, "code", PATH=path, LD_LIBRARY_PATH="/mine", SERVICE_PORT=str(free_port())
    )

    assert done.returncode == 0, done.stderr
    seen = dict(line.split("=", 1) for line in (tmp_path / "seen").read_text().splitlines())
    assert seen["LD_LIBRARY_PATH"] == "/mine"
    assert not [name for name in seen if name.startswith("_PYI_") or name.endswith("_ORIG")]
    assert not [name for name, value in seen.items() if str(FOLDER) in value]


def test_plugins_find_the_whole_standard_library(tmp_path: Path) -> None:
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "import csv, difflib, statistics, xml.etree.ElementTree, zoneinfo\n"
        "from ccr_desktop.api import TextDelta\n"
        "class Mine:\n    name = 'mine'\n    def __init__(self, options): ...\n"
        "    def request(self, body, context): return body\n",
        encoding="utf-8",
    )
    settings = tmp_path / ".claude-code-router" / "config.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"transformers": [{"path": str(plugin)}]}), encoding="utf-8")

    done = run(tmp_path, CONSOLE, "config", "check")

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_status_line_loads_no_qt(tmp_path: Path) -> None:
    done = run(tmp_path, CONSOLE, "statusline", stdin="{}", LD_DEBUG="files")

    assert done.returncode == 0
    assert "libpython" in done.stderr
    assert "libQt6" not in done.stderr


# -- its window --------------------------------------------------------------------------------


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop() as own:
        yield own


@pytest.mark.parametrize("platform", ["xcb", "offscreen"])
def test_its_window_opens_and_its_router_answers(desktop: Desktop, platform: str) -> None:
    port = str(free_port())
    app = desktop.start(WINDOWED, environment={"SERVICE_PORT": port, "QT_QPA_PLATFORM": platform})
    if platform == "xcb":
        desktop.screen.window("CCR Desktop")

    status = ("--silent", "--fail", f"http://127.0.0.1:{port}/health")
    until(lambda: desktop.run("curl", *status, check=False).returncode == 0, "the router answers")
    seen = desktop.run("env", f"SERVICE_PORT={port}", str(CONSOLE), "status", "--json", check=False)
    assert json.loads(seen.stdout)["running"] is True
    assert desktop.run(WINDOWED, "ui", "--quit").returncode == 0
    assert app.wait() == 0


def test_its_window_opens_on_wayland(desktop: Desktop) -> None:
    """In a compositor that has a window on the X server; with a frame, which nobody else draws."""
    compositor = (need("weston"), "--backend=x11-backend.so", "--socket=wayland-test")
    desktop.start(*compositor, "--idle-time=0", environment={"HOME": str(desktop.home)})
    until((desktop.runtime / "wayland-test").exists, "the compositor takes windows")
    wayland = {"QT_QPA_PLATFORM": "wayland", "WAYLAND_DISPLAY": "wayland-test"}
    port = {"SERVICE_PORT": str(free_port())}
    app = desktop.start(WINDOWED, environment={**wayland, **port, "WAYLAND_DEBUG": "1"})

    until(lambda: 'set_title("CCR Desktop")' in app.output(), "the window is there")
    until(lambda: re.search(r"xdg_surface#?@?\d+\.ack_configure", app.output()), "it was shown")
    assert 'set_app_id("io.github.ccr_desktop")' in app.output()
    variables = [f"{name}={value}" for name, value in wayland.items()]
    assert desktop.run("env", *variables, WINDOWED, "ui", "--quit").returncode == 0
    assert app.wait() == 0
