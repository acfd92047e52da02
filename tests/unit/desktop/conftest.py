"""Qt without a screen, dressed as the app is."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ccr_desktop.desktop import theme


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The theme in force, light at first and after the test."""
    yield theme.apply(qapp, "light")
    theme.current().system_says(high_contrast=False, reduced_motion=False)
    theme.apply(qapp, "light")
