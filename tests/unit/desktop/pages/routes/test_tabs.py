"""The views of the page, side by side."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from ccr_desktop.desktop.desk import Desk
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes import page as page_module
from ccr_desktop.desktop.pages.routes.page import RoutesPage
from ccr_desktop.desktop.pages.routes.tabs import WORK, Tab
from ccr_desktop.desktop.setting_places import PLACES
from ccr_desktop.desktop.sight import finish_within
from tests.unit.desktop.pages.routes.opened import configuration, opened
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


async def test_a_view_is_made_when_it_is_first_chosen(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[RoutesPage] = []

    def build(_desk: Desk, page: RoutesPage) -> QWidget:
        made.append(page)
        return QLabel("all of it")

    entries = (Tab(WORK, "Kinds of work"), Tab("more", "More", build))
    monkeypatch.setattr(page_module, "tabs", lambda: entries)
    async with opened(configuration()) as app:
        tabs = app.page.tabs
        assert tabs.row.isVisible()
        assert made == []

        for key in ("more", WORK, "more"):
            tabs.row.set_current(key)
        assert made == [app.page]
        assert tabs.stack.currentWidget() is tabs.view("more")


async def test_views_are_told_which_route_set_is_shown(qloop: Loop) -> None:
    sets = {"Night": {"default": "b,large"}}
    async with opened(configuration(routeSets=sets)) as app:
        told: list[str] = []
        app.page.set_shown.connect(told.append)
        picker = app.page.sets.picker
        QTest.keyClick(picker, Qt.Key.Key_Down)
        QTest.keyClicks(picker.pop_over.search, "Night")
        QTest.keyClick(picker.pop_over.search, Qt.Key.Key_Return)

        await eventually(lambda: told == ["Night"])
        assert app.page.shown_set == "Night"


@pytest.mark.parametrize(
    "key", [key for key, place in PLACES.items() if place.page == "routes" and place.field]
)
async def test_what_changes_a_setting_is_found_whichever_view_has_it(qloop: Loop, key: str) -> None:
    async with opened(configuration()) as app:
        app.page.show_setting(key)
        finish_within(app.page)

        found = app.page.findChild(QWidget, PLACES[key].field)
        assert isinstance(found, QWidget)
        assert found.isVisible()
