"""The menu of the tray: what it says follows from what the app knows."""

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from ccr_desktop.desktop.service_state import Phase, ServiceState
from ccr_desktop.desktop.state import UNTIL_RESUMED, Look, Overview
from ccr_desktop.desktop.tray.menu import Act, Line, menu_lines, tooltip

URL = "http://127.0.0.1:3456"
RUNNING = Overview(
    service=ServiceState(Phase.RUNNING, URL),
    look=Look.RUNNING,
    main="deepseek,chat",
    main_in_use="deepseek,chat",
)


def line(overview: Overview, act: Act) -> Line | None:
    return next((found for found in _all(menu_lines(overview)) if found.act is act), None)


def lines(overview: Overview, text: str) -> tuple[Line, ...]:
    return next(found.lines for found in menu_lines(overview) if found.text == text)


def _all(found: tuple[Line, ...]) -> list[Line]:
    return [inner for outer in found for inner in (outer, *_all(outer.lines))]


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("look", Look)
def test_it_is_never_blank_and_never_long(phase: Phase, look: Look) -> None:
    overview = replace(
        RUNNING,
        service=ServiceState(phase, URL),
        look=look,
        route_sets=("a", "b"),
        favourites=tuple(f"p,m{n}" for n in range(30)),
        recent_folders=tuple(Path(f"/x/{n}") for n in range(30)),
        attention=3,
    )

    found = menu_lines(overview)

    assert found[0].act is Act.OPEN
    assert found[0].is_default
    assert found[-1].act is Act.QUIT
    assert sum(not entry.is_separator for entry in found) <= 14
    assert all(not inner.lines for entry in found for inner in entry.lines)
    assert tooltip(overview)


def test_groups_are_parted_and_no_line_parts_nothing() -> None:
    found = menu_lines(replace(RUNNING, service=ServiceState(Phase.STARTING), main=""))

    blank = [entry.is_separator for entry in found]
    assert not blank[0]
    assert not blank[-1]
    assert (True, True) not in pairwise(blank)


def test_a_running_router_can_be_stopped_and_paused() -> None:
    assert line(RUNNING, Act.STOP)
    assert [entry.argument for entry in lines(RUNNING, "Pause routing for")] == [
        900.0,
        3600.0,
        UNTIL_RESUMED,
    ]
    assert line(RUNNING, Act.START) is None
    assert line(RUNNING, Act.COPY_ADDRESS) == Line(
        text="Running on 127.0.0.1:3456", act=Act.COPY_ADDRESS
    )


def test_a_pause_can_be_ended_and_is_said() -> None:
    paused = replace(RUNNING, paused_until_s=UNTIL_RESUMED)

    assert line(paused, Act.RESUME_ROUTING)
    assert line(paused, Act.PAUSE) is None
    assert tooltip(paused).startswith("Routing paused, on 127.0.0.1:3456")


def test_a_pause_that_ends_by_itself_says_when() -> None:
    until_s = time.mktime((2026, 3, 2, 15, 4, 0, 0, 0, -1))

    paused = replace(RUNNING, paused_until_s=until_s)

    assert tooltip(paused).startswith("Routing paused until 15:04, on 127.0.0.1:3456")


def test_a_stopped_router_can_be_started_and_has_no_address() -> None:
    off = replace(RUNNING, service=ServiceState(Phase.OFF), look=Look.OFF)

    assert line(off, Act.START)
    assert line(off, Act.STOP) is None
    assert line(off, Act.COPY_ADDRESS) is None


@pytest.mark.parametrize(
    ("running", "words"),
    [
        (0, "Stopping"),
        (1, "Stopping: waits for 1 request"),
        (2, "Stopping: waits for 2 requests"),
    ],
)
def test_a_router_that_stops_says_what_it_waits_for(running: int, words: str) -> None:
    state = ServiceState(Phase.STOPPING)

    stopping = replace(RUNNING, service=state, look=Look.OFF, main="", running_requests=running)

    assert tooltip(stopping) == words
    assert words in [entry.text for entry in menu_lines(stopping)]
    assert line(stopping, Act.STOP) is None


def test_a_failed_router_says_why() -> None:
    failed = ServiceState(Phase.FAILED, "", "Port 3456 is in use", "Choose another one.")

    found = menu_lines(replace(RUNNING, service=failed, look=Look.ATTENTION))

    assert found[1].text == "Port 3456 is in use"
    assert line(replace(RUNNING, service=failed, look=Look.ATTENTION), Act.RESTART)


def test_a_backup_is_said_with_the_model_in_use() -> None:
    backup = replace(RUNNING, look=Look.BACKUP, main_in_use="kimi,k2")

    shown = line(backup, Act.SHOW_MAIN)
    assert shown
    assert shown.text == "Main: k2 (backup)"
    assert "k2" in tooltip(backup)


def test_a_name_that_two_providers_have_says_whose_it_is() -> None:
    shared = replace(RUNNING, main_in_use="kimi,chat", shared_models=frozenset({"chat"}))

    assert "Main: kimi: chat (backup)" in tooltip(shared)
    assert "Main: deepseek: chat" in tooltip(replace(shared, main_in_use="deepseek,chat"))


def test_the_present_model_is_ticked_and_equal_names_say_their_provider() -> None:
    shared = frozenset({"chat"})
    two = replace(RUNNING, main="a,chat", favourites=("b,chat", "b,other"), shared_models=shared)

    found = lines(two, "Main model")

    assert [(entry.text, entry.is_checked) for entry in found[:3]] == [
        ("a: chat", True),
        ("b: chat", False),
        ("other", False),
    ]
    assert found[-1].act is Act.MORE_MODELS


def test_the_present_route_set_is_ticked() -> None:
    found = lines(replace(RUNNING, route_set="Night", route_sets=("Night",)), "Route set")

    assert [(entry.text, entry.argument, entry.is_checked) for entry in found] == [
        ("Standard", "", False),
        ("Night", "Night", True),
    ]


def test_recent_folders_are_short_and_at_most_five() -> None:
    folders = (Path.home() / "code", *(Path(f"/{'deep/' * 20}{n}") for n in range(9)))

    found = lines(replace(RUNNING, recent_folders=folders), "Launch Claude Code")

    assert found[0].text == f"New in {Path('~/code')}"
    launches = [entry for entry in found if entry.act is Act.LAUNCH]
    assert len(launches) == 5
    assert max(len(entry.text) for entry in launches) <= 48
    assert launches[1].text.endswith("deep/0")


@pytest.mark.parametrize(
    ("count", "words"), [(0, None), (1, "1 thing needs attention"), (2, "2 things need attention")]
)
def test_what_needs_attention_is_counted(count: int, words: str | None) -> None:
    found = line(replace(RUNNING, attention=count), Act.ATTENTION)

    assert (found.text if found else None) == words


@pytest.mark.parametrize("phase", Phase)
def test_everything_can_be_checked_at_any_time(phase: Phase) -> None:
    assert line(replace(RUNNING, service=ServiceState(phase, URL)), Act.CHECK)
