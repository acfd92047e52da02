"""The frame of the assistant's steps."""

from PySide6.QtCore import QPoint
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
