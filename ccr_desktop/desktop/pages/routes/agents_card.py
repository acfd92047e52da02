"""Helper agents that have a model of their own, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.pages.routes.records import AGENT
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.tab_order import put_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.routes.records import Routes
    from ccr_desktop.desktop.widgets.choices import Choice


class AgentsCard(Card):
    """A row for each name, and fields for a further one: choosing its model adds it."""

    routes_wanted = Signal(str, tuple)
    mend_wanted = Signal(str, object)
    rename_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("agents")
        self.set_title(self.tr("Helper agents by name"))
        self.set_help(
            self.tr(
                "An agent that has a model here uses it, all others that of the row “Helper"
                " agents”. Names are those of Claude Code's agents and of your own."
            )
        )
        self.rows: dict[str, ModelRowView] = {}
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

    def show_routes(self, shown: Routes) -> None:
        self._shown = shown
        wanted = {row.place: row for row in shown.agents}
        for place in [place for place in self.rows if place not in wanted]:
            gone = self.rows.pop(place)
            gone.hide()
            gone.deleteLater()
        for number, (place, row) in enumerate(wanted.items()):
            if place not in self.rows:
                self.rows[place] = self._new_row(ModelRowView(row), number)
            self.rows[place].show_row(row, shown.others)
        put_before((self.rows[place] for place in wanted), self.name)
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

    def _new_row(self, row: ModelRowView, number: int) -> ModelRowView:
        row.routes_wanted.connect(self.routes_wanted)
        row.mend_wanted.connect(self.mend_wanted)
        row.rename_wanted.connect(self.rename_wanted)
        self.body.insertWidget(number, row)
        return row

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
