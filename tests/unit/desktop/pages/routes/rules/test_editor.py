"""The editor of a rule: whatever a rule holds comes back as it was."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.core.config.conditions import CONDITIONS
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.desktop.pages.providers.fix_options import FixOptions
from ccr_desktop.desktop.pages.routes.rules.editor import RuleEditor
from ccr_desktop.desktop.pages.routes.rules.fields import FlagField, JsonField, SpanField
from ccr_desktop.desktop.pages.routes.rules.kinds import action_kinds, condition_kinds
from ccr_desktop.desktop.pages.routes.rules.parts import Part
from ccr_desktop.desktop.pages.routes.rules.text_editor import RuleText

pytestmark = pytest.mark.usefixtures("look")
CONFIG = read_config(
    {
        "Providers": [
            {"name": name, "api_base_url": "http://127.0.0.1:1/v1", "models": ["m", "n"]}
            for name in ("p", "q")
        ],
        "Router": {"default": "p,m"},
    },
    None,
    {},
)
ALL: dict[str, Any] = {
    "// why": "a remark",
    "name": "all",
    "when": {
        "folder": ["~/x", "/y/*"],
        "contains": ["only one"],
        "time": "22:00-6:00",
        "tokensOver": 5,
        "tokensUnder": "7000",
        "tool": "Bash",
        "hasImage": False,
        "model": "*haiku*",
        "agent": "Explore",
        "thinking": "effort:max",
        "header": {"x-team": ["a", "b"]},
        "field": {"n": 1, "t": "1"},
        "stream": True,
    },
    "route": ["p,m", {"provider": "q", "model": "n"}],
    "only": "p",
    "never": [],
    "block": "No.",
    "set": {"a.b": {"c": [1]}, "d": None},
    "use": ["tooluse", ["maxtoken", {"max_tokens": 9}]],
    "enabled": False,
}


def edited(qtbot: QtBot, rule: dict[str, Any]) -> RuleEditor:
    editor = RuleEditor("Edit rule", "Save rule", rule, CONFIG, None)
    qtbot.addWidget(editor, before_close_func=lambda _: editor.leave())  # it would ask first
    editor.show()
    return editor


def part(editor: RuleEditor, name: str) -> Part:
    found = editor.conditions.part(name) or editor.effects.part(name)
    assert found is not None
    return found


def test_a_rule_with_everything_comes_back_as_it_was(qtbot: QtBot) -> None:
    rule = {key: value for key, value in ALL.items() if key != "never"}
    editor = edited(qtbot, rule)

    editor.save.click()

    assert editor.rule == rule
    assert list(editor.rule or ()) == list(rule)


def test_every_condition_and_action_has_a_field_and_a_name(qtbot: QtBot) -> None:
    assert {kind.name for kind in condition_kinds()} == {each.name for each in CONDITIONS}
    editor = edited(qtbot, {})
    for kind in condition_kinds():
        editor.conditions.add(kind.name)
    for kind in action_kinds():
        editor.effects.add(kind.name)

    for each in (*editor.conditions.parts, *editor.effects.parts):
        assert not isinstance(each.field, JsonField), each.name
        for field in each.findChildren(QWidget):
            takes_tab = field.focusPolicy() & Qt.FocusPolicy.TabFocus and not field.focusProxy()
            if takes_tab and field.isVisibleTo(each):
                assert field.accessibleName() or field.property("text"), (each.name, field)
    assert not editor.conditions.button.isVisible()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tiem", "22:00-06:00"),
        ("time", ["1:00-2:00", "3:00-24:00"]),
        ("folder", {"a": 1}),
        ("hasImage", "yes"),
        ("contains", "two\nlines"),
    ],
)
def test_what_a_field_cannot_show_is_kept_as_text(qtbot: QtBot, name: str, value: Any) -> None:
    rule = {"when": {name: value}, "route": "p,m"}
    editor = edited(qtbot, rule)

    assert isinstance(part(editor, name).field, JsonField)
    assert editor.entry() == rule


def test_conditions_that_are_no_object_stand_for_all(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": "night", "route": "p,m"})

    assert editor.entry()["when"] == "night"
    assert not editor.conditions.button.isVisible()
    editor.save.click()
    assert "An object of conditions" in part(editor, "when").row.error()


def test_conditions_that_exclude_each_other_are_told_and_can_be_saved(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": {"tokensOver": 9, "tokensUnder": 900}, "route": "p,m"})
    assert not editor.warning.isVisible()

    part(editor, "tokensUnder").field.show_value(8)

    assert editor.warning.isVisible()
    assert "The rule can never match." in editor.warning.text()
    editor.save.click()
    assert editor.rule == {"when": {"tokensOver": 9, "tokensUnder": 8}, "route": "p,m"}
    dialog = RuleText(editor.rule, CONFIG, None)
    qtbot.addWidget(dialog)
    assert (dialog.row.error(), "can never match" in dialog.row.warning()) == ("", True)
    dialog.save.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_warning_at_a_field_does_not_look_as_if_it_kept_anybody_from_saving(
    qtbot: QtBot,
) -> None:
    editor = edited(qtbot, {"when": {"folder": "/x"}, "route": "p,m"})
    route = part(editor, "route")

    route.field.picker.picked.emit("p,other")  # type: ignore[attr-defined]

    assert (route.row.error(), "has no model 'other'" in route.row.warning()) == ("", True)
    editor.save.click()
    assert editor.rule


def test_a_header_with_two_values_is_told_before_one_is_lost(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": {"header": {"x-team": "a"}}, "route": "p,m"})
    field = part(editor, "header").field

    _edit(field).setPlainText("x-team = a\nx-team = b")
    assert "“x-team” is there twice" in part(editor, "header").row.error()


def test_a_mistake_is_told_at_its_field_while_it_is_typed(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": {"folder": "/x"}, "set": {"max_tokens": 5}})
    field = part(editor, "set").field

    assert part(editor, "set").row.error() == ""
    QTest.keyClicks(_edit(field), "x")
    QTest.keyClick(_edit(field), Qt.Key.Key_Return)
    QTest.keyClicks(_edit(field), "model")
    assert (
        "“model” has no value" in part(editor, "set").row.error() or part(editor, "set").row.error()
    )
    field.show_value({"model": "x"})
    told = "'model' can't be set. “Use a model” says which model answers."
    assert part(editor, "set").row.error() == told
    field.show_value({"max_tokens": 6})
    assert part(editor, "set").row.error() == ""
    assert editor.sentence.text() == "When the folder is /x, set max_tokens to 6."


def test_clocks_and_choices_say_what_the_file_says(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": {"time": "22:00-06:00", "hasImage": True}, "route": "p,m"})
    clock, picture = part(editor, "time").field, part(editor, "hasImage").field
    assert isinstance(clock, SpanField)
    assert isinstance(picture, FlagField)

    clock.begin.setTime(clock.begin.time().addSecs(-1800))
    picture.box.setCurrentIndex(1)
    picture.changed.emit()

    assert editor.entry()["when"] == {"time": "21:30-06:00", "hasImage": False}
    assert "no picture is sent" in editor.sentence.text()


def test_a_rule_that_does_nothing_is_not_saved(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": {"folder": "/x"}})

    editor.save.click()

    assert editor.rule is None
    assert editor.error.text() == "The rule does nothing yet. Add what is to be done."


def test_the_cursor_begins_at_the_first_condition(qtbot: QtBot) -> None:
    editor = edited(qtbot, {"when": {"folder": ""}, "route": ""})
    qtbot.waitUntil(lambda: editor.focusWidget() is _edit(part(editor, "folder").field))


def test_what_stays_keeps_its_place_when_a_condition_goes(qtbot: QtBot) -> None:
    editor = edited(qtbot, ALL)
    area = editor.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > area.height())
    gone = part(editor, "agent")
    gone.focus()
    qtbot.waitUntil(lambda: _edit(gone.field).hasFocus())
    area.ensureWidgetVisible(gone)
    place = bar.value()
    assert place

    gone.findChild(QToolButton).click()

    qtbot.waitUntil(editor.conditions.button.hasFocus)
    assert bar.value() == place


def _edit(field: Any) -> QWidget:
    found = field.edit
    assert isinstance(found, QWidget)
    return found


@pytest.mark.parametrize("typed", ["[" * 100_000, '{"a": NaN}', f'{{"a": {"9" * 5000}}}', "{"])
def test_json_that_no_file_can_hold_is_told_at_its_field(qtbot: QtBot, typed: str) -> None:
    field, text = JsonField(), RuleText({}, CONFIG, None)
    options = FixOptions(None, {})
    for widget in (field, text, options):
        qtbot.addWidget(widget)
        widget.findChild(QPlainTextEdit).setPlainText(typed)

    with pytest.raises(ValueError, match="can't be read"):
        field.value()
    assert "can't be read" in text.problem()
    assert not options.is_complete()
    assert options.options() == {}


def test_very_long_words_leave_room_for_the_fields(qtbot: QtBot) -> None:
    rule = {"when": {"contains": "word," * 20_000}, "route": "p,m"}
    editor = edited(qtbot, rule)

    assert len(editor.sentence.text()) < 600
    editor.save.click()
    assert editor.rule == rule
