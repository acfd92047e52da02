"""One folder: where its requests go, and where they never go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.folders_shown import EVERYWHERE, chosen_title
from ccr_desktop.desktop.pages.routes.trouble_lines import TroubleLines
from ccr_desktop.desktop.tokens import XS, L, S
from ccr_desktop.desktop.widgets.buttons import IconButton, LeadingButton, QuietButton
from ccr_desktop.desktop.widgets.filter_picker import ChoicePopOver, FilterPicker
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from ccr_desktop.desktop.pages.routes.folders_shown import FolderRow, Folders
    from ccr_desktop.desktop.widgets.choices import Choice

_LEAST_NAME_WIDTH, _NAME_WIDTH = 130, 240


class FolderRowView(QWidget):
    """Tells what is wanted; it changes only when shown anew."""

    routes_wanted = Signal(str, str)
    """The folder, and the key of the choice."""
    never_wanted = Signal(str, tuple)
    """The folder, and all providers that it is kept from."""
    remove_wanted = Signal(str)
    keep_wanted = Signal(str)
    """The folder is to be written in this way alone."""

    def __init__(self, row: FolderRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._title = BodyText(row.title)
        self._title.setProperty("role", "field")
        self._path = HelpText(row.folder)
        self.picker = FilterPicker(row.title)
        self.remove_button = IconButton("trash-2", self.tr("Remove"))
        self.add_button = LeadingButton(self.tr("Never send to…"), "plus")
        self.note = HelpText()
        self.troubles = TroubleLines()
        self.never: dict[str, QuietButton] = {}
        self._flow = FlowLayout()
        self._rest: list[Choice] = []
        self._pop_over: ChoicePopOver | None = None
        self._lay_out()
        self.picker.picked.connect(self._choose)
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(self._row.folder))
        self.troubles.mend_wanted.connect(lambda _: self.keep_wanted.emit(self._row.folder))
        self.add_button.clicked.connect(lambda: self.pop_over().open_below(self.add_button))

    def show_row(self, row: FolderRow, shown: Folders) -> None:
        self._row = row
        self.picker.set_name(self.tr("Where requests from {folder} go").format(folder=row.title))
        self.picker.set_choices(shown.choices)
        self.picker.set_current(row.chosen, chosen_title(row.chosen))
        self.remove_button.set_name(self.tr("Remove {folder}").format(folder=row.title))
        self._rest = [choice for choice in shown.providers if choice.key not in row.never]
        if self._pop_over is not None:
            self._pop_over.set_choices(self._rest, "")
        set_shown(self.add_button, bool(self._rest))
        self.add_button.setAccessibleName(
            self.tr("Never send {folder} to a provider").format(folder=row.title)
        )
        self._show_never(row)
        self.note.setText("\n".join(row.notes))
        set_shown(self.note, bool(row.notes))
        self.troubles.show_troubles(row.troubles)

    def pop_over(self) -> ChoicePopOver:
        """The providers to choose from, made when they are first wanted."""
        if self._pop_over is None:
            self._pop_over = ChoicePopOver(self.add_button)
            self._pop_over.picked.connect(lambda name: self._want((*self._row.never, name)))
            self._pop_over.set_choices(self._rest, "")
        return self._pop_over

    def _show_never(self, row: FolderRow) -> None:
        if tuple(self.never) == row.never:
            return
        for chip in self.never.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add_button)
        self.never = {name: self._chip(name, row.title) for name in row.never}
        for part in (*self.never.values(), self.add_button):
            self._flow.addWidget(part)
            set_shown(part, True)

    def _chip(self, name: str, title: str) -> QuietButton:
        chip = QuietButton(self.tr("Never to {provider}").format(provider=name), "x")
        words = self.tr("Allow {folder} to be sent to {provider} again")
        chip.setToolTip(words.format(folder=title, provider=name))
        chip.setAccessibleDescription(words.format(folder=title, provider=name))
        chip.clicked.connect(lambda: self._want(tuple(n for n in self._row.never if n != name)))
        return chip

    def _lay_out(self) -> None:
        names = QWidget()
        names.setMinimumWidth(_LEAST_NAME_WIDTH)
        names.setMaximumWidth(_NAME_WIDTH)
        left = QVBoxLayout(names)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(XS)
        left.addWidget(self._title)
        left.addWidget(self._path)
        left.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(S)
        top.addWidget(self.picker, 1)
        top.addWidget(self.remove_button)
        right = QVBoxLayout()
        right.setSpacing(XS)
        right.addLayout(top)
        flow = QWidget()
        flow.setLayout(self._flow)
        self._flow.addWidget(self.add_button)
        for part in (flow, self.note, self.troubles):
            right.addWidget(part)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(L)
        whole.addWidget(names, 2, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(right, 5)

    def _choose(self, key: str) -> None:
        self.picker.set_current(self._row.chosen, chosen_title(self._row.chosen))
        if key != self._row.chosen:
            self.routes_wanted.emit(self._row.folder, "" if key == EVERYWHERE else key)

    def _want(self, providers: tuple[str, ...]) -> None:
        self.never_wanted.emit(self._row.folder, providers)
