"""One row for each kind of work: choosing, clearing, backups, and what is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes import kinds_card
from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.widgets.gap import Gap
from ccr_desktop.desktop.widgets.reading_order import stops
from tests.unit.desktop.pages.routes.opened import configuration, opened, pick, press
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


async def test_a_row_without_a_choice_says_what_answers(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        assert app.row("think").picker.shown_text() == "Same as Main work (m)"
        assert app.row("think").picker.current() == ""
        assert app.row("default").picker.shown_text() == "m"


async def test_a_model_is_chosen_with_the_keyboard_and_saved_at_once(qloop: Loop) -> None:
    async with opened(configuration(mine={"x": 1})) as app:
        pick(app.row("think"), "large")
        await app.settled()

        assert app.router == {"default": "a,m", "think": "b,large"}
        assert app.raw["mine"] == {"x": 1}
        assert app.toasts == ["Thinking and planning: large"]
        await eventually(lambda: app.row("think").picker.shown_text() == "large")
        assert app.row("think").picker.accessibleName().endswith("b · 1M · $2 in, $8.5 out")


async def test_what_was_done_is_undone(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        before = app.raw
        pick(app.row("background"), "small")
        await app.settled()
        app.desk.bridge.undo()
        await app.settled()

        assert app.raw == before
        await eventually(lambda: app.row("background").picker.current() == "")


async def test_clearing_goes_back_to_the_main_work(qloop: Loop) -> None:
    raw = configuration(Router={"default": "a,m", "think": ["b,large", "a,n"]})
    async with opened(raw) as app:
        press(app.row("think").clear_button, Qt.Key.Key_Space)
        await app.settled()

        assert app.router == {"default": "a,m"}
        await eventually(lambda: not app.row("think").clear_button.isVisible())
        assert not app.row("default").clear_button.isVisible()


async def test_backups_are_added_moved_and_removed_with_the_keyboard(qloop: Loop) -> None:
    async with opened(configuration(Router={"default": "a,m"})) as app:
        row = app.row("default")
        for typed, count in (("large", 1), ("a n", 2)):
            press(row.add_button, Qt.Key.Key_Space)
            assert row._pop_over is not None
            QTest.keyClicks(row._pop_over.search, typed)
            press(row._pop_over.search, Qt.Key.Key_Return)
            await app.settled()
            await app.count_of(row.backups, count)
        assert app.router["default"] == ["a,m", "b,large", "a,n"]

        row.backups.select("a,n")
        press(row.backups, Qt.Key.Key_Up, ctrl=True)
        await app.settled()
        assert app.router["default"] == ["a,m", "a,n", "b,large"]

        await eventually(lambda: row.backups.rows.rows[0].key == "a,n")
        row.backups.select("b,large")
        press(row.backups, Qt.Key.Key_Delete)
        await app.settled()
        assert app.router["default"] == ["a,m", "a,n"]


async def test_a_backup_that_becomes_the_first_choice_is_no_backup_any_more(qloop: Loop) -> None:
    async with opened(configuration(Router={"default": ["a,m", "b,large", "a,n"]})) as app:
        pick(app.row("default"), "large")
        await app.settled()

        assert app.router["default"] == ["b,large", "a,n"]


async def test_a_typed_model_of_a_provider_is_added_to_its_list(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        pick(app.row("think"), "b,brand-new")
        await app.settled()

        assert app.router["think"] == "b,brand-new"
        assert app.raw["Providers"][1]["models"] == ["small", "large", "brand-new"]
        assert app.desk.bridge.config.issues == ()


async def test_only_models_of_providers_can_be_typed(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        pick(app.row("think"), "nobody,brand-new")
        await app.settled()

        assert "think" not in app.router


async def test_the_threshold_is_saved_and_small_models_cannot_be_chosen(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        app.page.kinds.threshold.setValue(80_000)
        await eventually(lambda: "longContextThreshold" in app.router)
        await app.settled()
        assert app.router["longContextThreshold"] == 80_000
        assert app.page.kinds.threshold_note.text() == "Models that hold more: large (1M)."

        pick(app.row("longContext"), "small")
        await app.settled()
        assert "longContext" not in app.router


@pytest.mark.parametrize("way", ["to another field", "from the page"])
async def test_the_threshold_is_that_of_the_set_in_which_it_was_entered(
    qloop: Loop, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(kinds_card, "_STILL_MS", 600_000)  # so long nobody leaves it
    async with opened(configuration(routeSets={"Offline": {"default": "a,n"}})) as app:
        await eventually(app.page.isActiveWindow)
        app.page.kinds.threshold.setFocus()
        press(app.page.kinds.threshold, Qt.Key.Key_Up)

        if way == "from the page":
            app.page.hide()
        else:
            app.page.sets.picker.setFocus()
        app.page.sets.shown_wanted.emit("Offline")
        await app.settled()

        assert app.router["longContextThreshold"] == 65_000
        assert app.raw["routeSets"] == {"Offline": {"default": "a,n"}}


async def test_a_model_that_is_too_small_for_the_threshold_is_named(qloop: Loop) -> None:
    async with opened(configuration(Router={"default": "a,m", "longContext": "b,small"})) as app:
        assert app.row("longContext").troubles.texts() == (
            "small holds 50k tokens only, less than the number above.",
        )


async def test_a_provider_that_is_switched_off_is_switched_on_from_the_row(qloop: Loop) -> None:
    raw = configuration()
    raw["Providers"][0]["paused"] = True
    async with opened(raw) as app:
        row = app.row("default")
        assert row.troubles.texts() == ("a is switched off, so m is left out.",)

        press(_button(row.troubles), Qt.Key.Key_Space)
        await app.settled()

        assert "paused" not in app.raw["Providers"][0]
        await eventually(lambda: row.troubles.texts() == ())


async def test_a_model_that_is_in_no_list_is_added_to_it(qloop: Loop) -> None:
    async with opened(configuration(Router={"default": "a,mm"})) as app:
        row = app.row("default")
        assert row.troubles.texts() == (
            "mm is not in the list of a. It is asked for all the same.",
        )

        press(_button(row.troubles), Qt.Key.Key_Space)
        await app.settled()

        assert app.raw["Providers"][0]["models"] == ["m", "n", "mm"]


async def test_the_models_of_a_provider_that_is_gone_are_mended_in_the_file(qloop: Loop) -> None:
    raw = configuration(Router={"default": ["a,m", "gone,x"], "think": "gone,y", "mine": 1})
    async with opened(raw) as app:
        assert app.row("think").picker.shown_text() == "y"
        assert app.row("think").troubles.texts() == ("“gone” is not among your providers.",)
        assert app.page.trouble.isVisible()

        press(app.page.trouble.button, Qt.Key.Key_Space)
        await app.settled()

        assert app.router == {"default": ["a,m"], "mine": 1}
        await eventually(lambda: not app.page.trouble.isVisible())


async def test_a_problem_of_the_settings_stands_at_its_row(qloop: Loop) -> None:
    async with opened(configuration(Router={"default": "a,m", "think": 5})) as app:
        (text,) = app.row("think").troubles.texts()

        assert text.startswith("Found 5.")
        assert app.row("default").troubles.texts() == ()


async def test_rows_have_the_names_that_claude_has_for_them(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        app.page.kinds.claude_names.click()

        assert app.row("background").picker.accessibleName().startswith("Haiku")
        assert app.desk.memory.get("routes.byClaudeName", False) is True


async def test_rows_that_come_later_are_read_where_they_stand(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        app.page.kinds.claude_names.click()
        await eventually(lambda: "model:opus" in app.page.kinds.rows)

        held = [row.parentWidget() for row in app.page.kinds.rows.values()]
        read = app.page.kinds.body.parentWidget().children()  # as screen readers get them
        assert [part for part in read if part in held] == held


async def test_each_of_claudes_models_can_have_a_model_of_its_own(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        assert "model:opus" not in app.page.kinds.rows
        app.page.kinds.claude_names.click()
        assert app.row("model:opus").picker.shown_text() == "Same as Main work (m)"

        pick(app.row("model:opus"), "large")
        await app.settled()
        assert app.router == {"default": "a,m", "models": {"opus": "b,large"}}

        app.page.kinds.claude_names.click()
        await eventually(lambda: "model:sonnet" not in app.page.kinds.rows)
        assert app.row("model:opus").picker.shown_text() == "large"

        press(app.row("model:opus").clear_button, Qt.Key.Key_Space)
        await app.settled()
        assert app.router == {"default": "a,m"}
        await eventually(lambda: "model:opus" not in app.page.kinds.rows)


async def test_a_file_that_changes_by_hand_shows_at_once(qloop: Loop) -> None:
    raw = configuration()
    async with opened(raw, runs=True) as app:
        app.write({**raw, "Router": {"default": "b,large"}})

        await eventually(lambda: app.row("default").picker.shown_text() == "large")


async def test_without_providers_there_is_a_way_to_one(qloop: Loop) -> None:
    wanted: list[str] = []
    async with opened({}) as app:
        app.desk.bridge.page_wanted.connect(wanted.append)
        assert app.page.empty.isVisible()
        assert not app.page.kinds.isVisible()

        press(app.page.empty.button, Qt.Key.Key_Space)

    assert wanted == ["providers"]


async def test_everything_is_reached_with_the_tab_key(qloop: Loop, look: theme.Theme) -> None:
    raw = configuration(Router={"default": ["a,m", "a,n"], "agents": {"Plan": "a,m"}})
    async with opened(raw) as app:
        wanted = {
            app.row("default").picker,
            app.row("default").add_button,
            app.row("default").backups,
            app.row("subagent").picker,
            app.page.kinds.threshold,
            app.page.agents.rows["agent:Plan"].clear_button,
            app.page.agents.form.name,
            app.page.favourites.add_button,
            app.page.try_it.head,
        }
        seen = set(stops(app.page))

        assert wanted <= seen


async def test_a_high_window_has_all_that_it_shows_before_it_is_painted(qloop: Loop) -> None:
    raw = configuration(Router={"default": "a,m", "agents": {"Plan": "a,m"}})
    async with opened(raw) as app:
        rows = app.page.findChildren(ModelRowView)
        assert {"kind-default", "kind-subagent"} <= {row.objectName() for row in rows}
        assert all(row.isVisible() for row in rows)
        gaps = app.page.findChildren(Gap)
        assert gaps
        assert not any(gap.isVisible() for gap in gaps)


def _button(parent: QWidget) -> QAbstractButton:
    (button,) = parent.findChildren(QAbstractButton)
    return button
