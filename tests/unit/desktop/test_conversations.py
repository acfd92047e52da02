"""A dialog that waits for its answer keeps its page, also when the language changes meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ccr_desktop.desktop import language
from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.dialogs import ask
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.name_dialog import NameDialog
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.window import Window
from tests.support.pseudo import BEGIN, PseudoTranslator
from tests.unit.desktop.answering import over
from tests.unit.desktop.desks import open_desk, read_config_file, write_config
from tests.unit.desktop.views import drawn, present
from tests.unit.desktop.waiting import eventually

PROVIDER = {
    "name": "cloud",
    "api_base_url": "http://127.0.0.1:9/v1",
    "api_key": "k",
    "models": ["m"],
}
RULES = [{"name": "night", "when": {"time": "22:00-06:00"}, "route": "cloud,m"}]

pytestmark = pytest.mark.usefixtures("look")


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[tuple[Window, Desk]]:
    write_config(
        {
            "Providers": [PROVIDER],
            "Router": {"default": "cloud,m", "rules": RULES},
            "routeSets": {"Offline": {"default": "cloud,m"}},
            "Desktop": {"language": "en"},
        }
    )
    async with open_desk() as desk:
        window = Window(desk, pages())
        window.show()
        window.show_page(address)
        await drawn()
        try:
            yield window, desk
        finally:
            window.hide()
            window.deleteLater()
            await drawn()


async def speak_otherwise(window: Window) -> None:
    """Until the frame does, which is told in the same turn as the pages."""
    language.current().use("en", PseudoTranslator())
    button = window.findChild(QWidget, "page-routes")
    await eventually(lambda: BEGIN in str(button.property("text")))


def saved_rules() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = read_config_file()["Router"]["rules"]
    return rules


async def test_a_rule_that_is_written_meanwhile_is_saved(qloop: Loop) -> None:
    async with opened("routes/rules") as (window, _):
        page = present(window)
        tab = page.findChild(QWidget, "rules")
        tab.list.opened.emit(tab.list.rows.rows[0].key)
        editor = await over(window, RuleEditor)
        QTest.keyClicks(editor.name, "s of work")

        await speak_otherwise(window)
        assert present(window) is page
        editor.save.click()

        await eventually(lambda: saved_rules()[0]["name"] == "nights of work")
        await eventually(lambda: present(window) is not page)
        anew = present(window).findChild(QWidget, "rules")
        assert anew.isVisible()
        assert BEGIN in anew.add_button.text()


async def test_a_name_that_is_given_meanwhile_is_taken(qloop: Loop) -> None:
    async with opened("routes/work") as (window, _):
        page = present(window)
        window.findChild(QPushButton, "new-set").click()
        dialog = await over(window, NameDialog)

        await speak_otherwise(window)
        dialog.field.setText("Travel")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

        await eventually(lambda: "Travel" in read_config_file()["routeSets"])
        await eventually(lambda: present(window) is not page)


async def test_pages_wait_for_what_is_done_after_the_answer(qloop: Loop) -> None:
    async with opened("home") as (window, desk):
        page, dialog = present(window), QDialog(window)
        may_end, done = asyncio.Event(), list[str]()

        async def talk() -> None:
            await ask(dialog)
            await may_end.wait()
            done.append(page.objectName())  # which raises where it is gone

        talking = desk.bridge.do(talk(), "Talking")
        await eventually(dialog.isVisible)
        await speak_otherwise(window)
        dialog.accept()
        await drawn()
        assert present(window) is page
        may_end.set()
        await talking

        assert done
        await eventually(lambda: present(window) is not page)
