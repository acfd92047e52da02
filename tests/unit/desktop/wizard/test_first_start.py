"""When the assistant opens by itself, and its place in the window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QToolButton

from ccr_desktop.cli.ui import options
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.commands import Commands
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.system.endings import Endings
from ccr_desktop.desktop.tray.tray import Tray
from ccr_desktop.desktop.window import Window
from ccr_desktop.desktop.wizard.frame import Wizard
from tests.unit.desktop.desks import open_desk, write_config


@asynccontextmanager
async def started(*words: str) -> AsyncIterator[Window]:
    async with open_desk() as desk:
        window, tray = Window(desk, pages()), Tray(desk.bridge.overview)
        with Endings(cast("QApplication", QApplication.instance())) as endings:
            parse = options().parse_args
            Commands(desk, window, tray, parse, endings).begin(parse(words))
            try:
                yield window
            finally:
                tray.stop()
                window.hide()
    window.deleteLater()  # once nothing is looked for any more


@pytest.mark.usefixtures("look")
async def test_the_very_first_start_opens_it(qloop: Loop) -> None:
    async with started() as window:
        assert window.page == "wizard"
        buttons = window.findChildren(QToolButton)
        assert "page-wizard" not in [button.objectName() for button in buttons]
        assert not any(button.isChecked() for button in buttons)
        wizard = window.findChild(Wizard)
        assert wizard is not None

        wizard.close_button.click()

        assert window.page == "home"
    async with started() as window:
        assert window.page == "home"


async def test_a_page_that_was_asked_for_comes_first(qloop: Loop, look: theme.Theme) -> None:
    async with started("--page", "settings") as window:
        assert window.page == "settings"


async def test_with_settings_it_waits_to_be_opened(qloop: Loop, look: theme.Theme) -> None:
    write_config({"PORT": 4321})
    async with started() as window:
        assert window.page == "home"
        window.show_page("wizard")
        assert window.page == "wizard"
