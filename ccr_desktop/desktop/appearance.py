"""What the desktop says about light and dark, contrast and motion, while the app runs.

Qt follows Windows and macOS by itself, but for motion, which is asked for at the start. On Linux
the desktop portal tells, and Qt asks it only under some desktops:
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
"""

from __future__ import annotations

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

from ccr_desktop.desktop.system.motion import wants_less_motion
from ccr_desktop.desktop.theme import Theme

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS, _NAMESPACE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
_GNOME = "org.gnome.desktop.interface"  # its portal tells of motion by that alone before 49
_WAIT_MS = 2000
_DARK, _HIGH_CONTRAST, _REDUCED_MOTION, _NO_ANIMATIONS = 1, 1, 1, 0
_PLACES = {
    "color-scheme": _NAMESPACE,
    "contrast": _NAMESPACE,
    "reduced-motion": _NAMESPACE,
    "enable-animations": _GNOME,
}
KEYS = tuple(_PLACES)


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
        for key, namespace in _PLACES.items():
            message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SETTINGS, "Read")
            message.setArguments([namespace, key])
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
            case [namespace, str(key), value] if namespace == _PLACES.get(key):
                self._tell(key, value)
            case _:
                pass

    def _tell(self, key: str, value: object) -> None:
        while isinstance(value, QDBusVariant):
            value = value.variant()
        if key in KEYS and isinstance(value, int):
            self.told.emit(key, value)


class _Following:
    """Nothing moves while anybody who is asked wants it so."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._still = {"": wants_less_motion()}
        self._move()

    def hear(self, key: str, value: int) -> None:
        match key:
            case "color-scheme":
                self._theme.system_says(dark=value == _DARK)
            case "contrast":
                self._theme.system_says(high_contrast=value == _HIGH_CONTRAST)
            case _:
                wanted = _REDUCED_MOTION if key == "reduced-motion" else _NO_ANIMATIONS
                self._still[key] = value == wanted
                self._move()

    def _move(self) -> None:
        self._theme.system_says(reduced_motion=any(self._still.values()))


def follow(appearance: SystemAppearance, theme: Theme) -> None:
    """Let the theme do as the desktop says."""
    following = _Following(theme)
    # A bound method would not keep its object.
    appearance.told.connect(lambda key, value: following.hear(key, value))  # noqa: PLW0108
