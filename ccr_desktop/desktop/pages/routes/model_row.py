"""One row of the page: a kind of work or a helper agent, its model, and its backup models."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.backups import BackupList
from ccr_desktop.desktop.pages.routes.trouble_lines import TroubleLines
from ccr_desktop.desktop.tokens import XS, L, S
from ccr_desktop.desktop.widgets.buttons import IconButton, QuietButton
from ccr_desktop.desktop.widgets.choices import Choice, Later
from ccr_desktop.desktop.widgets.filter_picker import ChoicePopOver, FilterPicker
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.routes.records import (
        ModelRow,
        OtherModels,
        ShownRoute,
        Trouble,
    )

_LEAST_NAME_WIDTH, _NAME_WIDTH = 130, 200


class ModelRowView(QWidget):
    """Tells which routes are wanted, as texts of the file; it changes only when shown anew."""

    routes_wanted = Signal(str, tuple)
    """The place of the row, and all its routes in their order."""
    mend_wanted = Signal(str, object)
    rename_wanted = Signal(str)

    def __init__(self, row: ModelRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._others: OtherModels | None = None
        self._title = BodyText(row.title)
        self._title.setProperty("role", "field")
        self._about = HelpText()
        self.picker = FilterPicker(row.title, others=self._other_models)
        self.add_button = QuietButton(self.tr("Backup"), "plus")
        self.clear_button = IconButton("x", self.tr("Clear"))
        self.rename_button = IconButton("pencil", self.tr("Rename"))
        self.troubles = TroubleLines()
        self._pop_over: ChoicePopOver | None = None
        self.names = QVBoxLayout()
        self.values = QVBoxLayout()
        self._below = QVBoxLayout()
        self._lay_out()
        self._connect()

    @property
    def place(self) -> str:
        return self._row.place

    @cached_property
    def backups(self) -> BackupList:
        """Made when there are some: most rows have none, and a list is half of a row's cost."""
        backups = BackupList("")
        backups.removed.connect(self._drop)
        backups.order_requested.connect(self._order)
        self._below.insertWidget(0, backups)
        return backups

    def show_row(self, row: ModelRow, others: OtherModels | None) -> None:
        self._row, self._others = row, others
        self._title.setText(row.title)
        self._about.setText(row.about)
        set_shown(self._about, bool(row.about))
        self._show_model(row.routes[0] if row.routes else None)
        words = self.tr("Add a backup model for %s") % row.title
        self.add_button.setAccessibleName(words)
        self.add_button.setToolTip(words)
        set_shown(self.add_button, bool(row.routes))
        self.clear_button.set_name(self.tr("Clear %s") % row.title)
        self.rename_button.set_name(self.tr("Rename %s") % row.title)
        set_shown(self.rename_button, row.can_rename)
        set_shown(self.clear_button, bool(row.routes) and row.can_clear)
        if row.routes[1:] or "backups" in vars(self):
            self.backups.setAccessibleName(self.tr("Backup models of %s") % row.title)
            self.backups.show_routes(row.routes[1:])
        self.troubles.show_troubles(row.troubles)

    def _show_model(self, route: ShownRoute | None) -> None:
        row = self._row
        self.picker.set_name(row.title)
        self.picker.set_placeholder(row.usual)
        self.picker.set_choices(Later(lambda: [*row.choices, *_unlisted(route, row.choices)]))
        self._show_present()
        self.picker.set_note(route.detail if route else "")

    def _show_present(self) -> None:
        present = self._row.routes[0] if self._row.routes else None
        self.picker.set_current(present.key if present else "", present.title if present else "")

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setSpacing(XS)
        name.addWidget(self._title, 1)
        name.addWidget(self.rename_button)
        self._title.setMinimumWidth(0)
        self.names.setSpacing(XS)
        self.names.addLayout(name)
        self.names.addWidget(self._about)
        self.names.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(S)
        top.addWidget(self.picker, 1)
        for button in (self.add_button, self.clear_button):
            policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            policy.setRetainSizeWhenHidden(True)  # the fields of all rows are equally wide
            button.setSizePolicy(policy)
            top.addWidget(button)
        self.values.setSpacing(XS)
        self.values.addLayout(top)
        self._below.setSpacing(XS)
        self._below.addWidget(self.troubles)
        self.values.addLayout(self._below)
        self.values.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(L)
        names = QWidget()
        names.setMinimumWidth(_LEAST_NAME_WIDTH)
        names.setMaximumWidth(_NAME_WIDTH)
        names.setLayout(self.names)
        self.names.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(names, 2)
        whole.addLayout(self.values, 6)

    def _connect(self) -> None:
        self.picker.picked.connect(self._choose)
        self.add_button.clicked.connect(self._open_backups)
        self.rename_button.clicked.connect(lambda: self.rename_wanted.emit(self.place))
        self.clear_button.clicked.connect(lambda: self._want(()))
        self.troubles.mend_wanted.connect(self._mend)

    def _other_models(self, typed: str) -> Sequence[Choice]:
        return self._others(typed) if self._others else ()

    def _choose(self, key: str) -> None:
        """The picked model first, the backups as they were."""
        if self._row.routes and key == self._row.routes[0].key:
            return
        rest = [route.text for route in self._row.routes[1:] if route.key != key]
        self._want((key, *rest))

    def _open_backups(self) -> None:
        """All models but those that the row has."""
        if self._pop_over is None:
            self._pop_over = ChoicePopOver(self.add_button, others=self._other_models)
            self._pop_over.picked.connect(self._add)
        used = {route.key for route in self._row.routes}
        rest = [choice for choice in self._row.choices if choice.key not in used]
        self._pop_over.set_choices(rest, "")
        self._pop_over.open_below(self.add_button)

    def _add(self, key: str) -> None:
        if key not in {route.key for route in self._row.routes}:
            self._want((*self._row.texts, key))

    def _drop(self, text: str) -> None:
        self._want(tuple(each for each in self._row.texts if each != text))

    def _order(self, order: tuple[str, ...]) -> None:
        self._want((*self._row.texts[:1], *order))

    def _mend(self, trouble: Trouble) -> None:
        match trouble.mend:
            case "choose":
                self.picker.open()
            case "drop":
                self._drop(trouble.route)
            case _:
                self.mend_wanted.emit(self.place, trouble)

    def _want(self, routes: tuple[str, ...]) -> None:
        self._show_present()
        if routes != self._row.texts:
            self.routes_wanted.emit(self.place, routes)


def _unlisted(route: ShownRoute | None, choices: Sequence[Choice]) -> list[Choice]:
    """The present model where it is in no list, so that it is shown by its name."""
    if route is None or any(choice.key == route.key for choice in choices):
        return []
    group = route.text.partition("," if "," in route.text else "/")[0].strip()
    return [Choice(key=route.key, title=route.title, group=group, enabled=not route.is_missing)]
