"""The view of Home, card by card."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.schema import Config
from ccr_desktop.desktop.attention_lines import AttentionLine, Remedy
from ccr_desktop.desktop.pages.home.page import HomePage
from ccr_desktop.desktop.pages.home.providers_card import ProviderChip
from ccr_desktop.desktop.pages.home.steps import first_steps
from ccr_desktop.desktop.pages.home.tray_hint import tray_hint
from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import Look, Overview
from ccr_desktop.desktop.tally import Totals
from ccr_desktop.desktop.widgets.buttons import IconButton
from ccr_desktop.launch.projects import Project
from tests.unit.desktop.fitting import cut
from tests.unit.desktop.passages import AT_S, name, typical

LEFT = Qt.MouseButton.LeftButton
OVERVIEW = Overview(
    service=ServiceState(Phase.RUNNING, "http://127.0.0.1:3456"),
    look=Look.RUNNING,
    main="deepseek,chat",
    main_in_use="deepseek,chat",
    route_sets=("Night",),
)


@pytest.fixture
def page(shown: Callable[[HomePage], HomePage]) -> HomePage:
    return shown(HomePage())


def _overview(**changes: object) -> Overview:
    return replace(OVERVIEW, **changes)


def test_now_says_who_does_the_main_work(page: HomePage) -> None:
    page.now.show_overview(OVERVIEW)
    assert page.now.facts.value("Main work") == "chat (deepseek)"
    assert page.now.facts.value("Route set") == "Standard"

    page.now.show_overview(_overview(main_in_use="kimi,k2", route_set="Night"))
    assert page.now.facts.value("Main work") == "k2 (kimi) as a backup for chat"
    assert page.now.facts.value("Route set") == "Night"

    page.now.show_overview(_overview(route_sets=(), main=""))
    assert page.now.facts.value("Main work") == "No model is chosen."
    assert page.now.facts.value("Route set") == ""


@pytest.mark.parametrize(
    ("until_s", "words"),
    [(AT_S, "Routing is paused until "), (math.inf, "Routing is paused: everything")],
)
def test_a_pause_is_told_with_its_end(
    page: HomePage, qtbot: QtBot, until_s: float, words: str
) -> None:
    page.now.show_overview(OVERVIEW)
    assert not page.now._pause.isVisible()

    page.now.show_overview(_overview(paused_until_s=until_s))

    assert page.now._pause.text().startswith(words)
    with qtbot.waitSignal(page.now.resume_wanted):
        qtbot.mouseClick(page.now._pause.button, LEFT)


def test_the_last_request_is_told_and_leads_to_activity(page: HomePage, qtbot: QtBot) -> None:
    entry = typical().journal.entry(name(2))
    page.now.show_last(None, AT_S)
    assert page.now.facts.value("Last request") == ""

    page.now.show_last(entry, AT_S + 5)

    assert page.now.facts.value("Last request").startswith("k2, On a backup, 4.00\u00a0s, ")
    with qtbot.waitSignal(page.now.request_wanted) as told:
        page.now._show.click()
    assert told.args == [name(2)]


def test_six_providers_are_chips_and_the_rest_a_number(page: HomePage, qtbot: QtBot) -> None:
    page.providers.show_chips([ProviderChip(f"p{n}", "running", "OK") for n in range(8)])

    assert page.providers.words() == [f"p{n}: OK" for n in range(6)]
    assert page.providers._more.text() == "and 2 more"
    with qtbot.waitSignal(page.providers.provider_wanted) as told:
        qtbot.mouseClick(page.providers._chips[3], LEFT)
    assert told.args == ["p3"]

    page.providers.show_chips(())
    assert not page.providers.isVisible()


def _line(number: int) -> AttentionLine:
    remedy = Remedy("Fix", "page", f"page-{number}")
    return AttentionLine(
        key=f"k{number}", state="attention", title=f"Trouble {number}", remedies=(remedy,)
    )


def test_attention_is_there_only_when_it_is_needed(page: HomePage, qtbot: QtBot) -> None:
    assert not page.attention.isVisible()

    page.attention.show_lines([_line(n) for n in range(5)])

    assert page.attention.isVisible()
    assert page.attention._more.text() == "Show 2 more"
    qtbot.mouseClick(page.attention._more, LEFT)
    assert len(page.attention._shown) == 5
    page.attention.show_lines(())
    assert not page.attention.isVisible()


def test_a_line_has_its_button_and_can_wait_a_week(page: HomePage, qtbot: QtBot) -> None:
    page.attention.show_lines([_line(1)])
    (line,) = page.attention._shown.values()

    with qtbot.waitSignal(page.attention.wanted) as told:
        line.findChild(QPushButton).click()
    assert told.args == [Remedy("Fix", "page", "page-1")]
    with qtbot.waitSignal(page.attention.ignored) as told:
        line.findChild(IconButton).click()
    assert told.args == ["k1"]


def test_lines_that_stay_keep_the_focus(page: HomePage) -> None:
    page.attention.show_lines([_line(1), _line(2)])
    button = page.attention._shown[_line(2)].findChild(QPushButton)
    button.setFocus()

    page.attention.show_lines([_line(3), _line(2)])

    assert button.hasFocus()
    order = sorted(page.attention._shown.values(), key=page.attention._column.indexOf)
    assert order == [page.attention._shown[_line(3)], page.attention._shown[_line(2)]]


def test_the_first_day_leads_from_step_to_step(page: HomePage, qtbot: QtBot) -> None:
    page.show_first_steps(first_steps({"provider"}), is_wanted=True)

    assert page.first_day.help.text() == "1 of 4 done"
    primary = [line._primary for line in page.first_day._lines if not line._primary.isHidden()]
    assert [button.text() for button in primary] == ["Test"]
    with qtbot.waitSignal(page.first_day.page_wanted) as told:
        primary[0].click()
    assert told.args == ["providers"]
    with qtbot.waitSignal(page.first_day.assistant_wanted):
        page.first_day.findChild(QPushButton, "open-assistant").click()


def test_the_first_day_ends_when_all_is_done_or_it_is_hidden(page: HomePage) -> None:
    done = {"provider", "test", "models"}
    page.show_first_steps(first_steps(done), is_wanted=True)
    assert page.first_day.isVisible()

    page.show_first_steps(first_steps(done | {"launch"}), is_wanted=True)
    assert not page.first_day.isVisible()

    page.show_first_steps(first_steps(done), is_wanted=False)
    assert not page.first_day.isVisible()


def test_recent_projects_are_launched_and_continued(page: HomePage, qtbot: QtBot) -> None:
    projects = [Project(f"/home/ada/p{n}", AT_S - 3600 * n) for n in range(7)]
    config = replace(Config(), projects={"/home/ada/p1": "Night"})
    page.recent.show_projects(projects, config, "/home/ada", AT_S)

    rows = page.recent.rows.rows.rows
    assert [row.subtitle for row in rows] == [f"~/p{n}" for n in range(5)]
    assert (rows[1].trailing, rows[1].badge) == ("1 h ago", "Night")
    page.recent.rows.select("/home/ada/p1")
    with qtbot.waitSignal(page.recent.launch_wanted) as told:
        qtbot.keyClick(page.recent.rows, Qt.Key.Key_Return)
    assert told.args == ["/home/ada/p1", "new"]
    menu = page.recent.rows.menu_for(rows[2])
    with qtbot.waitSignal(page.recent.launch_wanted) as told:
        menu.actions()[0].trigger()
    assert told.args == ["/home/ada/p2", "continue"]


def test_today_counts_since_the_start(page: HomePage) -> None:
    page.today.show_totals(Totals(since_s=AT_S), AT_S)
    assert not page.today.isVisible()

    totals = Totals(
        since_s=AT_S, requests=1200, failed=3, tokens_in=5, tokens_out=6, tokens_cached=7
    )
    page.today.show_totals(totals, AT_S)

    assert page.today.facts.value("Requests") == "1,200, 3 of them failed"
    assert page.today.facts.value("Tokens") == "5 in, 6 out, 7 from the cache"
    assert page.today.help.text().startswith("Since the app was started at ")


def test_what_comes_up_above_squashes_nothing(page: HomePage, qtbot: QtBot) -> None:
    """Not even until Qt comes round: it may be painted before."""
    page.resize(700, 320)
    page.show_first_steps(first_steps({"provider"}), is_wanted=True)
    page.now.show_overview(OVERVIEW)
    qtbot.waitUntil(lambda: not list(cut(page)))

    page.show_attention([_line(1), _line(2)])

    assert not list(cut(page))
    page.show_attention(())
    assert not list(cut(page))


@pytest.mark.parametrize(
    ("requests", "failed", "said"),
    [(1, 0, "1"), (1, 1, "1, which failed"), (4, 1, "4, 1 of them failed"), (1200, 1200, None)],
)
def test_how_many_failed_is_said_of_one_some_and_all(
    page: HomePage, requests: int, failed: int, said: str | None
) -> None:
    page.today.show_totals(Totals(since_s=AT_S, requests=requests, failed=failed), AT_S)

    assert page.today.facts.value("Requests") == (said or "1,200, all of which failed")


@pytest.mark.parametrize(
    ("desktop", "platform", "words"),
    [
        ("ubuntu:GNOME", "linux", "AppIndicator"),
        ("KDE", "linux", "System Tray"),
        ("XFCE", "linux", "Status Tray"),
        ("sway", "linux", "Waybar"),
        ("", "linux", "A panel"),
        ("", "win32", "arrow"),
        ("", "darwin", "menu bar"),
    ],
)
def test_without_a_tray_the_help_is_for_this_desktop(
    desktop: str, platform: str, words: str
) -> None:
    assert words in tray_hint({"XDG_CURRENT_DESKTOP": desktop}, platform)


def test_the_tray_hint_can_be_shown_and_put_away(page: HomePage, qtbot: QtBot) -> None:
    page.show_tray_hint(True)
    assert page._tray_hint.isVisible()

    with qtbot.waitSignal(page.tray_hint_closed):
        qtbot.mouseClick(page._tray_hint.close_button, LEFT)
    assert not page._tray_hint.isVisible()

    page.show_tray_hint(True)
    page.show_tray_hint(False)
    assert not page._tray_hint.isVisible()
