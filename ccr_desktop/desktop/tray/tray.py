"""The icon in the panel. It owns nothing: it shows the overview and says what was chosen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ccr_desktop.desktop import language, theme
from ccr_desktop.desktop.state import Look
from ccr_desktop.desktop.tray import panels
from ccr_desktop.desktop.tray.icon import Panel, TrayLook, tray_icon
from ccr_desktop.desktop.tray.menu import Act, Line, menu_lines, tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from ccr_desktop.desktop.state import Overview

_SHAPES = {
    Look.OFF: TrayLook.OFF,
    Look.STARTING: TrayLook.OFF,
    Look.RUNNING: TrayLook.RUNNING,
    Look.BACKUP: TrayLook.BACKUP,
    Look.ATTENTION: TrayLook.ATTENTION,
}
_LOOK_EVERY_MS = 2000  # panels start late
_LOOK_SELDOM_MS = 30_000  # and go, of which not each one tells
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_SETTLE_MS = 1000  # the icon changes at most so often


class Tray(QObject):
    """Signals: `chosen(Act, argument)`, `presence_changed(bool)` as panels come and go, and
    `message_clicked`."""

    chosen = Signal(object, object)
    presence_changed = Signal(bool)
    message_clicked = Signal()

    def __init__(self, overview: Overview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overview = overview
        self._drawn = overview.look
        self._lines: tuple[Line, ...] = ()
        self._menu = QMenu()
        self._menu.setObjectName("tray-menu")
        self._menu.triggered.connect(self._picked)
        self._doubles_underscores = panels.marks_keys_by_underscores()
        self._icon = self._new_icon()
        self._settle = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._draw_icon)
        self._look = QTimer(self, timerType=Qt.TimerType.VeryCoarseTimer)
        self._look.timeout.connect(self.look_for_panel)
        panels.PanelNews(self).heard.connect(self._panel_came_or_went)
        theme.current().changed.connect(self._redraw)
        language.current().changed.connect(self._reword)
        self.is_present = False
        self.show_overview(overview)

    def start(self) -> None:
        """Show the icon, now or as soon as there is a panel for it."""
        self._look.start(_LOOK_EVERY_MS)
        self.look_for_panel()

    def stop(self) -> None:
        self._look.stop()
        self._icon.hide()

    def look_for_panel(self) -> None:
        """Whether icons can be seen at all; `presence_changed` says when that changes."""
        is_present = QSystemTrayIcon.isSystemTrayAvailable()
        if is_present and not self.is_present:
            self._move_in()
        if is_present != self.is_present:
            self.is_present = is_present
            self._look.setInterval(_LOOK_SELDOM_MS if is_present else _LOOK_EVERY_MS)
            self.presence_changed.emit(is_present)

    def _panel_came_or_went(self) -> None:
        """Also where the icon of one is followed by one of another kind before anybody looked."""
        if self.is_present and panels.marks_keys_by_underscores() != self._doubles_underscores:
            self._move_in()
        self.look_for_panel()

    def _new_icon(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(_icon(self._drawn), self)
        icon.setContextMenu(self._menu)
        icon.setToolTip(tooltip(self._overview))
        icon.activated.connect(self._activated)
        icon.messageClicked.connect(self.message_clicked)
        return icon

    def _move_in(self) -> None:
        """Take a place in a panel. An icon keeps to the kind of panel that there was when it was
        made, so one that is for a panel of later has to be a new one.
        """
        self._icon.hide()
        self._icon.deleteLater()
        self._doubles_underscores = panels.marks_keys_by_underscores()
        self._fill_menu()
        self._icon = self._new_icon()
        self._icon.show()

    def show_message(self, title: str, text: str) -> bool:
        """A balloon, where the system has no better way to notify; whether it can be shown."""
        if not self.is_present or not QSystemTrayIcon.supportsMessages():
            return False
        self._icon.showMessage(title, text, self._icon.icon())
        return True

    def show_overview(self, overview: Overview) -> None:
        self._overview = overview
        self._icon.setToolTip(tooltip(overview))
        lines = menu_lines(overview)
        if lines != self._lines:
            self._lines = lines
            self._fill_menu()
        if overview.look is not self._drawn and not self._settle.isActive():
            self._draw_icon()
            self._settle.start()

    def _fill_menu(self) -> None:
        _fill(self._menu, self._lines, self)

    def shown_text(self, text: str) -> str:
        """An ampersand would be taken for a mark of the shortcut; over the bus, an underscore."""
        text = text.replace("&", "&&")
        return text.replace("_", "__") if self._doubles_underscores else text

    def _reword(self) -> None:
        self.show_overview(self._overview)

    def _draw_icon(self) -> None:
        if self._overview.look is not self._drawn:
            self._redraw()

    def _redraw(self) -> None:
        self._drawn = self._overview.look
        self._icon.setIcon(_icon(self._drawn))

    def _picked(self, action: QAction) -> None:
        """A line of the menu, or of one within it."""
        line: Line = action.data()
        self.chosen.emit(line.act, line.argument)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """A click opens the window, but on macOS, where it opens the menu."""
        reasons = QSystemTrayIcon.ActivationReason
        if reason in {reasons.Trigger, reasons.DoubleClick} and sys.platform != "darwin":
            self.chosen.emit(Act.OPEN, None)


def _icon(look: Look) -> QIcon:
    """Panels go along with the desktop, not with this window; macOS colours a template itself."""
    panel: Panel = "dark" if theme.current().is_system_dark else "light"
    return tray_icon(_SHAPES[look], "template" if sys.platform == "darwin" else panel)


def _fill(menu: QMenu, lines: Sequence[Line], tray: Tray) -> None:
    old, outdated = menu.actions(), menu.findChildren(QMenu, options=_DIRECT)
    group = QActionGroup(menu)
    for line in lines:
        if line.is_separator:
            menu.addSeparator()
        elif line.lines:
            _fill(menu.addMenu(tray.shown_text(line.text)), line.lines, tray)
        else:
            _add(menu, line, group, tray)
    for action in old:  # after the new ones are there: the menu is never blank
        menu.removeAction(action)
        action.deleteLater()
    for submenu in outdated:
        submenu.deleteLater()


def _add(menu: QMenu, line: Line, group: QActionGroup, tray: Tray) -> None:
    action = QAction(tray.shown_text(line.text), menu)
    if line.act is None:
        action.setEnabled(False)
    else:
        action.setData(line)
    if line.is_checked is not None:
        action.setCheckable(True)
        action.setChecked(line.is_checked)
        group.addAction(action)
    menu.addAction(action)
    if line.is_default:
        menu.setDefaultAction(action)
