"""The view "Backup behaviour"."""

from typing import cast

import pytest
from PySide6.QtCore import Qt

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.failover import FailoverView
from ccr_desktop.desktop.widgets.number_field import FARTHEST
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, press
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


def view_of(app: Opened) -> FailoverView:
    app.page.tabs.row.set_current("failover")
    return cast(FailoverView, app.page.tabs.view("failover"))


async def test_what_the_file_says_is_shown(qloop: Loop) -> None:
    failover = {"tries": 3, "longestWait": 2.5, "when": ["timeout"], "pauseAfter": 4}
    async with opened(configuration(Failover=failover)) as app:
        view = view_of(app)

        assert (view.tries.number.value(), view.wait.number.text()) == (3, "2.5 s")
        assert [name for name, box in view.boxes.items() if box.isChecked()] == ["timeout"]
        assert view.pausing.switch.isChecked()
        assert (view.after.number.value(), view.pause.number.text()) == (4, "60 s")
        assert view.pause.isVisible()


async def test_tries_and_waits_are_changed_with_the_keyboard(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        view = view_of(app)
        view.tries.number.setFocus()
        press(view.tries.number, Qt.Key.Key_Up, Qt.Key.Key_Return)
        await app.settled()
        view.wait.number.setFocus()
        press(view.wait.number, Qt.Key.Key_Up, Qt.Key.Key_Return)
        await app.settled()

        assert app.raw["Failover"] == {"tries": 3, "longestWait": 6}


async def test_a_failure_that_shall_not_count_is_unticked_and_ticked_again(qloop: Loop) -> None:
    async with opened(configuration(Failover={"mine": 1})) as app:
        view = view_of(app)
        press(view.boxes["account"], Qt.Key.Key_Space)
        await app.settled()
        others = ["connection", "timeout", "rateLimit", "serverError", "emptyAnswer"]
        assert app.raw["Failover"] == {"mine": 1, "when": others}

        press(view.boxes["account"], Qt.Key.Key_Space)
        await app.settled()
        assert app.raw["Failover"] == {"mine": 1}


async def test_leaving_alone_is_switched_on_and_can_be_undone(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        view = view_of(app)
        assert not view.after.isVisible()

        press(view.pausing.switch, Qt.Key.Key_Space)
        await app.settled()
        assert app.raw["Failover"] == {"pauseAfter": 5}
        await eventually(lambda: view.after.isVisible() and view.after.number.value() == 5)

        app.desk.bridge.undo()
        await app.settled()
        assert "Failover" not in app.raw
        await eventually(lambda: not view.pausing.switch.isChecked())


async def test_that_no_failure_counts_is_said_and_so_is_what_the_file_has_wrong(
    qloop: Loop,
) -> None:
    async with opened(configuration(Failover={"when": ["timeout"]})) as app:
        view = view_of(app)
        assert not view.told.isVisible()
        press(view.boxes["timeout"], Qt.Key.Key_Space)
        await eventually(view.told.isVisible)
        assert "backup models never answer" in view.told.text()

        app.write({**app.raw, "Failover": {"when": ["nope"], "pauseAfter": -1}})
        await app.desk.bridge.reload()

        await eventually(lambda: "no failure 'nope'" in view.told.text())
        assert "Found -1." in view.pausing.said()


async def test_numbers_that_can_not_be_chosen_here_stay_when_their_field_is_left(
    qloop: Loop,
) -> None:
    failover = {"pauseAfter": 5000, "longestWait": 2.125, "pauseFor": 90}
    async with opened(configuration(Failover=failover)) as app:
        view = view_of(app)
        for row in (view.after, view.wait, view.pause):
            row.number.setFocus()
            press(row.number, Qt.Key.Key_Return, Qt.Key.Key_Tab)
        await app.settled()

        assert view.after.number.value() == 5000
        assert app.raw["Failover"] == failover

        view.after.show_value(10**400)
        assert view.after.number.value() == FARTHEST
