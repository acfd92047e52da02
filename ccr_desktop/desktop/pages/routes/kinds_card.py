"""The card with one row for each kind of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.pages.routes.row_column import RowColumn
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import HelpText, SecondaryText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from ccr_desktop.desktop.pages.routes.records import ModelRow, OtherModels, Routes
    from ccr_desktop.desktop.sight import Afterwards

_LEAST_TOKENS, _MOST_TOKENS, _STEP = 1000, 10_000_000, 5000
_AT_ONCE = 4  # kinds of work, as many as the usual window shows when some have backups
_STILL_MS = 600  # so many clicks on an arrow are one change


class KindsCard(Card):
    """Rows of kinds of work are made once, those of names of models come and go."""

    routes_wanted = Signal(str, tuple)
    mend_wanted = Signal(str, object)
    threshold_wanted = Signal(int)
    claude_names_wanted = Signal(bool)

    def __init__(self, rest: Afterwards, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("kinds")
        self.set_title(self.tr("Which model does which work"))
        self._others: OtherModels | None = None
        self._rows = RowColumn(self.body, rest, self._new_row, self._show_row, at_once=_AT_ONCE)
        self.claude_names = Switch(self.tr("Show by Claude model name"))
        self.add_header_action(self.claude_names)
        self.threshold = NumberField(_LEAST_TOKENS, _MOST_TOKENS, suffix=self.tr(" tokens"))
        self.threshold_note = HelpText()
        self._wanted = QTimer(self, interval=_STILL_MS, singleShot=True)
        self._set_up()

    @property
    def rows(self) -> dict[str, ModelRowView]:
        return self._rows.rows

    def show_routes(self, shown: Routes) -> None:
        self._others = shown.others
        self._rows.show({row.place: row for row in shown.rows})
        self.threshold_note.setText(shown.threshold_note)
        if not self._wanted.isActive():
            self._show_threshold(shown.threshold)

    def show_claude_names(self, wanted: bool) -> None:  # as it was remembered
        blocked = self.claude_names.blockSignals(True)
        self.claude_names.show_checked(wanted)
        self.claude_names.blockSignals(blocked)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Whoever leaves the field, or the page, is done: what is shown next may be another set."""
        if self._wanted.isActive():
            self._wanted.stop()
            self._want_threshold()

    def _want_threshold(self) -> None:
        self.threshold_wanted.emit(self.threshold.value())

    def _set_up(self) -> None:
        self.threshold.setObjectName("threshold")
        self.threshold.setSingleStep(_STEP)
        self.threshold.setGroupSeparatorShown(True)
        self.threshold.setKeyboardTracking(False)
        name = self.tr("Conversations are long over so many tokens")
        self.threshold.setAccessibleName(name)
        self.threshold.setMaximumWidth(180)
        self.threshold.valueChanged.connect(lambda _: self._wanted.start())
        self._wanted.timeout.connect(self._want_threshold)
        self.threshold.editingFinished.connect(self._settle)
        self.claude_names.toggled.connect(self.claude_names_wanted)

    def _new_row(self, shown: ModelRow) -> ModelRowView:
        row = ModelRowView(shown)
        row.setObjectName(f"kind-{shown.place}")
        row.routes_wanted.connect(self.routes_wanted)
        row.mend_wanted.connect(self.mend_wanted)
        if shown.place == "longContext":
            row.values.insertLayout(1, self._threshold_line())
            row.values.insertWidget(2, self.threshold_note)
        return row

    def _show_row(self, view: ModelRowView, row: ModelRow) -> None:
        view.show_row(row, self._others)

    def _threshold_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(SecondaryText(self.tr("Takes over from")))
        line.addWidget(self.threshold)
        line.addStretch(1)
        return line

    def _show_threshold(self, tokens: int) -> None:
        blocked = self.threshold.blockSignals(True)
        self.threshold.show_number(tokens)
        self.threshold.blockSignals(blocked)
