"""A filter that is open about what it lets through: a button with the choices in its menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ccr_desktop.core.hidden_signs import visible
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.ring import set_mark


class FilterChip(PlainButton):
    """Choices are pairs of key and words; the empty key, which is always there, filters nothing.

    It is marked while it filters.
    """

    changed = Signal(str)

    def __init__(self, name: str, all_words: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "chevron-down", parent)
        self._name, self._all = name, all_words
        self._choices: tuple[tuple[str, str], ...] = ()
        self._current = ""
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self.clicked.connect(self.open_menu)
        self._describe()
        self._fill()

    def current(self) -> str:
        return self._current

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """What is chosen stays chosen, also where it is not among them."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._fill()
            self._describe()

    def set_current(self, key: str) -> None:
        """Show a choice without telling of it."""
        self._current = key
        self._fill()
        self._describe()

    def menu_lines(self) -> list[str]:
        return [action.text() for action in self._menu.actions()]

    def choose(self, key: str) -> None:
        if key != self._current:
            self.set_current(key)
            self.changed.emit(key)

    def open_menu(self) -> None:
        """Without waiting for it: `QPushButton.setMenu` would run a loop of its own."""
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _fill(self) -> None:
        self._menu.clear()
        for key, words in (("", self._all), *self._choices):
            action = self._menu.addAction(visible(words).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self._current)
            action.triggered.connect(lambda _=False, at=key: self.choose(at))
            self._group.addAction(action)

    def _describe(self) -> None:
        words = dict(self._choices).get(self._current, self._current)
        said = lists.titled(self._name, words) if self._current else self._name
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(lists.phrases((self._name, words or self._all)))
        set_mark(self, "filters", bool(self._current))
