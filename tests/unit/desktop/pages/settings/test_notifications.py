"""The switches of notices, and a system that shows none."""

import time

from PySide6.QtWidgets import QToolButton, QWidget

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.notice import Do, Kind, Notice
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.switch import Switch
from tests.unit.desktop.pages.settings.shown import section
from tests.unit.desktop.waiting import eventually


async def test_each_kind_that_something_tells_of_has_a_switch(qloop: Loop) -> None:
    async with section("notifications") as shown:
        switch = shown.find(Switch, "notify-keyProblem")
        assert switch.isChecked()
        assert shown.page.findChild(QWidget, "notify-agentUpdated") is None

        switch.click()

        kinds = shown.desk.bridge
        await eventually(lambda: not kinds.config.desktop.notifications["keyProblem"])
        await eventually(lambda: kinds.editor.undo_words == "Key problem: off")


async def test_a_preview_is_shown_and_blocked_notices_are_told(qloop: Loop) -> None:
    async with section("notifications") as shown:
        blocked = shown.find(Banner, "notifications-blocked")
        shown.find(QToolButton, "preview-keyProblem").click()
        await eventually(lambda: len(shown.screen.shown) == 1)
        assert blocked.isHidden()

        shown.screen.is_broken = True
        shown.find(QToolButton, "preview-keyProblem").click()

        await eventually(blocked.isVisible)


async def test_a_muted_hour_is_told_and_can_be_ended(qloop: Loop) -> None:
    async with section("notifications") as shown:
        muted = shown.find(Banner, "notifications-muted")
        assert muted.isHidden()
        notice = Notice(kind=Kind.MOVED_TO_BACKUP, title="", body="")

        shown.desk.attention.act(notice, Do.MUTE)

        await eventually(muted.isVisible)
        until_s = shown.desk.attention.muted_until_s
        assert until_s
        assert muted.text().startswith(
            f"Muted until {time.strftime('%H:%M', time.localtime(until_s))}"
        )
        muted.button.click()
        await eventually(muted.isHidden)
        assert shown.desk.attention.muted_until_s is None


async def test_each_kind_is_previewed_in_its_own_words(qloop: Loop) -> None:
    async with section("notifications") as shown:
        switches = {found.objectName() for found in shown.page.findChildren(Switch)}
        kinds = [name.removeprefix("notify-") for name in switches if name.startswith("notify-")]
        for kind in kinds:
            shown.find(QToolButton, f"preview-{kind}").click()
        await eventually(lambda: len(shown.screen.shown) == len(kinds))

        texts = {(notice.title, notice.body) for notice in shown.screen.shown}
        assert len(texts) == len(kinds)
        bodies = [body for title, body in texts if title.startswith("Router: using a backup model")]
        slow = "DeepSeek is answering too slowly."
        assert bodies == [f"{slow} Main work now uses k2.7. It will switch back by itself."]
        assert all("(example)" in title and "{" not in body for title, body in texts)


async def test_quiet_hours_that_begin_when_they_end_are_said_to_hold_nothing_back(
    qloop: Loop,
) -> None:
    async with section("notifications", {"Desktop": {"quietHours": "22:00-22:00"}}) as shown:
        assert shown.says("Both times are the same")
        usual = {"quietHours": "22:00-06:00"}

        await shown.desk.bridge.edit(lambda raw: {**raw, "Desktop": usual}, "Quiet hours")

        await eventually(lambda: not shown.says("Both times are the same"))
