"""A box to tick."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from ccr_desktop.desktop.widgets.behind import StaysBehind


class TickBox(StaysBehind, QCheckBox):
    """Screen readers, which toggle it without a click, can't do so behind a dialog."""
