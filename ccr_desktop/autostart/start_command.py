"""How this very installation is started again: by the system at login, or after an update."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ccr_desktop.own_program import WINDOWED

_TO_THE_TRAY = ("ui", "--hidden")


def start_command(
    executable: str = sys.executable,
    *,
    is_frozen: bool = getattr(sys, "frozen", False),
    system: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
) -> tuple[str, ...]:
    """Program and arguments that open the app without its window.

    An AppImage is mounted anew at each start: its own file is what stays. Elsewhere the script
    that pip, pipx or uv made lies beside the interpreter. On Windows such a script would open a
    console; `pythonw` has none.
    """
    if is_frozen:
        bundled = Path(executable)
        windowed = str(bundled.with_name(WINDOWED + bundled.suffix))
        return environment.get("APPIMAGE") or windowed, *_TO_THE_TRAY
    folder = Path(executable).parent
    if system == "win32":
        windowless = folder / "pythonw.exe"
        return str(windowless if windowless.exists() else executable), *_AS_MODULE
    script = folder / "ccr-desktop"
    return (str(script), *_TO_THE_TRAY) if script.exists() else (executable, *_AS_MODULE)


_AS_MODULE = ("-m", "ccr_desktop", *_TO_THE_TRAY)
