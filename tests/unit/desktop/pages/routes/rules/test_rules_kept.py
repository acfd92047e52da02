"""A rule that can't be saved stays in its dialog, as it was entered."""

import json

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from ccr_desktop.desktop.loop import Loop
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.tab import AS_TEXT, EDIT
from ccr_desktop.desktop.pages.routes.rules.text_editor import RuleText
from tests.unit.desktop.answering import answer, over
from tests.unit.desktop.pages.routes.opened import opened, press
from tests.unit.desktop.pages.routes.rules.test_rules import A, B, choose, editor, rules, tab
from tests.unit.desktop.waiting import eventually

pytestmark = pytest.mark.usefixtures("look")


async def test_a_rule_that_can_not_be_kept_stays_as_it_was_entered(qloop: Loop) -> None:
    async with opened(rules(A)) as app:
        shown = tab(app)
        choose(shown, 0)
        press(shown.list, Qt.Key.Key_Return)
        dialog = await editor(app)
        dialog.name.setText("of my own")
        app.write(rules(B))  # as another program does

        dialog.save.click()
        await answer(app.page, "")
        await eventually(dialog.isVisible)
        assert "changed meanwhile" in dialog.error.text()
        assert dialog.isVisible()
        assert dialog.name.text() == "of my own"
        assert app.router["rules"] == [B]

        app.write(rules(B, A))
        await app.desk.bridge.reload()
        dialog.save.click()
        await eventually(lambda: not isValid(dialog))
        assert app.router["rules"] == [B, {**A, "name": "of my own"}]
        assert not app.problems


@pytest.mark.parametrize("as_text", [False, True])
async def test_what_was_entered_for_a_rule_that_is_gone_is_kept_as_a_new_one(
    qloop: Loop, as_text: bool
) -> None:
    async with opened(rules(A, B)) as app:
        shown = tab(app)
        shown.action_wanted.emit(shown.list.rows.rows[0].key, AS_TEXT if as_text else EDIT)
        dialog = await over(app.page, RuleText if as_text else RuleEditor)
        if isinstance(dialog, RuleText):
            dialog.edit.setPlainText(json.dumps({**A, "name": "of my own"}))
        else:
            dialog.name.setText("of my own")
        app.write(rules(B))  # as another program does

        dialog.save.click()
        await answer(app.page, "anew")
        await eventually(lambda: not isValid(dialog))
        assert app.router["rules"] == [{**A, "name": "of my own"}, B]
        assert app.toasts == ["Added the rule “of my own”"]
        assert not app.problems


async def test_a_new_rule_of_a_set_that_is_gone_is_not_one_of_standard(qloop: Loop) -> None:
    async with opened(rules(A, Night={"default": "b,large", "rules": []})) as app:
        shown = tab(app)
        app.page.sets.picker.picked.emit("set:Night")
        shown.add_wanted.emit()
        dialog = await editor(app)
        dialog.conditions.part("folder").field.show_value("/code")  # type: ignore[union-attr]
        dialog.effects.part("route").field.picker.picked.emit("b,large")  # type: ignore[union-attr]
        await app.desk.bridge.edit(lambda _: rules(A), "Removed the route set Night")
        await eventually(lambda: not app.page.shown_set)

        dialog.save.click()
        await eventually(dialog.error.isVisible)
        assert app.router["rules"] == [A]
        dialog.leave()
        await app.settled()
