"""What kind of panel takes the icon. Qt prefers the bus, where there is a panel that reads it."""

from __future__ import annotations

import sys

from PySide6.QtDBus import QDBusConnection

_WATCHER = "org.kde.StatusNotifierWatcher"


def marks_keys_by_underscores() -> bool:
    """Whether an underscore in the menu stands for the key of its line, as it does over the bus.

    Qt translates its own mark, and leaves underscores as they are.
    """
    if sys.platform in {"darwin", "win32"}:
        return False
    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bool(bus.interface().isServiceRegistered(_WATCHER).value())
