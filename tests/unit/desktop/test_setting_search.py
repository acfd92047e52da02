"""Any setting is found by its words, and Enter leads to its row, on whatever page it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.registry import pages
from ccr_desktop.desktop.pages.settings.page import SettingsPage
from ccr_desktop.desktop.pages.settings.results import Results
from ccr_desktop.desktop.setting_places import ALL_PLACES
from ccr_desktop.desktop.setting_search import search
from ccr_desktop.desktop.widgets import reveal
from ccr_desktop.desktop.widgets.reveal import Mark
from ccr_desktop.desktop.window import Window
from tests.unit.desktop.attended import RAW, listening
from tests.unit.desktop.waiting import eventually

NAMES = {
    "settings": "Settings",
    "settings/network": "Network",
    "providers": "Providers",
    "help": "Help",
}
NOT_SEEN = {
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_MODEL",
    "APIKEY",
    "ClientKeys",
    "unknown-keys",
    "versions",
    "reports",
    "projects",
}
"""Rows that are hidden while there is nothing to show."""
UNTOLD = {f"Desktop.notifications.{kind}" for kind in ("balanceLow", "budget", "agentUpdated")}
"""Notices that nothing tells yet."""


@asynccontextmanager
async def opened() -> AsyncIterator[Window]:
    async with listening({**RAW, "Desktop": {"onClose": "quit"}}) as (desk, _):
        window = Window(desk, pages())
        window.resize(1000, 700)
        window.show()
        window.activateWindow()
        try:
            yield window
        finally:
            await desk.bridge.tasks.end()
            window.hide()
            window.deleteLater()


def marks(window: Window) -> list[Mark]:
    return [mark for mark in window.findChildren(Mark) if mark.isVisible()]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("quiet", "Desktop.quietHours"),
        ("PROXY_URL", "PROXY_URL"),
        ("proxy network", "PROXY_URL"),
        ("https_proxy", "PROXY_URL"),
        ("dark", "Desktop.theme"),
        ("prices", "Providers[].prices"),
        ("haiku background", "Router.background"),
        ("autostart", "start-at-login"),
        ("REWRITE", "REWRITE_SYSTEM_PROMPT"),
        ("dark mode", "Desktop.theme"),
        ("startup", "start-at-login"),
        ("mute", "Desktop.quietHours"),
        ("history", "versions"),
        ("doctor", "check-everything"),
        ("shortcut", "shortcuts"),
        ("retry", "Failover.tries"),
        ("schedule", "Router.rules[].when"),
        ("quit", "Desktop.onClose"),
        ("never send", "projects"),
        ("support", "support-file"),
    ],
)
def test_the_best_match_comes_first(typed: str, first: str) -> None:
    assert search(typed, NAMES)[0].key == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("深色", "Desktop.theme"),
        ("主题", "Desktop.theme"),
        ("免打扰", "Desktop.quietHours"),
        ("开机", "start-at-login"),
        ("自启", "start-at-login"),
        ("重试", "Failover.tries"),
        ("超时", "API_TIMEOUT_MS"),
        ("历史", "versions"),
        ("局域网", "HOST"),
        ("密码", "APIKEY"),
        ("子代理", "Router.subagent"),
        ("长上下文", "Router.longContext"),
    ],
)
def test_other_words_find_it_in_chinese_too(typed: str, first: str) -> None:
    assert search(typed, NAMES)[0].key == first


def test_what_has_no_help_is_listed_without_its_name_in_the_program(qapp: QApplication) -> None:
    results = Results()

    results.show_found(search("where keys are kept", NAMES))

    [row] = results.rows.rows.rows
    assert row.title == "Where keys are kept"
    assert row.subtitle == ""


def test_nothing_is_found_for_nothing() -> None:
    assert search("  ", NAMES) == []
    assert search("zzzz", NAMES) == []


@pytest.mark.parametrize("typed", ["balance", "claude code updated"])
def test_a_notice_that_nothing_tells_yet_has_no_row_to_find(typed: str) -> None:
    assert search(typed, NAMES) == []


def test_the_way_to_it_is_told() -> None:
    found = search("PROXY_URL", NAMES)

    assert found[0].where == "Settings › Network"
    assert found[0].target == "settings/#PROXY_URL"


@pytest.mark.parametrize("key", [key for key in ALL_PLACES if key not in UNTOLD])
def test_each_setting_is_found_by_its_title_and_its_key(key: str) -> None:
    assert key in {found.key for found in search(ALL_PLACES[key].title, NAMES)}
    assert key in {found.key for found in search(key.replace("[]", ""), NAMES)}


async def test_enter_leads_to_the_row_and_marks_it(
    qloop: Loop, look: theme.Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reveal, "MARKED_MS", 600_000)  # a busy machine is late to look
    async with opened() as window:
        window.search_settings()
        page = window.findChild(SettingsPage)
        assert page
        QTest.keyClicks(page.search, "quiet")
        assert page.results.rows.isVisible()

        QTest.keyClick(page.search, Qt.Key.Key_Return)

        await eventually(lambda: marks(window))
        row = page.findChild(QWidget, "setting-Desktop.quietHours")
        assert row
        assert row.isVisible()
        corner = row.mapTo(window, QPoint(0, 0))
        place = QRect(marks(window)[0].mapTo(window, QPoint(0, 0)), marks(window)[0].size())
        assert place.contains(QRect(corner, row.size()))
        assert page.section == "notifications"
        assert page.search.text() == ""


async def test_escape_among_the_settings_that_were_found_ends_the_search(
    qloop: Loop, look: theme.Theme
) -> None:
    async with opened() as window:
        window.search_settings()
        page = window.findChild(SettingsPage)
        assert page
        QTest.keyClicks(page.search, "quiet")

        QTest.keyClick(page.results.rows, Qt.Key.Key_Escape)

        assert page.search.text() == ""
        assert not page.results.isVisible()


async def test_import_on_the_first_day_leads_to_the_field_for_it(
    qloop: Loop, look: theme.Theme
) -> None:
    async with opened() as window:
        await eventually(window.isActiveWindow)
        window.show_page("home")
        bring = window.findChild(QPushButton, "open-import")
        assert bring

        bring.click()

        await eventually(lambda: bool(marks(window)))
        focus = QApplication.focusWidget()
        assert focus
        assert focus.objectName() == "import-text"


async def test_the_keys_open_the_search_from_any_other_page(qloop: Loop, look: theme.Theme) -> None:
    async with opened() as window:
        await eventually(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

        assert window.page == "settings"
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        assert focus.objectName() == "search-settings"


async def test_the_search_of_the_activity_page_stays_its_own(
    qloop: Loop, look: theme.Theme
) -> None:
    async with opened() as window:
        await eventually(window.isActiveWindow)
        window.show_page("activity")
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

        assert window.page == "activity"


@pytest.mark.limit(60)
async def test_each_place_is_on_its_page_and_comes_into_sight(
    qloop: Loop, look: theme.Theme
) -> None:
    async with opened() as window:
        for key, place in ALL_PLACES.items():
            window.show_page(f"{place.page}/#{key}")

            assert window.page == place.page
            if place.field:
                field = window.findChild(QWidget, place.field)
                assert field or key in UNTOLD, f"{place.where} has no {place.field}"
                if field and key not in NOT_SEEN:
                    await eventually(field.isVisible)
