"""What can be done where the desktop shows no tray icon."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.phrases import put_together

_tr = QCoreApplication.translate


def tray_hint(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """A line for the desktop that runs; the window itself can do everything."""
    here = _tr("Tray", "This desktop shows no tray icon.")
    again = _tr("Tray", "Reopen this window from the list of applications.")
    return put_together((here, _help_of(environ, platform), again))


def _help_of(environ: Mapping[str, str], platform: str) -> str:
    if platform == "win32":
        return _tr("Tray", "Look under the arrow at the clock; it can be dragged out.")
    if platform == "darwin":
        return _tr("Tray", "Other items of the menu bar may have taken its room.")
    desktops = environ.get("XDG_CURRENT_DESKTOP", "").casefold().split(":")
    if "gnome" in desktops:
        return _tr(
            "Tray", "On GNOME the extension “AppIndicator and KStatusNotifierItem Support” adds it."
        )
    if "kde" in desktops:
        return _tr("Tray", "On Plasma add the widget “System Tray” to a panel.")
    if "xfce" in desktops:
        return _tr("Tray", "On Xfce add “Status Tray Plugin” to the panel.")
    if "sway" in desktops or "hyprland" in desktops:
        return _tr("Tray", "A bar with a tray, such as Waybar, shows it.")
    return _tr("Tray", "A panel with a system tray shows it.")
