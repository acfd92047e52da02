"""The law: what the page changes goes into the file, comes back from it, and harms nothing else.

Who declares a setting that is changed on this page says in `TRIPS` how.
"""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from ccr_desktop.core.setup.setting_paths import find_path, value_at
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.name_dialog import NameDialog
from ccr_desktop.desktop.pages.routes.failover import FailoverView
from ccr_desktop.desktop.pages.routes.folders import FoldersView
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.tab import RulesTab
from ccr_desktop.desktop.setting_places import PLACES
from ccr_desktop.desktop.widgets.filter_picker import ChoicePopOver, FilterPicker
from tests.unit.desktop.answering import over
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, pick, press
from tests.unit.desktop.pages.routes.rules.test_editor import ALL
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")
Do = Callable[[Opened], Awaitable[Any]]
Shows = Callable[[Opened], bool]
FOLDER = "/clients"
RULE = {"when": {"folder": FOLDER}, "route": "b,large"}


def choose(picker: FilterPicker, typed: str) -> None:
    press(picker, Qt.Key.Key_Down)
    choose_in(picker.pop_over, typed)


def choose_in(pop_over: ChoicePopOver, typed: str) -> None:
    QTest.keyClicks(pop_over.search, typed)
    press(pop_over.search, Qt.Key.Key_Return)


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def model_of(row: str) -> tuple[Do, Any, Shows]:
    async def do(app: Opened) -> None:
        pick(app.row(row), "large")

    return do, "b,large", lambda app: app.row(row).picker.current() == "b,large"


async def a_threshold(app: Opened) -> None:
    app.page.kinds.threshold.setValue(80_000)
    await eventually(lambda: "longContextThreshold" in app.router)


async def a_model_of_opus(app: Opened) -> None:
    app.page.kinds.claude_names.click()
    pick(app.row("model:opus"), "large")


async def an_agent(app: Opened) -> None:
    app.page.agents.form.name.setText("Explore")
    choose(app.page.agents.form.model, "large")


async def a_set(app: Opened) -> None:
    app.page.sets.new_button.click()
    dialog = await over(app.page, NameDialog)
    dialog.field.setText("Offline")
    press(dialog.field, Qt.Key.Key_Return)


async def the_set_in_force(app: Opened) -> None:
    choose(app.page.sets.picker, "Night")
    await eventually(app.page.sets.use_button.isVisible)
    app.page.sets.use_button.click()


async def a_favourite(app: Opened) -> None:
    card = app.page.favourites
    press(card.add_button, Qt.Key.Key_Space)
    assert card._pop_over
    choose_in(card._pop_over, "large")


def rules(app: Opened) -> RulesTab:
    app.page.tabs.row.set_current("rules")
    return cast(RulesTab, app.page.findChild(RulesTab))


async def a_rule(app: Opened) -> None:
    rules(app).add_button.click()
    await eventually(lambda: bool(app.page.findChildren(RuleEditor)))
    dialog = app.page.findChildren(RuleEditor)[0]
    folder, route = dialog.conditions.part("folder"), dialog.effects.part("route")
    assert folder
    assert route
    folder.field.show_value(FOLDER)
    route.field.picker.picked.emit("b,large")  # type: ignore[attr-defined]
    dialog.save.click()


def failover(app: Opened) -> FailoverView:
    app.page.tabs.row.set_current("failover")
    return cast(FailoverView, app.page.tabs.view("failover"))


async def more_tries(app: Opened) -> None:
    failover(app).tries.number.setValue(7)
    failover(app).tries.number.editingFinished.emit()


async def a_longer_wait(app: Opened) -> None:
    failover(app).wait.number.setValue(9.5)
    failover(app).wait.number.editingFinished.emit()


async def time_outs_alone(app: Opened) -> None:
    for name, box in failover(app).boxes.items():
        if name != "timeout":
            box.click()
            await app.settled()


async def a_pause(app: Opened) -> None:
    failover(app).pausing.switch.click()


async def a_longer_pause(app: Opened) -> None:
    await a_pause(app)
    await eventually(failover(app).pause.isVisible)
    failover(app).pause.number.setValue(90)
    failover(app).pause.number.editingFinished.emit()


def folders(app: Opened) -> FoldersView:
    app.page.tabs.row.set_current("folders")
    return cast(FoldersView, app.page.tabs.view("folders"))


async def a_folder(app: Opened) -> None:
    folders(app).folder.setText(FOLDER)
    choose(folders(app).routes, "Night")


TRIPS: dict[str, tuple[Do, Any, Shows]] = {
    **{
        f"Router.{kind}": model_of(kind)
        for kind in ("default", "background", "think", "longContext", "webSearch", "image")
    },
    "Router.subagent": model_of("subagent"),
    "Router.longContextThreshold": (
        a_threshold,
        80_000,
        lambda app: app.page.kinds.threshold.value() == 80_000,
    ),
    "Router.models": (
        a_model_of_opus,
        {"opus": "b,large"},
        lambda app: (
            "model:opus" in app.page.kinds.rows
            and app.row("model:opus").picker.current() == "b,large"
        ),
    ),
    "Router.agents": (
        an_agent,
        {"Explore": "b,large"},
        lambda app: (
            "agent:Explore" in app.page.agents.rows
            and app.page.agents.rows["agent:Explore"].picker.current() == "b,large"
        ),
    ),
    "Router.rules": (
        a_rule,
        [RULE],
        lambda app: FOLDER in " ".join(row.title for row in rules(app).list.rows.rows),
    ),
    "Failover.tries": (more_tries, 7, lambda app: failover(app).tries.number.value() == 7),
    "Failover.longestWait": (
        a_longer_wait,
        9.5,
        lambda app: failover(app).wait.number.value() == 9.5,
    ),
    "Failover.when": (
        time_outs_alone,
        ["timeout"],
        lambda app: (
            [name for name, box in failover(app).boxes.items() if box.isChecked()] == ["timeout"]
        ),
    ),
    "Failover.pauseAfter": (a_pause, 5, lambda app: failover(app).pausing.switch.isChecked()),
    "Failover.pauseFor": (a_longer_pause, 90, lambda app: failover(app).pause.number.value() == 90),
    "fallback": (
        model_of("fallback:default")[0],
        {"default": ["b,large"]},
        model_of("fallback:default")[2],
    ),
    "projects": (
        a_folder,
        {FOLDER: "Night"},
        lambda app: (
            [*folders(app).rows] == [FOLDER]
            and folders(app).rows[FOLDER].picker.shown_text() == "Night"
        ),
    ),
    "routeSets": (
        a_set,
        {"Night": {"default": "b,large"}, "Offline": {"default": "a,m"}},
        lambda app: "Offline" in [each.title for each in app.page.sets.picker.choices()],
    ),
    "routeSet": (
        the_set_in_force,
        "Night",
        lambda app: app.page.sets.picker.shown_text() == "Night",
    ),
    "Desktop.favourites": (
        a_favourite,
        ["b,large"],
        lambda app: [row.key for row in app.page.favourites.list.rows.rows] == ["b,large"],
    ),
}
CONTAINERS = {"Router", "Failover"}
"""Whose members are in `TRIPS`."""
OF_RULES = {f"Router.rules[].{name}" for name in ALL if not name.startswith("//")}
"""See `test_editor.py`: whatever a rule holds comes back as it was."""
HERE = [key for key, place in PLACES.items() if place.page == "routes"]


def test_each_setting_of_this_page_has_a_round_trip() -> None:
    assert set(HERE) == set(TRIPS) | CONTAINERS | OF_RULES


@pytest.mark.parametrize("key", TRIPS)
async def test_from_the_page_to_the_file_and_back(qloop: Loop, key: str) -> None:
    do, value, shows = TRIPS[key]
    path = find_path(key)
    raw = configuration(
        Router={"default": "a,m", "mine": 1},
        Failover={"mine": 2},
        Desktop={"mine": 3},
        routeSets={"Night": {"default": "b,large"}},
        unknown={"kept": [1]},
    )
    async with opened(raw) as app:
        assert not shows(app)
        await do(app)
        await eventually(lambda: value_at(app.raw, path) == value)
        await app.settled()
        after = app.raw
    assert (after["unknown"], after["Router"]["mine"]) == ({"kept": [1]}, 1)
    assert (after["Failover"]["mine"], after["Desktop"]["mine"]) == (2, 3)
    assert after["Providers"] == raw["Providers"]
    assert list(after)[: len(raw)] == list(raw)

    async with opened(after) as app:
        await eventually(lambda: shows(app))
        assert app.raw == after


async def test_what_is_asked_last_for_one_kind_of_work_has_a_row_of_its_own(qloop: Loop) -> None:
    fallback = {"default": ["a,n"], "think": ["a,m", "b,large"], "mine": 1}
    async with opened(configuration(fallback=fallback)) as app:
        row = app.row("fallback:think")
        assert "Thinking and planning" in words_of(row)
        assert app.row("fallback:default").picker.current() == "a,n"
        assert not [place for place in app.page.kinds.rows if place == "fallback:background"]

        row.clear_button.click()
        await eventually(lambda: "think" not in app.raw["fallback"])
        await eventually(lambda: "fallback:think" not in app.page.kinds.rows)

        assert app.raw["fallback"] == {"default": ["a,n"], "mine": 1}


async def test_a_route_set_has_last_models_of_its_own(qloop: Loop) -> None:
    sets = {"Night": {"default": "b,large"}}
    async with opened(configuration(routeSets=sets, fallback={"default": ["a,n"]})) as app:
        choose(app.page.sets.picker, "Night")
        await eventually(lambda: app.page.shown_set == "Night")
        await eventually(lambda: not app.row("fallback:default").picker.current())

        pick(app.row("fallback:default"), "n")
        await eventually(lambda: "fallback" in app.raw["routeSets"]["Night"])

        assert app.raw["routeSets"]["Night"]["fallback"] == {"default": ["a,n"]}
        assert app.raw["fallback"] == {"default": ["a,n"]}
