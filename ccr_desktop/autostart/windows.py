"""Start at login on Windows: a value of the user's Run key. Not run on Windows yet.

https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys. The task manager
and the system's settings hold entries back in `StartupApproved`: an odd first byte means off.
"""

from __future__ import annotations

import importlib
import subprocess
from typing import TYPE_CHECKING, Any, Protocol

from ccr_desktop.autostart.registration import APP_NAME, AutostartState

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class Registry(Protocol):
    """Values below HKEY_CURRENT_USER."""

    def read(self, key: str, name: str) -> object:
        """None when there is no such value."""
        ...

    def write(self, key: str, name: str, value: str) -> None: ...

    def delete(self, key: str, name: str) -> None:
        """Also when there is no such value."""
        ...


class RunKey:
    def __init__(self, registry: Registry | None = None) -> None:
        self._registry = registry or UserRegistry()

    def state(self, command: Sequence[str]) -> AutostartState:
        value = self._registry.read(RUN, APP_NAME)
        if value is None:
            return AutostartState.OFF
        approved = self._registry.read(APPROVED, APP_NAME)
        if isinstance(approved, bytes) and approved and approved[0] % 2:
            return AutostartState.HELD_BACK
        is_current = value == command_line(command)
        return AutostartState.ON if is_current else AutostartState.OUTDATED

    def enable(self, command: Sequence[str]) -> None:
        self._registry.write(RUN, APP_NAME, command_line(command))
        self._registry.delete(APPROVED, APP_NAME)

    def disable(self) -> None:
        self._registry.delete(RUN, APP_NAME)


def command_line(command: Sequence[str]) -> str:
    """*command* as Windows takes it apart; the program is always quoted, blanks or not."""
    program, *arguments = command
    quoted = f'"{program}"'
    return f"{quoted} {subprocess.list2cmdline(arguments)}" if arguments else quoted


class UserRegistry:
    """The real one."""

    def read(self, key: str, name: str) -> object:
        winreg = _winreg()
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                value: object = winreg.QueryValueEx(opened, name)[0]
                return value
        except FileNotFoundError:
            return None

    def write(self, key: str, name: str, value: str) -> None:
        winreg = _winreg()
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        winreg = _winreg()
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return


def _winreg() -> Any:
    """Exists on Windows alone, for the type checker, too."""
    return importlib.import_module("winreg")
