"""Whether the system's own settings ask for less motion, where no portal and no Qt tells.

KDE writes it to `kdeglobals`, GTK's settings to `settings.ini`. Not run on Windows or a Mac:
https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-systemparametersinfow and
https://developer.apple.com/documentation/appkit/nsworkspace/accessibilitydisplayshouldreducemotion
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

from ccr_desktop.core.regular_files import open_regular

_CLIENT_AREA_ANIMATION = 0x1042
_MOST_BYTES = 1 << 20
_FILES = (
    ("kdeglobals", "KDE", "AnimationDurationFactor"),
    ("gtk-4.0/settings.ini", "Settings", "gtk-enable-animations"),
    ("gtk-3.0/settings.ini", "Settings", "gtk-enable-animations"),
)
"""Below the user's folder of settings: file, group and key."""


def wants_less_motion(system: str = sys.platform, folder: Path | None = None) -> bool:
    """*folder* is where programs of Linux have their settings. What can't be asked wants none."""
    try:
        if system == "win32":
            return not _windows_moves()
        if system == "darwin":
            return _mac_wants_less()
    except (OSError, AttributeError):
        return False
    return any(_is_off(folder or _settings_folder(), *place) for place in _FILES)


def _is_off(folder: Path, file: str, group: str, key: str) -> bool:
    value = _value(folder / file, group, key).lower()
    try:
        return float(value) <= 0
    except ValueError:
        return value in {"false", "no"}


def _value(path: Path, group: str, key: str) -> str:
    """Of a file in groups, as both write it; empty where there is none."""
    try:
        with open_regular(path) as file:
            text = file.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
    found, is_here = "", False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            is_here = line == f"[{group}]"
        elif is_here and line.partition("=")[0].strip() == key:
            found = line.partition("=")[2].strip()
    return found


def _settings_folder() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def _windows_moves(user32: Any = None) -> bool:
    """“Animation effects”, of the settings for accessibility."""
    user32 = user32 or ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]  # there alone
    moves = ctypes.c_int(1)
    user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0)
    return bool(moves.value)


def _mac_wants_less(objc: Any = None) -> bool:
    """“Reduce motion”. Qt has loaded AppKit by now."""
    objc = objc or ctypes.CDLL("/usr/lib/libobjc.dylib")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    workspace = objc.objc_getClass(b"NSWorkspace")
    send = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    tell = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)
    address = ctypes.cast(objc.objc_msgSend, ctypes.c_void_p).value
    if not (workspace and address):
        return False
    shared = send(address)(workspace, objc.sel_registerName(b"sharedWorkspace"))
    asked = objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")
    return bool(shared and tell(address)(shared, asked))
