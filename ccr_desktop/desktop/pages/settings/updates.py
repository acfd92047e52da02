"""Updates: how often a new version is looked for, and what came of it the last time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop import __version__
from ccr_desktop.desktop import figures
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.rows import ChoiceRow, SettingRow
from ccr_desktop.desktop.setting_places import row_name, title_of
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.binding import Binding


def updates_card(desk: Desk, binding: Binding) -> Card:
    card = Card(
        _tr("Updates"),
        _tr("Nothing is sent but the version. What is found is only installed when you say so."),
    )
    rhythm = ChoiceRow(
        title_of("Desktop.updates"), _rhythms(), _tr("Looked for while the app runs.")
    )
    binding.put(card, "Desktop.updates", rhythm)
    button = PlainButton(_tr("Check now"), "refresh-cw")
    button.setObjectName("check-updates")
    last = SettingRow(title_of("last-check"), "", button)
    last.setObjectName(row_name("last-check"))
    card.add(last)
    LastCheck(desk, last, button)
    return card


class LastCheck(QObject):
    """Lives as long as its row."""

    def __init__(self, desk: Desk, row: SettingRow, button: PlainButton) -> None:
        super().__init__(row)
        self._bridge = desk.bridge
        self._watch = desk.updates
        self._row = row
        self._button = button
        button.clicked.connect(self._check)
        row.fix_wanted.connect(self._bridge.update_wanted)
        self._watch.changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _check(self) -> None:
        self._bridge.do(self._watch.check(), self.tr("Looking for a new version"))

    def _show(self) -> None:
        state = self._watch.state
        self._button.setEnabled(not state.is_checking)
        self._row.show_help(self._when())
        if state.problem and not state.is_checking:
            self._row.show_error(in_words(state.problem))
        elif state.release:
            words = self.tr("Version {version} is there.")
            if state.is_skipped:
                words = self.tr("Version {version} is there. You skipped it.")
            told = words.format(version=state.release.version)
            self._row.show_note(told, self.tr("See changes"))
        else:
            self._row.show_error("")

    def _when(self) -> str:
        state, now_s = self._watch.state, time.time()
        if state.is_checking:
            return self.tr("Looking now…")
        if state.problem:
            words = self.tr("Version {version} is in use. Tried {ago}.")
            return words.format(version=__version__, ago=figures.ago(state.tried_at_s, now_s))
        if not state.checked_at_s:
            return self.tr("Version {version} is in use. Not looked yet.").format(
                version=__version__
            )
        words = self.tr("Version {version} is in use. Looked {ago}.")
        if state.release is None:
            words = self.tr("Version {version} is in use, the newest. Looked {ago}.")
        return words.format(version=__version__, ago=figures.ago(state.checked_at_s, now_s))


def _rhythms() -> list[tuple[str, str]]:
    return [("off", _tr("Never")), ("weekly", _tr("Weekly")), ("daily", _tr("Daily"))]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
