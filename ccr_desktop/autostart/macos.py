"""Start at login on macOS: a launch agent of the user's. Not run on a Mac yet.

The keys are those of `man launchd.plist`. `launchctl print-disabled` tells what the user switched
off; the list of login items in the system's settings can't be read by programs.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from ccr_desktop.autostart.registration import AutostartState
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.whole_files import write_safely

LABEL = "io.github.ccr-desktop"
_MODE = 0o644
_LIMIT_S = 5.0

Launchctl = Callable[[Sequence[str]], str]
"""Runs `launchctl` with arguments and returns what it printed."""


def run_launchctl(arguments: Sequence[str]) -> str:
    """Nothing when it can't be asked."""
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program, arguments of ours
            ["/bin/launchctl", *arguments],
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


class LaunchAgent:
    def __init__(self, folder: Path | None = None, launchctl: Launchctl = run_launchctl) -> None:
        folder = folder or Path.home() / "Library" / "LaunchAgents"
        self.path = folder / f"{LABEL}.plist"
        self._launchctl = launchctl

    def state(self, command: Sequence[str]) -> AutostartState:
        try:
            with open_regular(self.path) as file:
                agent = plistlib.load(file)
        except FileNotFoundError:
            return AutostartState.OFF
        except (ValueError, ExpatError, plistlib.InvalidFileException):
            return AutostartState.OUTDATED
        if agent.get("Disabled") is True or self._is_held_back():
            return AutostartState.HELD_BACK
        is_current = agent.get("ProgramArguments") == [*command]
        return AutostartState.ON if is_current else AutostartState.OUTDATED

    def enable(self, command: Sequence[str]) -> None:
        """It is not started now: the app runs already."""
        write_safely(self.path, agent_plist(command), _MODE)
        self._launchctl(["enable", f"{_domain()}/{LABEL}"])

    def disable(self) -> None:
        self.path.unlink(missing_ok=True)

    def _is_held_back(self) -> bool:
        """Lines are `"label" => disabled`, and `=> true` before macOS 13."""
        for line in self._launchctl(["print-disabled", _domain()]).splitlines():
            label, arrow, value = line.partition("=>")
            if arrow and label.strip() == f'"{LABEL}"':
                return value.strip() in {"disabled", "true"}
        return False


def agent_plist(command: Sequence[str]) -> bytes:
    """The agent as launchd reads it: once, at the login to a desktop."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": [*command],
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
    )


def _domain() -> str:
    uid = getattr(os, "getuid", lambda: 0)()
    return f"gui/{uid}"
