"""Folders that go other ways than all others: the view "Projects"."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ccr_desktop import paths
from ccr_desktop.core.setup.edits import setting_value, with_project_routes
from ccr_desktop.core.setup.folders import with_forbidden, without_folder
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.dialogs import pick_folder
from ccr_desktop.desktop.pages.routes.code_note import CodeNote
from ccr_desktop.desktop.pages.routes.folder_row import FolderRowView
from ccr_desktop.desktop.pages.routes.folders_shown import (
    EVERYWHERE,
    ROUTE,
    SET,
    same_folder,
    shown_folders,
)
from ccr_desktop.desktop.pages.routes.row_column import RowColumn
from ccr_desktop.desktop.sight import InSight
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choices import Later
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.routes.folders_shown import FolderRow, Folders
    from ccr_desktop.desktop.pages.routes.page import RoutesPage

_AT_ONCE = 5  # folders, more than the usual window shows when each has a note


def build(desk: Desk, _page: RoutesPage) -> QWidget:
    view = FoldersView()
    FoldersPresenter(view, desk.bridge)
    return view


class FoldersView(PageScroll):
    """A row for each folder, and fields for a further one: choosing its way adds it."""

    routes_wanted = Signal(str, str)
    never_wanted = Signal(str, tuple)
    remove_wanted = Signal(str)
    keep_wanted = Signal(str)
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, top=S)
        self.setObjectName("folders")
        self.setAcceptDrops(True)
        self._shown: Folders | None = None
        self.code_note = CodeNote()
        self.list = Card(self.tr("Projects"))
        self._rows = RowColumn(
            self.list.body, self.rest, self._new_row, self._show_row, at_once=_AT_ONCE
        )
        self.empty = HelpText(self.tr("No folder goes its own way yet."))
        self.folder = QLineEdit()
        self.browse = PlainButton(self.tr("Choose folder…"), "folder-open")
        self.routes = FilterPicker(
            self.tr("Where requests from the new folder go"),
            placeholder=self.tr("Choose a route set or a model…"),
        )
        self.never = FilterPicker(
            self.tr("Provider that the new folder is never sent to"),
            placeholder=self.tr("Choose a provider…"),
        )
        self.folder_row = FormRow(self.tr("Folder"), self._folder_line())
        self._lay_out()
        self.folder.textChanged.connect(lambda _: self.folder_row.clear_error())
        self.browse.clicked.connect(self.folder_wanted)
        self.folder.returnPressed.connect(self.routes.open)
        self.routes.picked.connect(self._add_routes)
        self.never.picked.connect(self._add_never)

    @property
    def rows(self) -> dict[str, FolderRowView]:
        return self._rows.rows

    def show_folders(self, shown: Folders) -> None:
        self._shown = shown
        set_shown(self.code_note, shown.asks_own_code)
        self._rows.show({row.folder: row for row in shown.rows})
        self.empty.setVisible(not shown.rows)
        self.routes.set_choices(
            Later(lambda: [each for each in shown.choices if each.key != EVERYWHERE])
        )
        self.never.set_choices(shown.providers)

    def show_folder(self, folder: Path) -> None:
        """Put a folder that was picked or dropped into the field."""
        self.folder.setText(str(folder))
        self.routes.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folders = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if folders:
            self.show_folder(folders[0])
            event.acceptProposedAction()

    def _new_row(self, shown: FolderRow) -> FolderRowView:
        row = FolderRowView(shown)
        row.routes_wanted.connect(self.routes_wanted)
        row.never_wanted.connect(self.never_wanted)
        row.remove_wanted.connect(self.remove_wanted)
        row.keep_wanted.connect(self.keep_wanted)
        return row

    def _show_row(self, view: FolderRowView, row: FolderRow) -> None:
        if self._shown is not None:
            view.show_row(row, self._shown)

    def _add_routes(self, key: str) -> None:
        self.routes.set_current("")
        if folder := self._new_folder():
            self.routes_wanted.emit(folder, key)

    def _add_never(self, provider: str) -> None:
        self.never.set_current("")
        if folder := self._new_folder():
            self.never_wanted.emit(folder, (provider,))

    def _new_folder(self) -> str:
        """The folder of the field, which is empty then; nothing where it can't be taken."""
        folder = self.folder.text().strip()
        known = same_folder(folder, self._shown.rows) if self._shown and folder else ""
        problem = ""
        if not folder:
            problem = self.tr("Say which folder first.")
        elif not paths.expanded(folder).is_absolute():
            problem = self.tr("Write the whole path, or begin with ~.")
        elif known:
            problem = self.tr("It is in the list already, as {folder}.").format(folder=known)
        if problem:
            self.folder_row.show_error(problem)
            self.folder.setFocus()
            return ""
        self.folder.clear()
        return folder

    def _folder_line(self) -> QWidget:
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(S)
        line.addWidget(self.folder, 1)
        line.addWidget(self.browse)
        held.setFocusProxy(self.folder)
        return held

    def _lay_out(self) -> None:
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setPlaceholderText(self.tr("Drop a folder here, choose one, or type its path"))
        self.add(
            HelpText(
                self.tr(
                    "What Claude Code asks from a folder, or from one inside of it, can go its own"
                    " way. What is never sent to a provider stays so in every route set, also when"
                    " a backup answers, and while nobody knows in which folder Claude Code works."
                )
            )
        )
        self.add(self.code_note)
        self.list.add(self.empty)
        line = QFrame()
        line.setProperty("surface", "line")
        line.setFixedHeight(1)
        self.list.add(line)
        self.list.add(self.folder_row)
        ways = QHBoxLayout()
        ways.setSpacing(M)
        ways.addWidget(FormRow(self.tr("Goes to"), self.routes), 1)
        ways.addWidget(FormRow(self.tr("Or is never sent to"), self.never), 1)
        self.list.body.addLayout(ways)
        self.add(self.list)


class FoldersPresenter(QObject):
    """Lives as long as its view."""

    def __init__(self, view: FoldersView, bridge: Bridge) -> None:
        super().__init__(view)
        self._view = view
        self._bridge = bridge
        seen, queued = InSight(view, self._show), Qt.ConnectionType.QueuedConnection
        for signal in (bridge.config_changed, bridge.issues_changed):
            signal.connect(seen.ask, queued)
        view.routes_wanted.connect(self._set_routes)
        view.never_wanted.connect(self._set_never)
        view.remove_wanted.connect(self._remove)
        view.keep_wanted.connect(self._keep)
        view.code_note.activated.connect(lambda: bridge.page_wanted.emit("settings/plugins"))
        view.folder_wanted.connect(lambda: bridge.do(self._pick(), self.tr("Choosing a folder")))
        self._show()

    def _show(self) -> None:
        written = self._bridge.written
        issues = (*self._bridge.store.problems, *self._bridge.issues, *written.issues)
        self._view.show_folders(shown_folders(written, tuple(dict.fromkeys(issues))))

    def _set_routes(self, folder: str, key: str) -> None:
        words = self.tr("{folder} goes as everywhere")
        value = None
        if key.startswith(SET):
            value = key.removeprefix(SET)
            words = self.tr("{folder} uses the route set {name}")
        elif key.startswith(ROUTE):
            value = key.removeprefix(ROUTE)
            words = self.tr("{folder} goes to {name}")
        told = words.format(folder=_name(folder), name=model_of(value) if value else "")
        self._bridge.edit(lambda raw: with_project_routes(raw, folder, value), told)

    def _set_never(self, folder: str, providers: tuple[str, ...]) -> None:
        words = self.tr("{folder} is never sent to {providers}")
        if not providers:
            words = self.tr("{folder} may be sent to any provider")
        told = words.format(folder=_name(folder), providers=lists.names(providers))
        self._bridge.edit(lambda raw: with_forbidden(raw, folder, providers), told)

    def _remove(self, folder: str) -> None:
        words = self.tr("Removed what was special about {folder}").format(folder=_name(folder))
        self._bridge.edit(lambda raw: without_folder(raw, folder), words)

    def _keep(self, folder: str) -> None:
        words = self.tr("{folder} is written as {path} alone").format(
            folder=_name(folder), path=folder
        )
        self._bridge.edit(
            lambda raw: with_project_routes(raw, folder, setting_value(raw, "projects")[folder]),
            words,
        )

    async def _pick(self) -> None:
        folder = await pick_folder(self._view, self.tr("Folder that goes its own way"))
        if folder:
            self._view.show_folder(folder)


def _name(folder: str) -> str:
    return paths.expanded(folder).name or folder
