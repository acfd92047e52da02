"""What kind of panel takes the icon. Qt prefers the bus, where there is a panel that reads it."""

from __future__ import annotations

import sys

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

_WATCHER = "org.kde.StatusNotifierWatcher"
_PATH = "/StatusNotifierWatcher"
_COMES = "StatusNotifierHostRegistered"


def marks_keys_by_underscores() -> bool:
    """Whether an underscore in the menu stands for the key of its line, as it does over the bus.

    Qt translates its own mark, and leaves underscores as they are.
    """
    bus = _bus()
    return bus is not None and bool(bus.interface().isServiceRegistered(_WATCHER).value())


class PanelNews(QObject):
    """Tells that panels of the bus may have come or gone; of others nobody tells."""

    heard = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus = _bus()  # a connection without a name is dropped
        if bus is None:
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        watcher = QDBusServiceWatcher(_WATCHER, bus, mode, self)
        watcher.serviceOwnerChanged.connect(self._heard)
        slot = SLOT("_heard()")
        # The stubs want bytes where PySide takes text alone.
        bus.connect("", _PATH, _WATCHER, _COMES, self, slot)  # type: ignore[call-overload]

    @Slot()
    def _heard(self, *_: object) -> None:
        self.heard.emit()


def _bus() -> QDBusConnection | None:
    if sys.platform in {"darwin", "win32"}:
        return None
    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None
