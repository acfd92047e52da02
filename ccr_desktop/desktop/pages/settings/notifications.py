"""Notifications: which kinds are shown, and whether the system shows any."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from ccr_desktop.core.config.schema import NOTIFICATIONS
from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.desktop import figures
from ccr_desktop.desktop.background import afterwards
from ccr_desktop.desktop.pages.settings.binding import Binding, help_of
from ccr_desktop.desktop.pages.settings.quiet_hours import QuietHoursRow
from ccr_desktop.desktop.pages.settings.rows import SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import title_of
from ccr_desktop.desktop.switches import kind_of
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import IconButton
from ccr_desktop.desktop.widgets.card import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk

_SYSTEM_PAGES = {
    "win32": "ms-settings:notifications",
    "darwin": "x-apple.systempreferences:com.apple.preference.notifications",
}
"""Linux desktops have no address for theirs."""


def build(desk: Desk) -> QWidget:
    section = Section()
    binding = Binding(desk.bridge, section)
    page = _SYSTEM_PAGES.get(sys.platform, "")
    blocked = Banner("warn", _blocked_words(), _tr("Open the system's settings") if page else "")
    blocked.activated.connect(lambda: QDesktopServices.openUrl(QUrl(page)))
    blocked.setObjectName("notifications-blocked")
    section.add(blocked)
    section.add(Muted(desk))
    kinds = Card(
        _tr("What you are told"),
        _tr("Four in an hour at most, and none in the first hour after the installation."),
    )
    kinds.setObjectName("notification-kinds")
    preview = Preview(desk, blocked)
    for kind in NOTIFICATIONS:
        key = f"Desktop.notifications.{kind}"
        if BY_KEY[key].is_idle:
            continue  # nothing tells of it so far
        row = SwitchRow(title_of(key), help_of(key))
        row.switch.setObjectName(f"notify-{kind}")
        row.add_before(preview.button(kind, title_of(key)))
        kinds.add(row)
        binding.add(key, row)
    section.add(kinds)
    silence = Card(_tr("When you are not told"))
    quiet = QuietHoursRow(title_of("Desktop.quietHours"), help_of("Desktop.quietHours"))
    silence.add(quiet)
    binding.add("Desktop.quietHours", quiet)
    section.add(silence)
    return section


class Muted(Banner):
    """Says until when a person has muted notices, and ends it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("info")
        self.setObjectName("notifications-muted")
        self._attention = desk.attention
        self.activated.connect(self._attention.unmute)
        self._attention.muting_changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        until_s = self._attention.muted_until_s
        if until_s is not None:
            words = _tr("Muted until {time}. Only what can't wait is told until then.")
            self.show_notice("info", words.format(time=figures.until(until_s)), _tr("Unmute"))
        self.setVisible(until_s is not None)


class Preview(QObject):
    """Shows a notice as it would be, and says when the system shows none."""

    def __init__(self, desk: Desk, blocked: Banner) -> None:
        super().__init__(blocked)
        self._attention = desk.attention
        self._blocked = blocked
        self._attention.changed.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._look()

    def button(self, kind: str, title: str) -> IconButton:
        """A button that shows an example of that kind."""
        button = IconButton("bell", _tr("Show an example: {kind}").format(kind=title))
        button.setObjectName(f"preview-{kind}")
        button.clicked.connect(lambda: self._show_one(kind))
        return button

    def _show_one(self, kind: str) -> None:
        afterwards(self._attention.preview(kind_of(kind)), self._look)

    def _look(self) -> None:
        self._blocked.setVisible(self._attention.is_blocked)


def _blocked_words() -> str:
    return _tr(
        "The system shows no notifications of CCR Desktop. Allow them in the system's settings, or"
        " end its do-not-disturb. Until then they are listed on Home."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
