"""A field of a form: its name above it, its help and its error below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XS, S
from ccr_desktop.desktop.widgets.labels import FieldLabel, HelpText
from ccr_desktop.desktop.widgets.problem_line import Kind, ProblemLine
from ccr_desktop.desktop.widgets.ring import set_mark
from ccr_desktop.desktop.widgets.showing import set_shown


class FormRow(QWidget):
    """Label, `field`, help, and an error in words with a button that mends it.

    A warning stands in the same place and keeps nobody from going on: `error()` is empty then.

    The label names `entry`, where `field` holds more than what is filled in.
    """

    fix_requested = Signal()

    def __init__(
        self,
        label: str,
        field: QWidget,
        help_text: str = "",
        parent: QWidget | None = None,
        *,
        entry: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = FieldLabel(label)
        self.label.setBuddy(entry or field)
        self.help = HelpText(help_text)
        for named in (field, entry):
            if named and not named.accessibleName():
                named.setAccessibleName(label)
        field.setAccessibleDescription(help_text)
        self._problem = ProblemLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        for part in (self.label, field, self._problem, self.help):
            column.addWidget(part)
        set_shown(self.help, bool(help_text))
        self._problem.fix_wanted.connect(self.fix_requested)

    def show_help(self, text: str) -> None:
        self.help.setText(text)
        self.help.setVisible(bool(text))
        self.field.setAccessibleDescription(self._problem.text() or text)

    def error(self) -> str:
        return self._problem.text() if self._problem.kind == "error" else ""

    def warning(self) -> str:
        return self._problem.text() if self._problem.kind == "warning" else ""

    def show_error(self, text: str, fix: str = "") -> None:
        """Say what is wrong; *fix* are the words of the button that mends it."""
        self._show(text, fix, "error")

    def show_warning(self, text: str) -> None:
        """Say what may not be meant; it may stay."""
        self._show(text, "", "warning")

    def _show(self, text: str, fix: str, kind: Kind) -> None:
        self._problem.say(text, fix, kind)
        self.field.setAccessibleDescription(text or self.help.text())
        set_mark(self.field, "invalid", bool(self.error()))

    def clear_error(self) -> None:
        self.show_error("")


def row_with_button(label: str, field: QWidget, button: QWidget) -> FormRow:
    """A form row whose field has a button beside it."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(S)
    row.addWidget(field, 1)
    row.addWidget(button)
    return FormRow(label, both, entry=field)
