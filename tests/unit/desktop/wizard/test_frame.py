"""The frame of the assistant's steps."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.toast import UndoToast
from ccr_desktop.desktop.wizard.frame import Wizard


def test_no_toast_covers_the_buttons_that_lead_on(qtbot: QtBot) -> None:
    window, wizard = QWidget(), Wizard(["Provider", "Key"])
    column = QVBoxLayout(window)
    column.addWidget(wizard)
    wizard.put(0, BodyText("Who shall answer?"))
    wizard.show_step(0)
    window.setFixedSize(760, 520)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)

    toast = UndoToast(window)
    toast.show_undo("Added a provider with a name that takes all of the room there is. " * 3)

    assert toast.isVisible()
    assert toast.geometry().bottom() < wizard.primary.mapTo(window, QPoint()).y()


def test_the_keys_for_back_lead_a_step_back_and_not_beyond_the_first(qtbot: QtBot) -> None:
    wizard = Wizard(["Provider", "Key"])
    qtbot.addWidget(wizard)
    for step in (0, 1):
        wizard.put(step, BodyText("Who shall answer?"))
    back = Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier
    wizard.show_step(0)
    with qtbot.assertNotEmitted(wizard.back_wanted):
        qtbot.keyClick(wizard, *back)
    wizard.show_step(1)
    with qtbot.waitSignal(wizard.back_wanted):
        qtbot.keyClick(wizard, *back)
