"""Whether the app starts at login, as the system itself has it: nothing is remembered here."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

APP_ID = "ccr-desktop"
APP_NAME = "CCR Desktop"


class AutostartState(Enum):
    OFF = "off"
    ON = "on"
    HELD_BACK = "held back"
    """Registered, and switched off in the system's own settings."""
    OUTDATED = "outdated"
    """Starts another command: the app was moved, or is installed twice."""


class Autostart(Protocol):
    """Reads and writes files or the registry: call it in a thread.

    Raises `OSError`, and `CcrError` for a file that can't be written.
    """

    def state(self, command: Sequence[str]) -> AutostartState:
        """How things stand for *command*."""
        ...

    def enable(self, command: Sequence[str]) -> None:
        """Start *command* at login, also where the system's settings held it back."""
        ...

    def disable(self) -> None: ...


def autostart_for_system(system: str = sys.platform) -> Autostart:
    """Imports only what the system at hand needs."""
    if system == "win32":
        from ccr_desktop.autostart.windows import RunKey  # noqa: PLC0415

        return RunKey()
    if system == "darwin":
        from ccr_desktop.autostart.macos import LaunchAgent  # noqa: PLC0415

        return LaunchAgent()
    from ccr_desktop.autostart.xdg import XdgAutostart  # noqa: PLC0415

    return XdgAutostart()
