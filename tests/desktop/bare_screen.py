"""An X server of a test's own, without a screen, with a window manager."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

LIMIT_S = 60
T = TypeVar("T")


def await_(found: Callable[[], T], what: str) -> T:
    """Ask again until there is something; in between, others have the processor."""
    until, never = time.monotonic() + LIMIT_S, threading.Event()
    while not (result := found()):
        assert time.monotonic() < until, f"{what}: not within {LIMIT_S} s"
        never.wait(0.02)
    return result


@dataclass(frozen=True, slots=True)
class Screen:
    """The server, and a person in front of it."""

    display: str

    def run(self, *command: str) -> str:
        """What a program for this screen prints; empty when it fails, as for want of a window."""
        environment = {"PATH": os.environ["PATH"], "DISPLAY": self.display}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT_S
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def window(self, kind: str) -> str:
        """The number of the visible window of such a program, once it is there."""
        search = ("xdotool", "search", "--onlyvisible", "--class", kind)
        return await_(lambda: self.run(*search), f"a window of {kind}").split()[0]

    def has_window(self, window: str) -> bool:
        return bool(self.run("xdotool", "getwindowname", window))

    def type(self, window: str, text: str) -> None:
        """Type a line into a window."""
        self.run("xdotool", "windowfocus", "--sync", window)
        self.run("xdotool", "type", "--delay", "20", text)
        self.run("xdotool", "key", "Return")

    def save(self, path: Path) -> None:
        """A picture of everything, for whoever looks into a failure."""
        self.run("import", "-window", "root", str(path))


@contextmanager
def open_screen() -> Iterator[Screen]:
    needed = ("Xvfb", "openbox", "xdotool", "xterm")
    if missing := [name for name in needed if shutil.which(name) is None]:
        reason = f"{', '.join(missing)}: not installed (scripts/system-packages.sh)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    reading, writing = os.pipe()
    size = ("-screen", "0", "1280x800x24")
    server = _start("Xvfb", "-displayfd", str(writing), *size, fds=(writing,))
    os.close(writing)
    with os.fdopen(reading) as told:
        screen = Screen(f":{told.readline().strip()}")
    manager = _start("openbox", display=screen.display)
    try:
        yield screen
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(LIMIT_S)


def _start(*command: str, display: str = "", fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "DISPLAY": display},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=fds,
    )
