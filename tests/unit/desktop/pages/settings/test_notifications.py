"""The switches of notices, and a system that shows none."""

from PySide6.QtWidgets import QPushButton, QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.switch import Switch
from tests.unit.desktop.pages.settings.shown import section
from tests.unit.desktop.waiting import eventually


async def test_each_kind_that_something_tells_of_has_a_switch(qloop: Loop) -> None:
    async with section("notifications") as shown:
        switch = shown.find(Switch, "notify-keyProblem")
        assert switch.isChecked()
        assert shown.page.findChild(QWidget, "notify-updateReady") is None

        switch.click()

        kinds = shown.desk.bridge
        await eventually(lambda: not kinds.config.desktop.notifications["keyProblem"])
        assert kinds.editor.undo_words == "Key problem: off"


async def test_a_preview_is_shown_and_blocked_notices_are_told(qloop: Loop) -> None:
    async with section("notifications") as shown:
        blocked = shown.find(Banner, "notifications-blocked")
        shown.find(QPushButton, "preview-notice").click()
        await eventually(lambda: len(shown.screen.shown) == 1)
        assert blocked.isHidden()

        shown.screen.is_broken = True
        shown.find(QPushButton, "preview-notice").click()

        await eventually(blocked.isVisible)
