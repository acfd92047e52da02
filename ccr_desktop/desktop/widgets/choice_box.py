"""A few choices in a field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ccr_desktop.desktop.tokens import XS
from ccr_desktop.desktop.widgets.behind import dialogs_over

_AT_LEAST_SOME = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


def label_for_readers(box: QComboBox) -> None:
    """Let screen readers say its name where no label stands beside it.

    On Linux, Qt tells them the choice as its name, and the label for what it is.
    """
    label = QLabel(box.accessibleName(), box.parentWidget())
    label.setBuddy(box)
    label.hide()


class FieldOfChoices(QComboBox):
    """Takes on its style once, before it is seen; no screen reader opens it behind a dialog.

    With a style sheet Qt tells of a new style each time that this, or anything around it, gets a
    parent: some eight times while a page is made, and for each it would make its list anew.
    """

    def event(self, event: QEvent) -> bool:
        is_seen = self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        if event.type() is QEvent.Type.StyleChange and not is_seen:
            return True
        is_done = super().event(event)
        if event.type() is QEvent.Type.Polish:
            super().event(QEvent(QEvent.Type.StyleChange))
        return is_done

    def showPopup(self) -> None:
        if not dialogs_over(self.window()):
            super().showPopup()


class ChoiceBox(FieldOfChoices):
    """Each choice has a key; the wheel scrolls the page unless the cursor is here."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """*name* is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _: self.picked.emit(self.current()))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Polish:  # Qt makes the list for it
            self.setSizeAdjustPolicy(_AT_LEAST_SOME)
        return super().event(event)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Pairs of key and words; the present one stays where it is still there."""
        now = self.current()
        if choices == [(self.itemData(n), self.itemText(n)) for n in range(self.count())]:
            return
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.set_current(now)

    def current(self) -> str:
        return str(self.currentData() or "")

    def set_current(self, key: str) -> None:
        """Show a choice without telling of it; the first one where there is no such."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt cuts words off in the middle of a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        elide = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), elide, room.width() - XS
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
