"""Updates: how often a new version is looked for, and what came of it the last time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop import __version__
from ccr_desktop.desktop import figures
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.rows import ChoiceRow, SettingRow
from ccr_desktop.desktop.setting_places import row_name, title_of
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.binding import Binding
    from ccr_desktop.desktop.updating.watch import UpdateState


def updates_card(desk: Desk, binding: Binding) -> Card:
    card = Card(
        _tr("Updates"),
        _tr("Only the version is sent, and nothing is installed unless you say so."),
    )
    rhythm = ChoiceRow(
        title_of("Desktop.updates"), _rhythms(), _tr("Looked for while the app runs.")
    )
    binding.put(card, "Desktop.updates", rhythm)
    last = LastCheckRow()
    last.setObjectName(row_name("last-check"))
    card.add(last)
    LastCheck(desk, last)
    return card


class LastCheckRow(SettingRow):
    """What came of the last look, with a button for the next one, and one for what it found."""

    def __init__(self) -> None:
        self.changes = PlainButton(_tr("See changes"))
        self.changes.setObjectName("see-update")
        self.check = PlainButton(_tr("Check now"), "refresh-cw")
        self.check.setObjectName("check-updates")
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.changes)
        row.addWidget(self.check)
        super().__init__(title_of("last-check"), "", both)
        both.setFocusProxy(self.check)


class LastCheck(QObject):
    """Lives as long as its row."""

    def __init__(self, desk: Desk, row: LastCheckRow) -> None:
        super().__init__(row)
        self._bridge = desk.bridge
        self._watch = desk.updates
        self._row = row
        row.check.clicked.connect(self._check)
        row.changes.clicked.connect(self._bridge.update_wanted)
        self._watch.changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._show()

    def _check(self) -> None:
        self._bridge.do(self._watch.check(), self.tr("Looking for a new version"))

    def _show(self) -> None:
        state = self._watch.state
        self._row.check.set_busy(busy=state.is_checking)
        self._row.changes.setVisible(state.release is not None)
        self._row.show_help(self._words(state))
        self._row.show_error("" if state.is_checking else in_words(state.problem))

    def _words(self, state: UpdateState) -> str:
        if state.is_checking:
            return self.tr("Looking now…")
        if state.problem:
            words = self.tr("Version {version} is in use. Tried {ago}.")
        elif state.release and state.is_skipped:
            words = self.tr("Version {new} is there, which you skipped. Looked {ago}.")
        elif state.release:
            words = self.tr("Version {new} is there; {version} is in use. Looked {ago}.")
        elif state.checked_at_s:
            words = self.tr("Version {version} is in use, the newest. Looked {ago}.")
        else:
            words = self.tr("Version {version} is in use. Not looked yet.")
        at_s = state.tried_at_s if state.problem else state.checked_at_s
        new = state.release.version if state.release else ""
        return words.format(version=__version__, new=new, ago=figures.ago(at_s, time.time()))


def _rhythms() -> list[tuple[str, str]]:
    return [("off", _tr("Never")), ("weekly", _tr("Weekly")), ("daily", _tr("Daily"))]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
