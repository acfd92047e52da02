"""Helper agents that have a model of their own, by name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.desktop import theme
from ccr_desktop.desktop.pages.routes.agent_form import AgentForm
from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.pages.routes.records import AGENT
from ccr_desktop.desktop.pages.routes.row_column import RowColumn
from ccr_desktop.desktop.tokens import L
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.gap import Gap

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
        self._names = QStringListModel(self)
        self._gap = Gap(lambda: (), 0, high=theme.current().control_height() + L)
        self.add(self._gap)
        self._gap.keep(1)
        self._rest = rest
        self.propose(tuple(OWN_AGENTS.values()))

    @property
    def rows(self) -> dict[str, ModelRowView]:
        return self._rows.rows

    def show_routes(self, shown: Routes) -> None:
        self._shown = shown
        self._rows.show({row.place: row for row in shown.agents})
        self._rest.add(self._show_form)

    def propose(self, names: Sequence[str]) -> None:
        """Agents that are known, to be completed while a name is typed."""
        self._names.setStringList([*names])

    def proposed(self) -> list[str]:
        return self._names.stringList()

    @cached_property
    def form(self) -> AgentForm:
        form = AgentForm(self._names, self._others, self._is_known)
        form.wanted.connect(lambda name, key: self.routes_wanted.emit(f"{AGENT}{name}", (key,)))
        self.add(form)
        self._gap.give_way(form)
        return form

    def _show_form(self) -> None:
        if self._shown:
            self.form.model.set_choices(self._shown.choices)

    def _is_known(self, name: str) -> bool:
        return name.casefold() in {each.removeprefix(AGENT).casefold() for each in self.rows}

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
