"""What the desktop says about light and dark, contrast and motion, while the app runs.

Qt follows Windows and macOS by itself. On Linux the desktop portal tells, and Qt asks it only under
some desktops: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
"""

from __future__ import annotations

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

from ccr_desktop.desktop.theme import Theme

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS, _NAMESPACE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
_WAIT_MS = 2000
_DARK, _HIGH_CONTRAST, _REDUCED_MOTION = 1, 1, 1
KEYS = ("color-scheme", "contrast", "reduced-motion")


class SystemAppearance(QObject):
    """Asks once and listens from then on; nothing happens where no portal is."""

    told = Signal(str, int)
    """A key of `KEYS` and what the desktop says of it."""

    def __init__(self, parent: QObject | None = None, bus: QDBusConnection | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._asked: dict[QDBusPendingCallWatcher, str] = {}

    def start(self) -> None:
        bus = self._bus or QDBusConnection.sessionBus()
        self._bus = bus  # a connection without a name is dropped
        if not bus.isConnected():
            return
        slot = SLOT("_changed(QDBusMessage)")
        # The stubs want bytes where PySide takes text alone.
        bus.connect("", _PATH, _SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload]
        for key in KEYS:
            message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SETTINGS, "Read")
            message.setArguments([_NAMESPACE, key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _WAIT_MS), self)
            self._asked[watcher] = key
            watcher.finished.connect(self._answered)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        key = self._asked.pop(watcher)
        reply = watcher.reply()
        if reply.type() is QDBusMessage.MessageType.ReplyMessage:
            self._tell(key, reply.arguments()[0])
        watcher.deleteLater()

    @Slot(QDBusMessage)
    def _changed(self, message: QDBusMessage) -> None:
        match message.arguments():
            case [namespace, str(key), value] if namespace == _NAMESPACE:
                self._tell(key, value)
            case _:
                pass

    def _tell(self, key: str, value: object) -> None:
        while isinstance(value, QDBusVariant):
            value = value.variant()
        if key in KEYS and isinstance(value, int):
            self.told.emit(key, value)


def follow(appearance: SystemAppearance, theme: Theme) -> None:
    """Let the theme do as the desktop says."""
    appearance.told.connect(lambda key, value: _apply(theme, key, value))


def _apply(theme: Theme, key: str, value: int) -> None:
    match key:
        case "color-scheme":
            theme.system_says(dark=value == _DARK)
        case "contrast":
            theme.system_says(high_contrast=value == _HIGH_CONTRAST)
        case _:
            theme.system_says(reduced_motion=value == _REDUCED_MOTION)
