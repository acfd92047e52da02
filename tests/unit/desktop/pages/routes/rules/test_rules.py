"""The tab "Rules" on a real file: list, order, switch, undo, sets, and what "Try it" says."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from ccr_desktop.core.config.schema import Route
from ccr_desktop.core.observe.events import RouteChosen
from ccr_desktop.core.routing.decision import Decision, Verdict
from ccr_desktop.desktop.dialogs import Question
from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.tab import RulesTab
from ccr_desktop.desktop.pages.routes.rules.text_editor import RuleText
from ccr_desktop.desktop.pages.routes.tabs import RULES
from tests.unit.desktop.answering import answer, answer_with, asked, over
from tests.unit.desktop.pages.routes.opened import Opened, configuration, opened, press
from tests.unit.desktop.scenes import routed
from tests.unit.desktop.waiting import eventually

TOOLTIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole

pytestmark = pytest.mark.usefixtures("look")
Raw = dict[str, Any]
A: Raw = {"name": "one", "when": {"folder": "/x*"}, "route": "a,n"}
B: Raw = {"name": "two", "when": {"contains": "secret"}, "never": ["b"], "// why": "asked to"}


def rules(*entries: Any, **sets: Any) -> Raw:
    return configuration(Router={"default": "a,m", "rules": list(entries)}, routeSets=sets)


def tab(app: Opened) -> RulesTab:
    app.page.tabs.row.set_current(RULES)
    found = app.page.findChild(RulesTab)
    assert found
    return found


def titles(shown: RulesTab) -> list[str]:
    return [row.title for row in shown.list.rows.rows]


def subtitles(shown: RulesTab) -> list[str]:
    return [row.subtitle for row in shown.list.rows.rows]


def row_data(shown: RulesTab, role: Qt.ItemDataRole) -> str:
    return str(shown.list.rows.index(0).data(role))


def hit_the_first(app: Opened) -> None:
    """A request goes by the first rule."""
    decision = Decision(route=Route("a", "n"), scenario="rule", trace=())
    app.desk.bridge._heard(
        RouteChosen(
            request_id="r",
            session_id="s",
            model="m",
            decision=decision,
            rules=("Router.rules[0]",),
        )
    )


def choose(shown: RulesTab, number: int) -> None:
    shown.list.setFocus()
    shown.list.setCurrentIndex(shown.list.rows.index(number))


async def editor(app: Opened) -> RuleEditor:
    return await over(app.page, RuleEditor)


async def test_without_rules_there_are_a_sentence_a_button_and_examples(qloop: Loop) -> None:
    async with opened(configuration()) as app:
        shown = tab(app)
        assert shown.empty.isVisible()
        assert not shown.list.isVisible()

        shown.empty_examples.click()
        menu = next(menu for menu in shown.findChildren(QMenu) if menu.actions())
        assert menu.actions()[0].text().startswith("When the folder is ~/clients/acme, use only a")
        menu.actions()[0].trigger()
        dialog = await editor(app)
        dialog.save.click()
        await app.settled()

        assert app.router["rules"][0]["only"] == ["a"]
        await eventually(shown.list.isVisible)


async def test_a_rule_is_added_while_its_sentence_and_mistakes_are_shown(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        shown = tab(app)
        shown.add_button.click()
        dialog = await editor(app)
        assert dialog.sentence.text() == "When the folder is …, do nothing."
        dialog.save.click()
        folder, route = dialog.conditions.part("folder"), dialog.effects.part("route")
        assert folder is not None
        assert route is not None
        assert folder.row.error() == "Write at least one line."
        assert route.row.error() == "Choose a model."
        assert dialog.isVisible()

        QTest.keyClicks(dialog.focusWidget(), "code")
        assert "whole path" in folder.row.error()
        folder.field.show_value("/code")
        route.field.picker.picked.emit("b,large")  # type: ignore[attr-defined]
        dialog.name.setText("big")
        assert dialog.sentence.text() == "When the folder is /code, use large from b."
        dialog.save.click()
        await app.settled()

        added = {"name": "big", "when": {"folder": "/code"}, "route": "b,large"}
        assert app.router["rules"] == [A, added]
        assert app.toasts == ["Added the rule “big”"]
        app.desk.bridge.undo()
        await app.settled()
        assert app.router["rules"] == [A]


async def test_escape_loses_no_changes_without_asking(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        shown = tab(app)
        choose(shown, 0)
        press(shown.list, Qt.Key.Key_Return)
        dialog = await editor(app)
        dialog.name.setText("other")

        press(dialog, Qt.Key.Key_Escape)
        question = await asked(app.page)
        answer_with(question, "")
        await eventually(lambda: not isValid(question))
        assert dialog.isVisible()
        assert dialog.name.text() == "other"

        press(dialog, Qt.Key.Key_Escape)
        await answer(app.page, "discard")
        await app.settled()
        assert not isValid(dialog) or not dialog.isVisible()
        assert app.router["rules"] == [A]


async def test_escape_leaves_an_editor_in_which_nothing_was_changed(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        shown = tab(app)
        shown.add_button.click()
        press(await editor(app), Qt.Key.Key_Escape)
        await app.settled()
        assert not app.page.findChildren(Question)

        choose(shown, 0)
        shown.action_wanted.emit(shown.list.rows.rows[0].key, "text")
        text = await over(app.page, RuleText)
        press(text, Qt.Key.Key_Escape)
        await app.settled()
        assert not app.page.findChildren(Question)


async def test_an_editor_that_the_end_of_the_app_closes_asks_nothing(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        tab(app).add_button.click()
        dialog = await editor(app)
        dialog.name.setText("half")

        await app.desk.bridge.tasks.end()

        assert not isValid(dialog) or not dialog.isVisible()
        assert not app.page.findChildren(Question)


async def test_editing_keeps_what_the_form_does_not_know(qloop: Loop) -> None:
    rule = {**B, "when": {"contains": "secret", "time": ["1:00-2:00", "3:00-24:00"]}}
    async with opened(rules(rule)) as app:
        shown = tab(app)
        choose(shown, 0)
        press(shown.list, Qt.Key.Key_Return)
        dialog = await editor(app)
        dialog.name.setText("three")
        dialog.save.click()
        await app.settled()

        assert app.router["rules"] == [{**rule, "name": "three"}]
        assert list(app.router["rules"][0]) == list(rule)


async def test_keys_order_switch_and_remove(qloop: Loop) -> None:
    async with opened(rules(A, B)) as app:
        shown = tab(app)
        choose(shown, 1)
        press(shown.list, Qt.Key.Key_Up, ctrl=True)
        await app.settled()
        assert app.router["rules"] == [B, A]
        await eventually(lambda: titles(shown)[0].startswith("1. When the message"))
        assert shown.list.currentIndex().row() == 0

        press(shown.list, Qt.Key.Key_Space)
        await app.settled()
        assert app.router["rules"][0] == {**B, "enabled": False}
        await eventually(lambda: subtitles(shown)[0] == "Switched off · two")

        press(shown.list, Qt.Key.Key_Space)
        await app.settled()
        assert app.router["rules"][0] == B
        await eventually(lambda: subtitles(shown)[0] != "Switched off · two")

        press(shown.list, Qt.Key.Key_Delete)
        await app.settled()
        assert app.router["rules"] == [A]
        assert app.toasts[-1] == "Removed the rule “two”"


async def test_what_is_no_rule_is_shown_with_its_problem_and_mended_as_text(qloop: Loop) -> None:
    async with opened(rules("only a", A)) as app:
        shown = tab(app)
        assert titles(shown)[0] == '1. "only a"'
        assert shown.list.rows.rows[0].state == "attention"
        assert "Write {" in subtitles(shown)[0]
        choose(shown, 0)
        press(shown.list, Qt.Key.Key_Space, Qt.Key.Key_Return)
        await eventually(lambda: bool(app.page.findChildren(RuleText)))
        dialog = app.page.findChildren(RuleText)[0]
        assert dialog.row.error()
        dialog.edit.setPlainText('{"only": ["a"]')
        dialog.save.click()
        assert "can't be read" in dialog.row.error()
        dialog.edit.setPlainText('{"only": ["a"]}')
        dialog.save.click()
        await app.settled()

        assert app.router["rules"] == [{"only": ["a"]}, A]


async def test_a_rule_that_can_never_match_is_no_error(qloop: Loop) -> None:
    never = {**A, "when": {"tokensOver": 50_000, "tokensUnder": 10_000}}
    async with opened(rules(never)) as app:
        shown = tab(app)

        assert shown.list.rows.rows[0].state == "backup"
        assert "more than 50,000 and fewer than 10,000" in subtitles(shown)[0]


async def test_the_list_names_nothing_of_the_file_and_nobody_otherwise(qloop: Loop) -> None:
    async with opened(rules({**A, "route": "a,other"})) as app:
        assert subtitles(tab(app))[0].startswith("'a' has no model 'other'. It is asked for")
        assert "`" not in subtitles(tab(app))[0]


async def test_what_a_long_rule_does_is_seen_in_the_list(qloop: Loop) -> None:
    folders = [f"~/clients/<b>{number}" for number in range(30)]
    async with opened(rules({"when": {"folder": folders}, "never": ["b"]}, B)) as app:
        row = tab(app).list.rows.rows[0]
        tip, said = (row_data(tab(app), role) for role in (TOOLTIP, SPOKEN))

    assert row.title == f"1. When {row.gives_way}, never use b."
    assert "~/clients/&lt;b&gt;29, never use b." in tip
    assert said.startswith(row.title)


async def test_hits_are_counted(qloop: Loop) -> None:
    async with opened(rules(A, B)) as app:
        shown = tab(app)
        assert subtitles(shown)[0].startswith("Not used since")
        for _ in range(2):
            hit_the_first(app)

        await eventually(lambda: shown.list.rows.rows[0].trailing == "2×")
        assert subtitles(shown)[0] == "Last used just now · one"


async def test_try_it_says_of_each_rule_whether_it_fits(qloop: Loop) -> None:
    async with opened(rules(A, {**A, "name": "other", "when": {"contains": "hello"}})) as app:
        shown = tab(app)
        app.page.try_it.form.text.setPlainText("Hello there")
        app.page.try_it.set_opened(True)

        await eventually(lambda: subtitles(shown)[1].startswith("Fits in “Try it”"))
        assert subtitles(shown)[0].startswith("Does not fit: ")

        shown.action_wanted.emit(shown.list.rows.rows[0].key, "test")
        await eventually(lambda: subtitles(shown)[0].startswith("Fits in “Try it”: the client"))

        app.page.try_it.set_opened(False)
        await eventually(lambda: subtitles(shown)[0].startswith("Not used"))


async def test_a_rule_about_what_is_not_kept_of_a_past_request_has_no_answer(
    qloop: Loop,
) -> None:
    async with opened(rules(A, {**A, "name": "other", "when": {"contains": "hello"}})) as app:
        shown = tab(app)
        app.desk.bridge.journal.note(chosen := routed("a,m"))
        app.page.show_detail(f"try:{chosen.request_id}")

        await eventually(lambda: subtitles(shown)[1].startswith("Not known: what was said"))
        assert subtitles(shown)[0].startswith("Does not fit: ")

        app.page.try_it.form.text.setPlainText("Hello there")
        await eventually(lambda: subtitles(shown)[1].startswith("Fits in “Try it”"))


async def test_a_past_request_is_asked_for(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        tab(app).test_button.click()

        assert app.page.try_it.is_opened()
        assert "Nothing has passed through" in app.page.try_it.form.note.text()


async def test_a_set_follows_the_rules_of_standard_until_it_has_its_own(qloop: Loop) -> None:
    async with opened(rules(A, B, Night={"default": "b,large"})) as app:
        shown = tab(app)
        app.page.sets.picker.picked.emit("set:Night")
        assert "no rules of its own" in shown.set_note.text()
        assert not shown.list.isEnabled()
        assert not shown.add_button.isVisible()

        shown.set_note.activated.emit()
        await app.settled()
        assert app.raw["routeSets"]["Night"]["rules"] == [A]
        await eventually(shown.list.isEnabled)
        assert "What the rules of Standard forbid" in shown.set_note.text()

        shown.set_note.activated.emit()
        await app.settled()
        assert app.raw["routeSets"]["Night"] == {"default": "b,large"}


async def test_the_first_tab_leads_to_the_rules(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        assert app.page.kinds.isVisible()
        app.page.rules_first.activated.emit()

        found = app.page.findChild(RulesTab)
        assert found
        assert found.isVisible()
        assert not app.page.kinds.isVisible()


def _seen(app: Opened) -> None:
    """A request of the folder /x passed through."""
    decision = Decision(
        route=Route("a", "m"), scenario="default", trace=(Verdict("default", "it is"),)
    )
    app.desk.bridge.journal.note(
        RouteChosen(
            request_id="req_7",
            session_id="s",
            model="claude-haiku-4-5",
            decision=decision,
            folder="/x",
        )
    )


async def test_a_rule_is_made_from_a_past_request(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        _seen(app)
        app.page.show_detail("rule:req_7")

        dialog = await editor(app)
        expected = "When the folder is /x and the model asked for is claude-haiku-4-5, do nothing."
        assert dialog.sentence.text() == expected
        press(dialog, Qt.Key.Key_Escape)
        await app.settled()
        assert app.router["rules"] == [A]


async def test_a_past_request_is_tried_and_views_are_named(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        _seen(app)
        app.page.show_detail("rules")
        assert app.page.tabs.row.current() == RULES
        app.page.show_detail("try:req_7")

        assert app.page.try_it.is_opened()
        assert app.page.try_it.form.trial().folder == "/x"
        assert app.page.tabs.row.current() == "work"
        app.page.show_detail("nowhere")
        assert app.page.tabs.row.current() == "work"
