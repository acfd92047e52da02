"""The window: navigation at the left, the status strip above, one page at a time.

Pages are built when they are shown for the first time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from ccr_desktop.desktop import language
from ccr_desktop.desktop.banners import Banners
from ccr_desktop.desktop.conversations import Conversations
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.menu_key import add_menu_key
from ccr_desktop.desktop.navigation import Navigation
from ccr_desktop.desktop.said_before import again
from ccr_desktop.desktop.screen_room import room_for
from ccr_desktop.desktop.setting_places import ALL_PLACES
from ccr_desktop.desktop.shelf import Shelf
from ccr_desktop.desktop.sight import finish_within
from ccr_desktop.desktop.state import Toast
from ccr_desktop.desktop.strip import StatusStrip
from ccr_desktop.desktop.undo_keys import UndoKeys
from ccr_desktop.desktop.widgets.reading_order import go_on
from ccr_desktop.desktop.widgets.reveal import reveal
from ccr_desktop.desktop.widgets.toast import UndoToast
from ccr_desktop.errors import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.registry import PageEntry
    from ccr_desktop.desktop.state import Overview, Problem

MINIMUM = QSize(760, 520)
USUAL = QSize(1080, 720)
_WIDE_FROM = 900
_PLACE = "window"
_PROBLEM, _BAD_FILE, _NOT_SAVED = "problem", "bad-file", "not-saved"


class Window(QMainWindow):
    """Signals: `close_wanted`, when a person closes the window, and `quit_wanted`.

    The app decides what they mean.
    """

    close_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, desk: Desk, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self._desk = desk
        self._entries = {page.key: page for page in pages}
        self._conversations = Conversations(self)
        self._are_pages_late = False
        self.setObjectName("window")
        self.setWindowTitle("CCR Desktop")
        self.setMinimumSize(MINIMUM.boundedTo(room_for(self)))
        self.strip = StatusStrip(self)
        in_navigation = [page for page in pages if page.is_in_navigation]
        self._navigation = Navigation(in_navigation, self)
        self._shelf = Shelf("pages", self._build)
        self.banners = Banners(self)
        self._toast = UndoToast()
        self._undo: Callable[[], object] = self._desk.bridge.undo
        self._find = QShortcut(QKeySequence.StandardKey.Find, self, self.search_settings)
        self._lay_out()
        self._connect(in_navigation)
        self._return_to_place()
        self.show_overview(desk.bridge.overview)
        self._navigation.mark(self.page)

    # -- what is shown ---------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Bring a page to the front, by its key; `providers/deepseek` also says where on it,
        `settings/#PORT` which setting is to be marked.

        One that there is not leaves the present page.
        """
        name, _, detail = key.partition("/")
        if name not in self._entries:
            return
        page = self._shelf.bring(name)
        self._navigation.mark(name)
        has_own_search = hasattr(page, "has_own_search")
        self._find.setEnabled(not has_own_search)  # else the keys would be nobody's
        if detail.startswith("#"):
            self._show_setting(page, detail.removeprefix("#"))
        elif detail and hasattr(page, "show_detail"):
            page.show_detail(detail)

    def go_to(self, key: str) -> None:
        """`show_page` as a person wants it: nothing waits for both the building and the showing."""
        name, _, _ = key.partition("/")
        if name not in self._entries:
            return
        self._navigation.mark(name)
        try:
            self._shelf.build_ahead(name, lambda: self.show_page(key))
        except Exception:
            self._navigation.mark(self.page)  # which stays
            raise

    def _build(self, name: str) -> QWidget:
        page = self._entries[name].build(self._desk)
        page.setAccessibleName(self._entries[name].title)
        return page

    def search_settings(self) -> None:
        """Look for any setting, wherever it is."""
        self.show_page("settings")
        page = self._shelf.currentWidget()
        if page is not None and hasattr(page, "begin_search"):
            page.begin_search()

    def _show_setting(self, page: QWidget, key: str) -> None:
        """Bring what changes a setting into sight."""
        place = ALL_PLACES.get(key)
        if place is None:
            return
        if hasattr(page, "show_setting"):
            page.show_setting(key)
        finish_within(page)
        if place.field and (found := page.findChild(QWidget, place.field)):
            QTimer.singleShot(0, found, lambda: reveal(found))  # once it has its place

    @property
    def page(self) -> str:
        """The key of the present page; the first one, until the window is seen."""
        return self._shelf.front or next(iter(self._entries))

    def show_overview(self, overview: Overview) -> None:
        self.strip.show_overview(overview)

    def show_problem(self, problem: Problem) -> None:
        """Tell of something that failed, until it is closed, the file is good again, or saved."""
        self.banners.put(_key_of(problem), "error", sentences(problem.title, problem.text))

    def _follow_file(self) -> None:
        if not self._desk.bridge.store.problems:
            self.banners.take_away(_BAD_FILE)

    def show_toast(self, toast: Toast) -> None:
        if toast.can_undo and toast.undo is None:
            self.banners.take_away(_NOT_SAVED)
        self._undo = toast.undo or self._desk.bridge.undo
        if toast.can_undo:
            self._toast.show_undo(toast.text)
        else:
            self._toast.show_words(toast.text)

    def _tell_new_session(self, folder: Path) -> None:
        words = self.tr("Nothing to continue in {folder} yet: a new session begins")
        self.show_toast(Toast(words.format(folder=folder.name or str(folder))))

    def _offer_to_quit(self) -> None:
        self._navigation.offer_to_quit(is_wanted=self._desk.panel.is_missing)

    def _take_back(self) -> None:
        self._undo()

    def come_forward(self, activation: str = "") -> None:
        """Show the window before all others, whatever became of it.

        On Wayland only *activation*, a word from the program that was just used, allows that.
        """
        if activation:
            os.environ["XDG_ACTIVATION_TOKEN"] = activation  # Qt takes it from there, and away
        state = self.windowState() & ~Qt.WindowState.WindowMinimized
        self.setWindowState(state | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def reword(self) -> None:
        """Say everything in the language that is now in force: the pages are built anew.

        What was entered goes on in the new ones. Those with something unsaved are built at once,
        since whoever ends the app is asked about it; the others when they are shown.
        """
        self._reword_frame()
        self._renew_pages()

    def _speak(self) -> None:
        """As `reword`, but the pages go on as they are while a dialog over them has no answer.

        A list or menu that is open closes, since it is in the language of before.
        """
        _close_pop_overs()
        self._reword_frame()
        if self._conversations.go_on:
            self._are_pages_late = True
        else:
            self._renew_pages()

    def _catch_up(self) -> None:
        if self._are_pages_late and not self._conversations.go_on:
            self._renew_pages()

    def _reword_frame(self) -> None:
        self._navigation.reword()
        self.strip.reword()
        self.show_overview(self._desk.bridge.overview)
        self._toast.reword(again)
        for key in (_PROBLEM, _BAD_FILE, _NOT_SAVED):
            if problem := self.banners.text(key):
                self.banners.put(key, "error", again(in_words(problem)))

    def _renew_pages(self) -> None:
        self._are_pages_late = False
        if self._shelf.front is None:
            return
        present, cursor = self.page, self.focusWidget()
        chosen = self._shelf.awaited
        unsaved = self._shelf.unsaved()
        before = self._shelf.pick_up()
        for key in dict.fromkeys([*unsaved, present]):
            self.show_page(key)
        self._shelf.discard(before)
        if chosen is not None:
            chosen()
        if not any(page.isAncestorOf(cursor) for page in before):
            self._give_back(cursor)

    def _give_back(self, cursor: QWidget | None) -> None:
        """Building pages takes it from what stays."""
        if cursor is not None:
            cursor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.strip)
        right.addWidget(self.banners)
        right.addWidget(self._toast)
        right.addWidget(self._shelf, 1)
        inside = QWidget()
        whole = QHBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._navigation)
        whole.addLayout(right, 1)
        self.setCentralWidget(inside)  # screen readers know a main window as one

    def _connect(self, pages: Sequence[PageEntry]) -> None:
        bridge = self._desk.bridge
        language.current().changed.connect(self._speak, Qt.ConnectionType.QueuedConnection)
        self._conversations.over.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        self._navigation.chosen.connect(self.go_to)
        self._navigation.quit_wanted.connect(self.quit_wanted)
        self._desk.panel.missing_changed.connect(self._offer_to_quit)
        self._toast.undone.connect(self._take_back)
        self.strip.start_wanted.connect(bridge.start)
        self.strip.stop_wanted.connect(bridge.stop)
        self.strip.launch_page_wanted.connect(lambda: self.go_to("launch"))
        queued = Qt.ConnectionType.QueuedConnection
        bridge.overview_changed.connect(self.show_overview, queued)
        bridge.failed.connect(self.show_problem, queued)
        bridge.issues_changed.connect(self._follow_file, queued)
        bridge.told.connect(self.show_toast, queued)
        bridge.page_wanted.connect(self.go_to)
        self._desk.launching.began_anew.connect(self._tell_new_session, queued)
        for number, page in enumerate(pages, 1):
            self._shortcut(f"Ctrl+{number}", page.key)
        self._shortcut("Ctrl+,", "settings")
        self._shortcut("Ctrl+L", "launch")
        self._shortcut("F1", "help")
        UndoKeys(self, bridge.undo, bridge.redo)
        add_menu_key(self)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.quit_wanted.emit)

    def _shortcut(self, keys: str, page: str) -> None:
        if page in self._entries:
            QShortcut(QKeySequence(keys), self, lambda: self.go_to(page))

    # -- place -----------------------------------------------------------------------------

    def _return_to_place(self) -> None:
        place = self._desk.memory.get(_PLACE, "")
        if not place or not self.restoreGeometry(QByteArray.fromBase64(place.encode())):
            self.resize(USUAL.boundedTo(room_for(self)))

    def keep_place(self) -> None:
        """Remember size and position for the next start."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._desk.memory.set(_PLACE, geometry)

    # -- Qt's events -----------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward)

    def showEvent(self, event: QShowEvent) -> None:
        """An app that starts in the tray has no pages until somebody looks."""
        if self._shelf.front is None:
            self.show_page(self.page)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._navigation.set_wide(wide=event.size().width() >= _WIDE_FROM)
        self.banners.set_most(event.size().height() // 2)  # the page has the rest
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The app hides or minimises the window, or ends; the window itself is kept."""
        self.keep_place()
        event.ignore()
        self.close_wanted.emit()


def _key_of(problem: Problem) -> str:
    if problem.of_saving:
        return _NOT_SAVED
    return _BAD_FILE if problem.of_file else _PROBLEM


def _close_pop_overs() -> None:
    """The one at the top first: a list may have been opened from another one."""
    before = None
    while (popup := QApplication.activePopupWidget()) not in (None, before):
        popup.close()
        before = popup
