from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.step_list import Step, StepList
from ccr_desktop.desktop.widgets.toast import SHOWN_MS, UndoToast
from tests.unit.desktop.widgets.conftest import Show


def test_an_empty_page_offers_one_thing(show: Show, qtbot: QtBot) -> None:
    empty = EmptyState("No providers yet.", "Add provider", "plug")
    show(empty)

    with qtbot.waitSignal(empty.activated):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_an_empty_page_may_offer_nothing(show: Show) -> None:
    empty = EmptyState("All good.")
    show(empty)

    assert not empty.button.isVisible()


def test_a_banner_names_what_happened_and_offers_a_way_out(show: Show, qtbot: QtBot) -> None:
    banner = Banner("error", "OpenRouter did not accept this key.", "Enter key")
    show(banner)

    with qtbot.waitSignal(banner.activated):
        qtbot.mouseClick(banner.button, Qt.MouseButton.LeftButton)

    assert banner.accessibleName() == "OpenRouter did not accept this key."
    assert not banner.close_button.isVisible()


def test_a_banner_with_two_buttons_leaves_its_words_room_in_a_small_window(
    show: Show, qtbot: QtBot
) -> None:
    banner = Banner("error", closable=True)
    words = "The settings file can't be used: a comma is missing (line 31, column 14)."
    banner.show_notice("error", words, "Show the problem", "Restore the last good version")
    window = show(banner)

    qtbot.waitUntil(lambda: banner.button.y() > banner.close_button.geometry().bottom())
    window.resize(1000, 480)
    qtbot.waitUntil(lambda: banner.button.y() < banner.close_button.geometry().bottom())
    assert banner.button.x() < banner.close_button.x()


def test_a_long_button_of_a_banner_leaves_its_words_room_in_a_small_window(
    show: Show, qtbot: QtBot
) -> None:
    words = "A key stands here in clear text. It can be kept in the key store instead."
    banner = Banner("info", words, "Show where keys are kept from now on", closable=True)
    window = show(banner)

    window.resize(430, 480)
    qtbot.waitUntil(lambda: banner.button.y() > banner.close_button.geometry().bottom())
    assert banner.button.width() >= banner.button.sizeHint().width()
    window.resize(1000, 480)
    qtbot.waitUntil(lambda: banner.button.y() < banner.close_button.geometry().bottom())


def test_a_banner_is_put_away(show: Show, qtbot: QtBot) -> None:
    banner = Banner("info", "New.", closable=True)
    show(banner)

    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)

    assert not banner.isVisible()


def test_a_banner_changes_its_words_and_weight(show: Show) -> None:
    banner = Banner("info", "Checking…")
    show(banner)
    before = banner.grab().toImage()

    banner.show_notice("warn", "Slow.", "Show")

    assert banner.property("surface") == "backup"
    assert banner.button.isVisible()
    assert banner.grab().toImage() != before


@pytest.fixture
def toast(show: Show) -> UndoToast:
    toast = UndoToast()
    host = QWidget()
    column = QVBoxLayout(host)
    column.addStretch(1)
    column.addWidget(toast)
    host.setMinimumSize(500, 300)
    show(host)
    toast.show_undo("Removed DeepSeek.")
    return toast


def test_a_toast_fades_in_and_is_then_drawn_plainly(toast: UndoToast, qtbot: QtBot) -> None:
    assert toast.graphicsEffect() is not None

    qtbot.waitUntil(lambda: toast.graphicsEffect() is None)


def test_with_reduced_motion_a_toast_is_there_at_once(toast: UndoToast, look: theme.Theme) -> None:
    toast.setGraphicsEffect(None)
    look.system_says(reduced_motion=True)

    toast.show_undo("Removed Groq.")

    assert toast.graphicsEffect() is None


def test_a_removal_is_undone_from_the_toast(toast: UndoToast, qtbot: QtBot) -> None:
    assert toast.is_counting()

    with qtbot.waitSignal(toast.undone), qtbot.assertNotEmitted(toast.expired):
        qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)

    assert not toast.isVisible()


def test_a_long_name_in_a_toast_is_cut_and_whole_in_its_tooltip(
    toast: UndoToast, qtbot: QtBot
) -> None:
    words = "Removed " + "W" * 200
    toast.show_undo(words)

    qtbot.waitUntil(lambda: [label.toolTip() for label in toast.findChildren(QLabel)] == [words])
    end = toast.close_button.mapTo(toast, toast.close_button.rect().topRight())
    assert end.x() < toast.width()


def test_a_toast_waits_while_its_button_has_the_focus(toast: UndoToast, qtbot: QtBot) -> None:
    toast.undo_button.setFocus(Qt.FocusReason.TabFocusReason)
    focused = toast.is_counting()

    toast.undo_button.clearFocus()

    assert not focused
    assert toast.is_counting()
    assert 0 < toast._remaining_ms <= SHOWN_MS


def test_a_toast_ends_by_itself(toast: UndoToast, qtbot: QtBot) -> None:
    with qtbot.waitSignal(toast.expired):
        toast._left.start(0)

    assert not toast.isVisible()


def test_escape_puts_a_toast_away(toast: UndoToast, qtbot: QtBot) -> None:
    toast.undo_button.setFocus()

    with qtbot.waitSignal(toast.expired):
        qtbot.keyClick(toast.undo_button, Qt.Key.Key_Escape)


def test_a_second_removal_ends_the_first_offer(toast: UndoToast, qtbot: QtBot) -> None:
    with qtbot.waitSignal(toast.expired):
        toast.show_undo("Removed Groq.")

    assert toast.isVisible()
    assert toast.accessibleName() == "Removed Groq."


STEPS = [
    Step(key="reach", title="Reach the address", state="ok", note="0.2 s"),
    Step(key="key", title="Key accepted", state="running"),
    Step(key="model", title="Model answers"),
]


def test_steps_say_their_state_in_words(show: Show) -> None:
    steps = StepList(STEPS)
    show(steps)

    assert [steps.words(step.key) for step in STEPS] == ["OK 0.2 s", "Checking…", "Waiting"]
    assert steps.accessibleName() == (
        "Reach the address, 0.2 s. Key accepted, Checking… Model answers, Waiting."
    )


def test_steps_change_where_they_stand(show: Show) -> None:
    steps = StepList(STEPS)
    show(steps)
    before = steps.findChildren(QLabel)

    steps.show_steps(
        [
            STEPS[0],
            Step(key="key", title="Key accepted", state="failed", note="Not accepted."),
            Step(key="model", title="Model answers", state="skipped"),
        ]
    )

    assert steps.findChildren(QLabel) == before
    assert steps.words("key") == "Failed Not accepted."
    assert steps.words("model") == "Skipped"


def test_other_steps_replace_those_before(show: Show) -> None:
    steps = StepList(STEPS)
    show(steps)

    steps.show_steps([Step(key="only", title="Compare")])

    assert steps.words("only") == "Waiting"


def test_a_toast_is_as_high_without_its_button_when_the_font_grows(
    show: Show,
) -> None:
    toast = UndoToast()
    show(toast)
    small = QApplication.font()
    large = QFont(small)
    large.setPointSizeF(24)
    try:
        QApplication.setFont(large)
        theme.current().system_says()

        toast.show_undo("Removed")
        with_button = toast.sizeHint().height()
        toast.show_words("Undone")
        assert toast.sizeHint().height() == with_button
    finally:
        QApplication.setFont(small)
        theme.current().system_says()
