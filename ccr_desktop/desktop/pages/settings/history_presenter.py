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
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.widgets.rows import Row

if TYPE_CHECKING:
    from ccr_desktop.core.setup.history import Comparison, State
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.history import HistoryView
    from ccr_desktop.desktop.widgets.state import State as Shape

PRESENT = "present"
"""The key of the state in force, which has no name."""


class HistoryPresenter(QObject):
    """Choosing a version compares it with the settings in force: that is what restoring it takes
    back. Of those in force it is what the last change did."""

    def __init__(self, desk: Desk, view: HistoryView) -> None:
        super().__init__(view)
        self._bridge = desk.bridge
        self._view = view
        self._states: list[State] = []
        self._chosen_key = PRESENT
        self._view.show_states([])
        view.undo.clicked.connect(self._bridge.undo)
        view.redo.clicked.connect(self._bridge.redo)
        view.restore.clicked.connect(lambda: self._restore(self._chosen_key))
        view.states.selected.connect(self._choose)
        view.states.opened.connect(self._choose)
        view.states.action_requested.connect(lambda key, _: self._restore(key))
        view.old.picked.connect(self._begin_with)
        view.new.picked.connect(lambda _: self._compare())
        seen = InSight(view.section, self.look)
        self._bridge.config_changed.connect(seen.ask, Qt.ConnectionType.QueuedConnection)
        self.look()

    def look(self) -> None:
        self._bridge.do(self._look(), self.tr("Looking at the history"))

    async def _look(self) -> None:
        states = await asyncio.to_thread(states_of, self._bridge.store)
        editor = self._bridge.editor
        await editor.recall()
        self._view.show_steps(again(editor.undo_words), again(editor.redo_words))
        if [_key(state) for state in states] == [_key(state) for state in self._states] and (
            states[:1] == self._states[:1]
        ):
            return
        self._states = states
        self._view.show_states([_row(state) for state in states])
        if states:
            self._choose(_key(states[0]))

    def _choose(self, key: str) -> None:
        """Compare that version with the one in force, and this with the one before it."""
        keys = [_key(state) for state in self._states]
        if key not in keys or len(keys) < 2:
            return
        self._chosen_key = key
        self._view.show_choices(
            [(_key(state), state_words(state)) for state in self._states],
            old=key if key != keys[0] else keys[1],
            new=keys[0],
        )
        self._compare()

    def _begin_with(self, key: str) -> None:
        """Compare from another version, which is the chosen one then."""
        self._chosen_key = key
        self._view.states.select(key)
        self._compare()

    def _compare(self) -> None:
        by_key = {_key(state): state for state in self._states}
        old = by_key.get(self._view.old.current())
        new = by_key.get(self._view.new.current())
        chosen = by_key.get(self._chosen_key)
        if chosen and old and new:
            self._view.show_chosen(self._restoring(chosen), self._between(old, new))
            self._bridge.do(self._compared(old, new), self.tr("Comparing"))

    async def _compared(self, old: State, new: State) -> None:
        found = await asyncio.to_thread(compare, old, new)
        is_wanted = (_key(old), _key(new)) == (self._view.old.current(), self._view.new.current())
        if is_wanted:
            lines = [(setting_words(change), change_words(change)) for change in found.changes]
            self._view.show_changes(lines, "" if lines else _nothing(found))
            self._view.show_lines(found.lines)

    def _restoring(self, chosen: State) -> str:
        if chosen.is_present:
            return ""
        if chosen.made_at is None:
            return self.tr("Restore this version")
        words = self.tr("Restore the version of {time}")
        return words.format(time=time_words(chosen.made_at))

    def _between(self, old: State, new: State) -> str:
        """What the comparison means, where that is one of the usual two."""
        if not new.is_present:
            return ""
        if self._chosen_key == _key(old):
            return self.tr("What was changed since this version. Restoring it takes that back.")
        return self.tr("What the last change did.") if old is self._states[1] else ""

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
        state=_shape(state),
        state_word=_standing(state) or _tr("Earlier"),
        trailing=_standing(state),
    )


def _shape(state: State) -> Shape:
    if state.is_in_force:
        return "running"
    return "attention" if state.is_present else "off"


def _standing(state: State) -> str:
    if state.is_in_force:
        return _tr("In force")
    return _tr("Can't be used") if state.is_present else ""


def _nothing(found: Comparison) -> str:
    if not found.is_readable:
        return _tr("One of them can't be read as settings. “Text” shows its lines.")
    if found.lines:
        return _tr("The settings are the same. Only the text differs: “Text” shows its lines.")
    return _tr("Nothing: they are the same.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
