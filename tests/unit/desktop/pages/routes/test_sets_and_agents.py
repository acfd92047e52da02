"""Route sets, helper agents by name, and the quick choices of the tray."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.name_dialog import NameDialog
from tests.unit.desktop.answering import over
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, pick, press
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")
SETS = {"Night": {"default": "b,large", "mine": 1}}


async def _name(app: Opened, name: str) -> None:
    dialog = await _dialog(app)
    dialog.field.selectAll()
    QTest.keyClicks(dialog.field, name)
    press(dialog.field, Qt.Key.Key_Return)


async def _dialog(app: Opened) -> NameDialog:
    return await over(app.page, NameDialog)


async def test_a_set_is_made_shown_and_put_in_force(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        assert app.page.sets.picker.shown_text() == "Standard"
        app.page.sets.new_button.click()
        await _name(app, "Offline")
        await app.settled()

        assert app.raw["routeSets"] == {"Offline": {"default": "a,m"}}
        await eventually(lambda: app.page.sets.picker.shown_text() == "Offline")
        assert app.page.sets.state.word == "Not in force"

        app.page.sets.use_button.click()
        await app.settled()
        assert app.raw["routeSet"] == "Offline"
        await eventually(lambda: app.page.sets.state.word == "In force")


@pytest.mark.parametrize("name", ["night", "Standard"])
async def test_a_name_that_is_taken_is_told_where_it_stands(qloop: Loop, name: str) -> None:
    async with opened(configuration(routeSets=SETS)) as app:
        app.page.sets.new_button.click()
        await _name(app, name)

        dialog = await _dialog(app)
        assert "already" in dialog.row.error()
        press(dialog, Qt.Key.Key_Escape)
        await app.settled()
        assert app.raw["routeSets"] == SETS


async def test_edits_go_to_the_set_that_is_shown(qloop: Loop) -> None:
    async with opened(configuration(routeSets=SETS)) as app:
        app.page.sets.shown_wanted.emit("Night")
        assert app.row("default").picker.shown_text() == "large"
        assert app.row("think").picker.shown_text() == "Same as Main work (large)"

        pick(app.row("think"), "small")
        await app.settled()

        assert app.raw["routeSets"] == {"Night": {**SETS["Night"], "think": "b,small"}}
        assert app.router == {"default": "a,m"}


async def test_a_set_without_a_main_model_takes_that_of_the_standard_one(qloop: Loop) -> None:
    async with opened(configuration(routeSets=SETS, routeSet="Night")) as app:
        press(app.row("default").clear_button, Qt.Key.Key_Space)
        await app.settled()

        assert app.raw["routeSets"] == {"Night": {"mine": 1}}
        words = "Same as in Standard (m)"
        await eventually(lambda: app.row("default").picker.shown_text() == words)


async def test_a_set_is_renamed_where_it_is_used(qloop: Loop) -> None:
    async with opened(configuration(routeSets=SETS, routeSet="Night")) as app:
        app.page.sets.rename_button.click()
        await _name(app, "Cheap")
        await app.settled()

        assert app.raw["routeSets"] == {"Cheap": SETS["Night"]}
        assert app.raw["routeSet"] == "Cheap"
        await eventually(lambda: app.page.sets.picker.shown_text() == "Cheap")


async def test_a_set_that_folders_use_is_removed_after_a_question(qloop: Loop) -> None:
    raw = configuration(routeSets=SETS, routeSet="Night", projects={"/tmp": "Night"})
    async with opened(raw) as app:
        app.page.sets.remove_button.click()
        await eventually(lambda: app.page.findChildren(QPushButton, "answer-remove"))
        app.page.findChildren(QPushButton, "answer-remove")[0].click()
        await app.settled()

        assert app.raw["routeSets"] == {}
        assert app.raw["projects"] == {}
        await eventually(lambda: app.page.sets.picker.shown_text() == "Standard")
        app.desk.bridge.undo()
        await app.settled()
        assert app.raw == raw
        await eventually(lambda: app.page.sets.picker.shown_text() == "Night")


async def test_the_set_in_force_is_shown_in_place_of_one_that_is_gone(qloop: Loop) -> None:
    async with opened(configuration(routeSets=SETS, routeSet="Night")) as app:
        app.page.sets.duplicate_button.click()
        await _name(app, "Other")
        await app.settled()
        await eventually(lambda: app.page.sets.picker.shown_text() == "Other")

        app.desk.bridge.undo()

        await eventually(lambda: app.page.sets.picker.shown_text() == "Night")
        assert app.page.sets.state.word == "In force"
        app.page.sets.shown_wanted.emit("")
        assert app.page.sets.picker.shown_text() == "Standard"


async def test_a_helper_agent_gets_a_model_and_loses_it(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        agents = app.page.agents
        agents.form.name.setText(" Explore ")
        press(agents.form.model, Qt.Key.Key_Down)
        QTest.keyClicks(agents.form.model.pop_over.search, "small")
        press(agents.form.model.pop_over.search, Qt.Key.Key_Return)
        await app.settled()
        assert app.router["agents"] == {"Explore": "b,small"}
        await eventually(lambda: "agent:Explore" in agents.rows)
        assert agents.form.name.text() == ""

        press(agents.rows["agent:Explore"].clear_button, Qt.Key.Key_Space)
        await app.settled()
        assert app.router == {"default": "a,m"}
        await eventually(lambda: agents.rows == {})


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "Say which agent first."), ("explore", "explore has a model already.")],
)
async def test_an_agent_without_a_name_of_its_own_is_refused_in_words(
    qloop: Loop, name: str, words: str
) -> None:
    router = {"default": "a,m", "agents": {"Explore": "a,n"}}
    async with opened(configuration(Router=router)) as app:
        app.page.agents.form.name.setText(name)
        app.page.agents.form.model.picked.emit("b,small")
        await app.settled()

        assert app.page.agents.form.name_row.error() == words
        assert app.router == router


async def test_quick_choices_are_added_ordered_and_removed(qloop: Loop) -> None:
    raw = configuration(Desktop={"favourites": ["a,m"], "theme": "dark"})
    async with opened(raw) as app:
        card = app.page.favourites
        press(card.add_button, Qt.Key.Key_Space)
        assert card._pop_over is not None
        QTest.keyClicks(card._pop_over.search, "large")
        press(card._pop_over.search, Qt.Key.Key_Return)
        await app.settled()
        assert app.raw["Desktop"] == {"favourites": ["a,m", "b,large"], "theme": "dark"}
        assert app.desk.bridge.overview.favourites == ("a,m", "b,large")

        await eventually(lambda: card.list.rows.rowCount() == 2)
        card.list.select("b,large")
        press(card.list, Qt.Key.Key_Up, ctrl=True)
        await app.settled()
        assert app.raw["Desktop"]["favourites"] == ["b,large", "a,m"]

        await eventually(lambda: card.list.rows.rows[0].key == "b,large")
        card.list.select("a,m")
        press(card.list, Qt.Key.Key_Delete)
        await app.settled()
        assert app.raw["Desktop"]["favourites"] == ["b,large"]


async def test_own_rules_are_counted_and_kept(qloop: Loop) -> None:
    rules = [{"name": "r", "when": {"contains": "x"}, "route": "a,n"}]
    raw = configuration(Router={"default": "a,m", "rules": rules})
    async with opened(raw) as app:
        assert app.page.rules_first.text() == "One rule of your own comes before this table."

        pick(app.row("default"), "large")
        await app.settled()

        assert app.router == {"default": "b,large", "rules": rules}


async def test_an_agent_is_renamed_at_its_place(qloop: Loop) -> None:
    router = {"default": "a,m", "agents": {"Explore": "a,n", "Plan": ["b,small", "a,m"]}}
    async with opened(configuration(Router=router)) as app:
        await eventually(lambda: "agent:Explore" in app.page.agents.rows)
        press(app.page.agents.rows["agent:Explore"].rename_button, Qt.Key.Key_Space)
        await _name(app, "plan")
        dialog = await _dialog(app)
        assert dialog.row.error().startswith("Plan has a model already")

        dialog.field.selectAll()
        QTest.keyClicks(dialog.field, "Search")
        press(dialog.field, Qt.Key.Key_Return)
        await app.settled()

        assert list(app.router["agents"].items()) == [
            ("Search", "a,n"),
            ("Plan", ["b,small", "a,m"]),
        ]


async def test_agents_of_projects_are_proposed(
    qloop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    agents = tmp_path / "acme" / ".claude" / "agents"
    agents.mkdir(parents=True)
    (agents / "review.md").write_text("---\nname: code-reviewer\n---\nYou review code.")
    raw = configuration(projects={str(tmp_path / "acme"): "a,n"})
    async with opened(raw) as app:
        await eventually(lambda: "code-reviewer" in app.page.agents.proposed())
        assert "Explore" in app.page.agents.proposed()


async def test_a_second_click_on_remove_finds_nothing_to_do(qloop: Loop) -> None:
    async with opened(configuration(routeSets=SETS, routeSet="Night")) as app:
        app.page.sets.remove_button.click()
        app.page.sets.remove_button.click()
        await app.settled()

        assert "Night" not in app.raw.get("routeSets", {})
        assert app.problems == []


async def test_a_set_is_duplicated_under_a_free_name(qloop: Loop) -> None:
    async with opened(configuration(routeSets=SETS, routeSet="Night")) as app:
        press(app.page.sets.duplicate_button, Qt.Key.Key_Space)
        dialog = await _dialog(app)
        assert dialog.field.text() == "Night 2"
        press(dialog.field, Qt.Key.Key_Return)
        await app.settled()

        assert app.raw["routeSets"] == {**SETS, "Night 2": SETS["Night"]}
        assert app.raw["routeSet"] == "Night"


async def test_enter_goes_on_from_the_name_of_an_agent_to_its_model(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        card = app.page.agents
        card.form.name.setText("reviewer")
        press(card.form.name, Qt.Key.Key_Return)
        await eventually(card.form.model.pop_over.isVisible)
        QTest.keyClicks(card.form.model.pop_over.search, "large")
        press(card.form.model.pop_over.search, Qt.Key.Key_Return)

        await eventually(lambda: app.router.get("agents") == {"reviewer": "b,large"})


async def test_proposed_names_stand_on_a_ground_of_their_own(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        name = app.page.agents.form.name
        name.setFocus()
        QTest.keyClicks(name, "Exp")
        popup = name.completer().popup()
        assert popup
        await eventually(popup.isVisible)

        picture = popup.grab().toImage()
        ground = picture.pixelColor(picture.width() - 4, picture.height() // 2)
        assert ground.alpha() == 255


async def test_the_proposed_names_go_once_one_of_them_is_typed_whole(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        name = app.page.agents.form.name
        name.setFocus()
        QTest.keyClicks(name, "explor")
        popup = name.completer().popup()
        assert popup
        await eventually(popup.isVisible)

        QTest.keyClicks(name, "e")

        await eventually(lambda: not popup.isVisible())
        assert name.text() == "explore"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"Router": {"default": "a,m", "agents": ["x"]}}, "agents is no object"),
        ({"Router": {"default": "a,m"}, "Desktop": ["x"]}, "Desktop is no object"),
    ],
    ids=["agents", "Desktop"],
)
async def test_members_of_another_shape_are_told_and_stay(
    qloop: Loop, members: dict[str, Any], said: str
) -> None:
    raw = configuration(**members)
    async with opened(raw) as app:
        if "agents" in members["Router"]:
            app.page.agents.form.name.setText("Explore")
            app.page.agents.form.model.picked.emit("b,small")
        else:
            app.page.favourites.favourites_wanted.emit(("b,small",))
        await app.settled()

        assert [problem.title for problem in app.problems] == [said]
        assert app.raw == raw
