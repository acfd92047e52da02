"""Helper agents that have a model of their own, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.pages.routes.records import AGENT
from ccr_desktop.desktop.pages.routes.row_column import RowColumn
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.routes.records import ModelRow, Routes
    from ccr_desktop.desktop.sight import Afterwards
    from ccr_desktop.desktop.widgets.choices import Choice


class AgentsCard(Card):
    """A row for each name, and fields for a further one: choosing its model adds it."""

    routes_wanted = Signal(str, tuple)
    mend_wanted = Signal(str, object)
    rename_wanted = Signal(str)

    def __init__(self, rest: Afterwards, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("agents")
        self.set_title(self.tr("Helper agents by name"))
        self.set_help(
            self.tr(
                "An agent that has a model here uses it, all others that of the row “Helper"
                " agents”. Names are those of Claude Code's agents and of your own."
            )
        )
        self._rows = RowColumn(
            self.body, rest, self._new_row, self._show_row, at_once=0, has_lines=False
        )
        self._shown: Routes | None = None
        self.name = QLineEdit()
        self._names = QStringListModel(self)
        self.model = FilterPicker(
            self.tr("Model of the new agent"),
            placeholder=self.tr("Choose a model…"),
            others=self._others,
        )
        self.name_row = FormRow(self.tr("Name of the agent"), self.name)
        self._set_up()

    @property
    def rows(self) -> dict[str, ModelRowView]:
        return self._rows.rows

    def show_routes(self, shown: Routes) -> None:
        self._shown = shown
        self._rows.show({row.place: row for row in shown.agents})
        self.model.set_choices(shown.choices)

    def propose(self, names: Sequence[str]) -> None:
        """Agents that are known, to be completed while a name is typed."""
        self._names.setStringList([*names])

    def proposed(self) -> list[str]:
        return self._names.stringList()

    def _set_up(self) -> None:
        self.name.setPlaceholderText(", ".join(OWN_AGENTS.values()))
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        self.propose(tuple(OWN_AGENTS.values()))
        self.name.textChanged.connect(lambda _: self.name_row.clear_error())
        self.name.returnPressed.connect(self._go_on)
        self.model.picked.connect(self._add)
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(self.name_row, 1)
        line.addWidget(FormRow(self.tr("Its model"), self.model), 1)
        self.body.addLayout(line)

    def _new_row(self, shown: ModelRow) -> ModelRowView:
        row = ModelRowView(shown)
        row.routes_wanted.connect(self.routes_wanted)
        row.mend_wanted.connect(self.mend_wanted)
        row.rename_wanted.connect(self.rename_wanted)
        return row

    def _show_row(self, view: ModelRowView, row: ModelRow) -> None:
        view.show_row(row, self._shown.others if self._shown else None)

    def _others(self, typed: str) -> Sequence[Choice]:
        others = self._shown.others if self._shown else None
        return others(typed) if others else ()

    def _go_on(self) -> None:
        """From the name to its model, once a name that is offered has been taken."""
        QTimer.singleShot(0, self.model, self.model.open)

    def _add(self, key: str) -> None:
        self.model.set_current("")
        name = self.name.text().strip()
        known = {place.removeprefix(AGENT).casefold() for place in self.rows}
        if not name:
            self.name_row.show_error(self.tr("Say which agent first."))
            self.name.setFocus()
        elif name.casefold() in known:
            self.name_row.show_error(self.tr("%s has a model already.") % name)
            self.name.setFocus()
        else:
            self.name.clear()
            self.routes_wanted.emit(f"{AGENT}{name}", (key,))
