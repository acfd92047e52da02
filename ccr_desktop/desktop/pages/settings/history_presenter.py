"""What the section History shows and does. Files are read and compared off the window's thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop.core.setup.history import compare, states_of
from ccr_desktop.desktop.pages.settings.history_words import (
    change_words,
    made_words,
    setting_words,
    source_words,
    state_words,
    time_words,
)
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from ccr_desktop.core.setup.history import Comparison, State
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.history import HistoryView

PRESENT = "present"
"""The key of the state in force, which has no name."""


class HistoryPresenter(QObject):
    """Choosing a state compares it with the one before it: that is what its change did."""

    def __init__(self, desk: Desk, view: HistoryView) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._view = view
        self._states: list[State] = []
        self._view.show_states([])
        view.undo.clicked.connect(self._bridge.undo)
        view.redo.clicked.connect(self._bridge.redo)
        view.restore.clicked.connect(lambda: self._restore(view.old.current()))
        view.states.selected.connect(self._chosen)
        view.states.opened.connect(self._chosen)
        view.states.action_requested.connect(lambda key, _: self._restore(key))
        view.old.picked.connect(lambda _: self._compare())
        view.new.picked.connect(lambda _: self._compare())
        seen = InSight(view.section, self.look)
        self._bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)
        self.look()

    def look(self) -> None:
        self._bridge.do(self._look(), self.tr("Looking at the history"))

    async def _look(self) -> None:
        states = await asyncio.to_thread(states_of, self._bridge.store)
        editor = self._bridge.editor
        self._view.show_steps(editor.undo_words, editor.redo_words)
        if [_key(state) for state in states] == [_key(state) for state in self._states] and (
            states[:1] == self._states[:1]
        ):
            return
        self._states = states
        self._view.show_states([_row(state) for state in states])
        self._offer(0)

    def _chosen(self, key: str) -> None:
        keys = [_key(state) for state in self._states]
        if key in keys:
            self._offer(keys.index(key))

    def _offer(self, number: int) -> None:
        """Compare the state of that number with the one before it."""
        if len(self._states) < 2:
            return
        new = min(number, len(self._states) - 1)
        old = min(new + 1, len(self._states) - 1)
        choices = [(_key(state), state_words(state)) for state in self._states]
        self._view.show_choices(choices, choices[old][0], choices[new][0])
        self._compare()

    def _compare(self) -> None:
        by_key = {_key(state): state for state in self._states}
        old = by_key.get(self._view.old.current())
        new = by_key.get(self._view.new.current())
        self._view.restore.setEnabled(old is not None and not old.is_present)
        if old and new:
            self._bridge.do(self._compared(old, new), self.tr("Comparing"))

    async def _compared(self, old: State, new: State) -> None:
        found = await asyncio.to_thread(compare, old, new)
        is_wanted = (_key(old), _key(new)) == (self._view.old.current(), self._view.new.current())
        if is_wanted:
            lines = [(setting_words(change), change_words(change)) for change in found.changes]
            self._view.show_changes(lines, "" if lines else _nothing(found))
            self._view.show_lines(found.lines)

    def _restore(self, key: str) -> None:
        state = next((state for state in self._states if state.name == key), None)
        if state:
            words = self.tr("Restored the settings of {time}")
            self._bridge.restore(key, words.format(time=time_words(state.made_at)))


def _key(state: State) -> str:
    return state.name or PRESENT


def _row(state: State) -> Row:
    where = source_words(state.origin.source)
    subtitle = " · ".join(filter(None, (time_words(state.made_at), where)))
    return Row(
        key=_key(state),
        title=made_words(state.origin),
        subtitle=subtitle,
        state="running" if state.is_present else "off",
        state_word=_tr("In force") if state.is_present else _tr("Earlier"),
        trailing=_tr("In force") if state.is_present else "",
    )


def _nothing(found: Comparison) -> str:
    if not found.is_readable:
        return _tr("One of them can't be read as settings. “Text” shows its lines.")
    if found.lines:
        return _tr("The settings are the same. Only the text differs: “Text” shows its lines.")
    return _tr("Nothing: they are the same.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
