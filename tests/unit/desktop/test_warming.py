"""Pages are loaded when somebody may open them, and not before."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import warming
from ccr_desktop.desktop.warming import Warming

SELDOM = "ccr_desktop.desktop.pages.settings.history_words"


def test_modules_of_pages_are_loaded_once_the_window_is_seen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "_AFTER_MS", 0)
    monkeypatch.setattr(warming, "_EVERY_MS", 0)
    loaded: list[str] = []
    monkeypatch.setattr(warming, "import_module", loaded.append)
    window = QWidget()
    qtbot.addWidget(window)
    works = Warming(window)
    qtbot.wait(0)
    assert not loaded

    window.show()

    qtbot.waitUntil(lambda: SELDOM in loaded and works.is_over)
    assert not [name for name in loaded if not name.startswith("ccr_desktop.desktop")]
    assert "ccr_desktop.desktop.wizard.presenter" in loaded
