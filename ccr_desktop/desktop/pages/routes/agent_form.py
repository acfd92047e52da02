"""The fields for a helper agent that is to have a model of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from ccr_desktop.core.routing.subagents import OWN_AGENTS
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.desktop.widgets.filter_picker import Others


class AgentForm(QWidget):
    """Choosing a model is what adds the agent: `wanted` carries its name and the model's key."""

    wanted = Signal(str, str)

    def __init__(
        self, names: QStringListModel, others: Others, is_known: Callable[[str], bool]
    ) -> None:
        super().__init__()
        self._names = names
        self._is_known = is_known
        self.name = QLineEdit()
        self.model = FilterPicker(
            _tr("Model of the new agent"), placeholder=_tr("Choose a model…"), others=others
        )
        self.name_row = FormRow(_tr("Name of the agent"), self.name)
        self.name.setPlaceholderText(lists.names(OWN_AGENTS.values()))
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if popup := completer.popup():
            popup.setProperty("surface", "raised")
        self.name.setCompleter(completer)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(S)
        line.addWidget(self.name_row, 1)
        line.addWidget(FormRow(_tr("Its model"), self.model), 1)
        self.name.textChanged.connect(lambda _: self.name_row.clear_error())
        self.name.textEdited.connect(self._close_proposals)
        self.name.returnPressed.connect(self._go_on)
        self.model.picked.connect(self._add)

    def _close_proposals(self, text: str) -> None:
        """Of a name that is typed whole: they would take the next click for themselves."""
        is_whole = text.lower() in {name.lower() for name in self._names.stringList()}
        if is_whole and (popup := self.name.completer().popup()):
            QTimer.singleShot(0, popup, popup.hide)  # once they are shown

    def _go_on(self) -> None:
        """From the name to its model, once a name that is offered has been taken."""
        QTimer.singleShot(0, self.model, self.model.open)

    def _add(self, key: str) -> None:
        self.model.set_current("")
        name = self.name.text().strip()
        if not name:
            self.name_row.show_error(_tr("Say which agent first."))
            self.name.setFocus()
        elif self._is_known(name):
            self.name_row.show_error(_tr("%s has a model already.") % name)
            self.name.setFocus()
        else:
            self.name.clear()
            self.wanted.emit(name, key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AgentsCard", text)
