from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import language, theme
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.choice_box import FieldOfChoices
from ccr_desktop.desktop.widgets.copy_field import CopyField
from ccr_desktop.desktop.widgets.copy_sign import CopySign
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.ring import set_mark
from ccr_desktop.desktop.widgets.search_field import SearchField
from ccr_desktop.desktop.widgets.seconds_field import SecondsField
from ccr_desktop.desktop.widgets.secret_field import SecretField
from tests.unit.desktop.widgets.conftest import Show

MASKED, CLEAR = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


def test_copying_is_told_on_the_button_itself(show: Show, qtbot: QtBot) -> None:
    field = CopyField("127.0.0.1:3456")
    show(field)
    before = field._button.width()

    with qtbot.waitSignal(field.copied):
        qtbot.mouseClick(field._button, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == "127.0.0.1:3456"
    assert field._button.text() == "Copied"
    assert field._button.sizeHint().width() <= before


def test_the_copy_button_says_copy_again_for_a_new_text(show: Show) -> None:
    field = CopyField("127.0.0.1:3456", compact=True)
    show(field)
    field.copy()
    assert field._button.accessibleName() == "Copied"

    field.set_text("127.0.0.1:3457")

    assert field._button.accessibleName() == "Copy 127.0.0.1:3457"


def test_any_button_that_copies_says_so_and_is_then_as_it_was(show: Show) -> None:
    button = PlainButton("Copy report")
    button.setAccessibleName("Copy the report")
    sign = CopySign(button)
    show(button)

    for _ in range(2):
        sign.copy("a report")
        assert (button.text(), button.accessibleName()) == ("Copied", "Copied")
        assert not button.icon().isNull()
    sign._again.timeout.emit()

    assert QGuiApplication.clipboard().text() == "a report"
    assert (button.text(), button.accessibleName()) == ("Copy report", "Copy the report")
    assert button.icon().isNull()


def test_nothing_cannot_be_copied(show: Show) -> None:
    field = CopyField()
    show(field)

    assert not field._button.isEnabled()


def test_searching_tells_what_is_typed_and_escape_empties_it(show: Show, qtbot: QtBot) -> None:
    field = SearchField("Search models")
    show(field)
    told: list[str] = []
    field.searched.connect(told.append)

    qtbot.keyClicks(field, "ki")
    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert told == ["k", "ki", ""]
    assert field.accessibleName() == "Search models"


def test_a_search_goes_on_to_what_was_found(show: Show, qtbot: QtBot) -> None:
    field = SearchField()
    show(field)

    with qtbot.waitSignal(field.down_pressed):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.enter_pressed):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def button_of(row: FormRow) -> QuietButton:
    found = row.findChild(QuietButton)
    assert isinstance(found, QuietButton)
    return found


def test_a_field_without_a_problem_has_no_parts_for_one(show: Show) -> None:
    row = FormRow("Address", QLineEdit(), "Help.")
    show(row)

    row.clear_error()

    assert row.findChild(QuietButton) is None
    assert (row.error(), row.warning()) == ("", "")


def test_what_is_marked_before_it_is_seen_has_its_look_then(show: Show) -> None:
    words = BodyText("Wrong.")
    set_mark(words, "role", "error")
    show(words)

    assert words.palette().windowText().color() == theme.current().color("attention")
    set_mark(words, "role", "secondary")
    assert words.palette().windowText().color() == theme.current().color("secondary")


def test_an_error_stands_at_its_field_with_a_button_that_mends_it(show: Show, qtbot: QtBot) -> None:
    row = FormRow("Address", QLineEdit(), "Where the provider listens.")
    show(row)
    assert row.field.accessibleName() == "Address"
    assert row.field.accessibleDescription() == "Where the provider listens."

    row.show_error("An address begins with https://.", "Add it")

    assert row.field.property("invalid")
    assert row.field.accessibleDescription() == "An address begins with https://."
    with qtbot.waitSignal(row.fix_requested):
        qtbot.mouseClick(button_of(row), Qt.MouseButton.LeftButton)


def test_an_error_goes_when_it_is_mended(show: Show) -> None:
    row = FormRow("Address", QLineEdit(), "Help.")
    show(row)
    row.show_error("Wrong.")
    assert not button_of(row).isVisible()

    row.clear_error()

    assert not row._problem.isVisible()
    assert not row.field.property("invalid")
    assert row.field.accessibleDescription() == "Help."


def test_a_key_is_masked_and_shown_only_while_the_button_is_held(show: Show, qtbot: QtBot) -> None:
    field = SecretField()
    show(field)
    qtbot.keyClicks(field.edit, "sk-secret")
    assert field.edit.echoMode() == MASKED

    qtbot.mousePress(field.show_button, Qt.MouseButton.LeftButton)
    held = field.edit.echoMode()
    qtbot.mouseRelease(field.show_button, Qt.MouseButton.LeftButton)

    assert (held, field.edit.echoMode()) == (CLEAR, MASKED)


def test_a_key_shown_by_the_keyboard_is_hidden_when_the_focus_leaves(
    show: Show, qtbot: QtBot
) -> None:
    field = SecretField()
    show(field)
    field.show_button.setFocus()
    qtbot.keyPress(field.show_button, Qt.Key.Key_Space)
    assert field.edit.echoMode() == CLEAR

    field.edit.setFocus()

    assert field.edit.echoMode() == MASKED


def test_a_pasted_key_comes_without_blanks_around_it(show: Show, qtbot: QtBot) -> None:
    field = SecretField()
    show(field)
    QGuiApplication.clipboard().setText("  sk-pasted\n")

    with qtbot.waitSignal(field.pasted) as told:
        qtbot.mouseClick(field.paste_button, Qt.MouseButton.LeftButton)

    assert told.args == ["sk-pasted"]
    assert field.text() == "sk-pasted"


def test_a_stored_key_is_named_and_not_shown(show: Show) -> None:
    field = SecretField()
    show(field)

    field.set_stored("Secret Service")

    assert field._stored.text() == "Stored in: Secret Service"
    assert field.text() == ""


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("high_contrast", [False, True])
def test_numbers_below_each_other_begin_at_one_edge(
    show: Show, look: theme.Theme, code: str, high_contrast: bool
) -> None:
    """Whatever the most is that each may be: rows put them at their right end."""
    language.current().use(code)
    look.system_says(high_contrast=high_contrast, reduced_motion=False)
    fields = [NumberField(1, 10), NumberField(1, 65535), SecondsField(0, 600)]
    fields.append(SecondsField(1, 86400))
    show(*fields)

    assert len({field.sizeHint().expandedTo(field.minimumSize()).width() for field in fields}) == 1


def test_the_wheel_does_not_change_a_number_in_passing(
    qapp: QApplication, show: Show, qtbot: QtBot
) -> None:
    field, other = NumberField(1, 65535), QLineEdit()
    show(field, other)
    other.setFocus()
    field.setValue(3456)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(field.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    qapp.sendEvent(field, turn)
    assert field.value() == 3456
    field.setFocus()
    qapp.sendEvent(field, turn)

    assert field.value() == 3457
    assert turn.type() == QEvent.Type.Wheel


class Telling(FieldOfChoices):
    """Keeps how often Qt has it take on a style."""

    styles = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # the name that it has there
        self.styles += event.type() is QEvent.Type.StyleChange
        super().changeEvent(event)


def test_a_field_of_choices_takes_on_its_style_once_however_deep_it_is(show: Show) -> None:
    field = Telling()
    page: QWidget = field
    for _ in range(4):
        around = QWidget()
        QVBoxLayout(around).addWidget(page)
        page = around
    assert field.styles == 0

    show(page)

    assert field.styles == 1
