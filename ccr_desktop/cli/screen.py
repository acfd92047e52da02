"""Whether there is a screen to open a window on. Qt itself would end the process without one."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMIT_S = 2.0


def screen_problem(environment: Mapping[str, str] | None = None) -> str:
    """Why no window can be opened; empty when nothing speaks against it."""
    variables = os.environ if environment is None else environment
    if sys.platform in {"win32", "darwin"} or variables.get("QT_QPA_PLATFORM"):
        return ""
    wayland, x11 = variables.get("WAYLAND_DISPLAY"), variables.get("DISPLAY")
    if wayland and _answers(Path(variables.get("XDG_RUNTIME_DIR", "/run"), wayland)):
        return ""
    if not x11:
        return "There is no screen here"
    return "" if _has_x_server(x11) else f"The screen {x11} does not answer"


def _has_x_server(display: str) -> bool:
    """https://www.x.org/releases/X11R7.7/doc/man/man7/X.7.xhtml#heading5"""
    found = re.fullmatch(r"(?:unix)?(?P<host>[^:/]*):(?P<number>\d+)(?:\.\d+)?", display)
    if found is None:  # some other form, which Qt may know
        return True
    number = int(found["number"])
    if found["host"] in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # where X servers are, by their protocol
        return _answers(Path(path)) or _answers(f"\0{path}")
    try:
        socket.create_connection((found["host"], 6000 + number), _LIMIT_S).close()
    except OSError:
        return False
    return True


def _answers(address: Path | str) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_LIMIT_S)
        try:
            connection.connect(str(address))
        except (OSError, ValueError):
            return False
    return True
