"""Rows of Settings as a person uses them, whatever their control is."""

from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.pages.settings.choice_rows import PickRow
from ccr_desktop.desktop.pages.settings.field_rows import TextRow
from ccr_desktop.desktop.pages.settings.quiet_hours import QuietHoursRow
from ccr_desktop.desktop.pages.settings.rows import ChoiceRow, NumberRow, SwitchRow

_MS = 1000


def operate(row: QWidget, value: Any) -> None:
    """Bring *row* to *value* by its control."""
    match row:
        case SwitchRow():
            if row.switch.isChecked() != value:
                row.switch.click()
        case ChoiceRow():
            row.choice.set_current(value)
        case PickRow():
            index = row.box.findData(value)
            row.box.setCurrentIndex(index)
            row.box.activated.emit(index)
        case NumberRow():
            row.number.setValue(value // _MS)
            row.number.editingFinished.emit()
        case TextRow():
            row.edit.setText(row.as_text(value))
            row.edit.editingFinished.emit()
        case QuietHoursRow():
            _silence(row, value)
        case _:
            raise AssertionError(f"say how {row} is used")


def _silence(row: QuietHoursRow, value: str) -> None:
    if not row.switch.isChecked():
        row.switch.click()
    begin, _, end = value.partition("-")
    row.begin.setTime(QTime.fromString(begin, "HH:mm"))
    row.end.setTime(QTime.fromString(end, "HH:mm"))
    row.end.editingFinished.emit()


def shows(row: QWidget, value: Any) -> bool:
    """Whether the control of *row* has *value*."""
    match row:
        case SwitchRow():
            return row.switch.isChecked() == bool(value)
        case ChoiceRow():
            return row.choice.current() == value
        case PickRow():
            return row.box.current() == value
        case NumberRow():
            return row.number.value() * _MS == value
        case TextRow():
            return row.edit.text() == row.as_text(value)
        case QuietHoursRow():
            return f"{row.begin.text()}-{row.end.text()}" == value
        case _:
            raise AssertionError(f"say how {row} is read")
