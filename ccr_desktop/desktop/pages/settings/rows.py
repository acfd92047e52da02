"""A setting on a line: its name and what it means at the left, what changes it at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.tokens import XS, L, S
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.problem_line import ProblemLine
from ccr_desktop.desktop.widgets.ring import set_mark
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

_AIR = 2  # so that the help of one row does not stand as near to the next as to its own
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SettingRow(QWidget):
    """`control` is any widget; below the help stands what is wrong, with a button that mends it.

    `is_below`: the control is as wide as the card, below its name.
    """

    fix_wanted = Signal()

    def __init__(
        self, title: str, help_text: str, control: QWidget, *, is_below: bool = False
    ) -> None:
        super().__init__()
        self.title = title
        self._control = control
        self._help = HelpText()
        self._problem = ProblemLine()
        self._error = self._note = ("", "")
        if not control.accessibleName():
            control.setAccessibleName(title)
        texts = QVBoxLayout()
        texts.setSpacing(XS)
        label = BodyText(title)
        if isinstance(control, QComboBox):
            label.setBuddy(control)  # on Linux screen readers know what it is from that alone
        texts.addWidget(label)
        texts.addWidget(self._help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, _AIR, 0, _AIR)
        row.setSpacing(L)
        row.addLayout(texts, 1)
        self._row = row
        if is_below:
            texts.addWidget(control)
        else:
            row.addWidget(control, 0, _MIDDLE)
        texts.addWidget(self._problem)
        self.setFocusProxy(control)
        self._problem.fix_wanted.connect(self.fix_wanted)
        self.show_help(help_text)

    def add_before(self, button: QWidget) -> None:
        """Put a small button between the texts and the control."""
        self._row.insertWidget(1, button, 0, _MIDDLE)

    def show_help(self, text: str) -> None:
        self._help.setText(text)
        set_shown(self._help, bool(text))
        self._control.setAccessibleDescription(text)

    def help_text(self) -> str:
        return self._help.text()

    def said(self) -> str:
        """What stands below the help: an error or a note."""
        return self._problem.text()

    def show_error(self, text: str, fix: str = "") -> None:
        """Say what is wrong; *fix* are the words of the button that mends it.

        Without a text what is noted is said again: whoever takes an error back does not know of it.
        """
        self._error = text, fix
        self._say()

    def show_note(self, text: str, fix: str = "") -> None:
        """Say what has to be known of it while nothing is wrong, with a button."""
        self._note = text, fix
        self._say()

    def _say(self) -> None:
        is_wrong = bool(self._error[0])
        text, fix = self._error if is_wrong else self._note
        self._problem.say(text, fix, "error" if is_wrong else "help")
        self._control.setAccessibleDescription(text or self._help.text())
        set_mark(self._control, "invalid", is_wrong)


class SwitchRow(SettingRow):
    wanted = Signal(bool)

    def __init__(self, title: str, help_text: str = "") -> None:
        self.switch = Switch(name=title)
        super().__init__(title, help_text, self.switch)
        self.switch.switched.connect(self.wanted)

    def show_value(self, value: bool) -> None:  # as settings give it
        self.switch.show_checked(value)

    def words(self, value: object) -> str:
        """What was done, for the undo."""
        text = self.tr("{title}: on") if value else self.tr("{title}: off")
        return text.format(title=self.title)


class ChoiceRow(SettingRow):
    """A few values with their words."""

    wanted = Signal(str)

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], help_text: str = "") -> None:
        self.choice = SegmentedControl(choices, name=title)
        self._choices = dict(choices)
        super().__init__(title, help_text, self.choice)
        self.choice.changed.connect(self.wanted)

    def show_value(self, value: str) -> None:
        if value in self._choices:
            blocked = self.choice.blockSignals(True)
            self.choice.set_current(value)
            self.choice.blockSignals(blocked)

    def words(self, value: object) -> str:
        return lists.titled(self.title, self._choices.get(str(value), value))


class NumberRow(SettingRow):
    """`wanted` once the number is finished, not while it is typed. *beside* stands after it."""

    wanted = Signal(int)

    def __init__(
        self, title: str, least: int, most: int, help_text: str = "", beside: QWidget | None = None
    ) -> None:
        self.number = NumberField(least, most)
        self.number.setAccessibleName(title)
        self._shown = least
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.number)
        if beside:
            row.addWidget(beside)
        super().__init__(title, help_text, both)
        self.number.editingFinished.connect(self._tell)

    def show_value(self, value: int) -> None:
        if not self.number.hasFocus() or self.number.value() != value:
            self.number.show_number(value)
        self._shown = self.number.value()  # leaving the field as it is changes nothing

    def words(self, value: object) -> str:
        return lists.titled(self.title, value)

    def _tell(self) -> None:
        if self.number.value() != self._shown:
            self.wanted.emit(self.number.value())
