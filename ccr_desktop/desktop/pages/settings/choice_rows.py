"""A setting with more values than stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS = 22


class PickRow(SettingRow):
    """One of several values, in a list that opens."""

    wanted = Signal(str)

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], help_text: str = "") -> None:
        self.box = ChoiceBox(title)
        self.box.setMinimumContentsLength(_LETTERS)
        self.box.set_choices(choices)
        self._choices = dict(choices)
        super().__init__(title, help_text, self.box)
        self.box.picked.connect(self.wanted)

    def show_value(self, value: str) -> None:
        self.box.set_current(value)

    def words(self, value: object) -> str:
        """What was done, for the undo."""
        return lists.titled(self.title, self._choices.get(str(value), value))
