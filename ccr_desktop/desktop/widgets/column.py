"""The column in the middle, no wider than is read with ease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccr_desktop.desktop.tokens import CONTENT_WIDTH

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

_ALL = 1_000_000
"""Beside this, the stretches get what is beyond the maximum and no pixel of what is below it."""


def put_in_the_middle(row: QHBoxLayout, content: QWidget, margins: int = 0) -> None:
    """*margins* are those of *content* itself, left and right together."""
    content.setMaximumWidth(CONTENT_WIDTH + margins)
    row.addStretch(1)
    row.addWidget(content, _ALL)
    row.addStretch(1)
