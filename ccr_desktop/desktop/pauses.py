"""For how long the routing can be paused: the same choices in the tray and in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.state import UNTIL_RESUMED

_tr = QCoreApplication.translate


def pauses() -> tuple[tuple[str, float], ...]:
    """Words, and the seconds."""
    return (
        (_tr("Tray", "15 minutes"), 900.0),
        (_tr("Tray", "1 hour"), 3600.0),
        (_tr("Tray", "Until I resume"), UNTIL_RESUMED),
    )
