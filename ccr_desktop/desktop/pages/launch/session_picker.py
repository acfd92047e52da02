"""The past sessions of a folder, to go on with one of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout

from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.pages.launch.rows import session_row, sessions_with
from ccr_desktop.desktop.tokens import XL, L, M
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.labels import HelpText, SectionTitle
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ccr_desktop.launch.sessions import Session

_WIDTH, _HEIGHT = 560, 440


class SessionPicker(QDialog):
    """`session_id` is the one that was chosen, empty when none was."""

    def __init__(self, folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.session_id = ""
        self._sessions: Sequence[Session] = ()
        self.setWindowTitle(self.tr("Resume a session"))
        self.setObjectName("sessions")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.search = SearchField(self.tr("Search sessions"))
        self.list = RowList(self.tr("Sessions"))
        self.list.setObjectName("session-list")
        self._empty = EmptyState(self.tr("Reading the sessions…"))
        self._pages = QStackedWidget()
        self._take = PrimaryButton(self.tr("Resume"))
        self._take.setObjectName("resume-session")
        self._take.setEnabled(False)
        self._lay_out(folder)
        self.search.searched.connect(self._show)
        self.search.down_pressed.connect(self.list.setFocus)
        self.search.enter_pressed.connect(self._choose)
        self.list.opened.connect(self._chosen)
        self.list.selected.connect(lambda key: self._take.setEnabled(bool(key)))
        self._take.clicked.connect(self._choose)

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        self._sessions = sessions
        self._show(self.search.text().strip())

    def _show(self, typed: str) -> None:
        found = sessions_with(self._sessions, typed)
        now_s = time.time()
        self.list.set_rows([session_row(session, now_s) for session in found])
        if found:
            self.list.select(found[0].id)
        none = self.tr("Claude Code has no sessions of this folder.")
        no_match = self.tr("No session begins like this.")
        self._empty.show_text(no_match if self._sessions else none)
        self._pages.setCurrentWidget(self.list if found else self._empty)
        self._take.setEnabled(bool(found))

    def _choose(self) -> None:
        if key := self.list.current_key():
            self._chosen(key)

    def _chosen(self, key: str) -> None:
        self.session_id = key
        self.accept()

    def _lay_out(self, folder: Path) -> None:
        self.resize(_WIDTH, _HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(self.windowTitle()))
        column.addWidget(HelpText(shown(folder)))
        column.addWidget(self.search)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        column.addWidget(self._pages, 1)
        cancel = PlainButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        column.addLayout(closing_row([cancel, self._take]))
        self.search.setFocus()
