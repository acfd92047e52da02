"""Service: where the router listens, and who may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop.desktop.hosting import ThreadHost
from ccr_desktop.desktop.pages.settings.binding import Binding, help_of
from ccr_desktop.desktop.pages.settings.client_key import ClientKey, ClientKeyRow
from ccr_desktop.desktop.pages.settings.device_keys import DeviceKeys, DeviceKeysCard
from ccr_desktop.desktop.pages.settings.port import PortChange
from ccr_desktop.desktop.pages.settings.reach import Reach
from ccr_desktop.desktop.pages.settings.rows import NumberRow, SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import row_name, title_of
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    section = Section()
    address = Card(_tr("Address"))
    free = PlainButton(_tr("Free port"))
    free.setObjectName("free-port")
    port = NumberRow(title_of("PORT"), 1, 65535, beside=free)
    port.number.setObjectName("port")
    address.add(port)
    reach = SwitchRow(title_of("HOST"))
    reach.switch.setObjectName("reach")
    address.add(reach)
    copy = PlainButton(_tr("Copy key"), "copy")
    copy.setObjectName("copy-client-key")
    key = ClientKeyRow(copy)
    address.add(key)
    for name, row in (("PORT", port), ("HOST", reach), ("APIKEY", key)):
        row.setObjectName(row_name(name))
    section.add(address)
    devices = DeviceKeysCard()
    section.add(devices)
    more = Card(_tr("Advanced"))
    thread = SwitchRow(title_of("Desktop.serviceThread"), help_of("Desktop.serviceThread"))
    more.add(thread)
    section.add(more)
    PortChange(desk.bridge, port, free)
    Reach(desk, reach)
    ClientKey(desk, key)
    DeviceKeys(desk, devices)
    Binding(desk.bridge, section).add("Desktop.serviceThread", thread)
    Restarts(desk.bridge, thread)
    return section


class Restarts(QObject):
    """Says what takes effect only when the app is started again."""

    def __init__(self, bridge: Bridge, thread: SwitchRow) -> None:
        super().__init__(thread)
        self._bridge = bridge
        self._thread = thread
        bridge.config_changed.connect(self._look, Qt.ConnectionType.QueuedConnection)
        thread.fix_wanted.connect(bridge.app_restart_wanted)
        self._look()

    def _look(self) -> None:
        is_thread = isinstance(self._bridge.host, ThreadHost)
        if self._bridge.config.desktop.service_thread == is_thread:
            self._thread.show_note("")
        else:
            told = self.tr("Takes effect when CCR Desktop is started again.")
            self._thread.show_note(told, self.tr("Restart it now"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
