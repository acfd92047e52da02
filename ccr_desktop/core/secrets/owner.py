"""Which computer and which user this is, as far as the system tells.

A protected file is opened only where it was made. That is no secret: it keeps a copied pair of
files from working elsewhere by accident, no more.
"""

from __future__ import annotations

import contextlib
import ctypes
import getpass
import os
import sys
from pathlib import Path

_LINUX_PLACES = ("/etc/machine-id", "/var/lib/dbus/machine-id")
_PATIENCE_S = 5


def owner() -> str:
    user = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
    return f"{_machine()}|{user}"


def _machine() -> str:
    """The system's own name for this computer; empty where it has none."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            return _windows_machine()
        elif sys.platform == "darwin":  # noqa: RET505  # mypy takes what follows for unreachable
            return _mac_machine()
        else:
            return _first_text(_LINUX_PLACES)
    return ""


def _first_text(places: tuple[str, ...]) -> str:
    texts = (Path(place).read_text("ascii").strip() for place in places if Path(place).is_file())
    return next(filter(None, texts), "")


if sys.platform == "win32":
    import winreg

    def _windows_machine() -> str:
        path, access = r"SOFTWARE\Microsoft\Cryptography", 0x20119  # read, the 64-bit registry
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path, 0, access) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])


class _Duration(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


def _mac_machine() -> str:
    found = (ctypes.c_ubyte * 16)()
    limit = _Duration(_PATIENCE_S, 0)
    failed = ctypes.CDLL(None).gethostuuid(found, ctypes.byref(limit))
    return "" if failed else bytes(found).hex()
