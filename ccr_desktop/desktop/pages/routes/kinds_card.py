"""The card with one row for each kind of work."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop.pages.routes.lined import Lined
from ccr_desktop.desktop.pages.routes.model_row import ModelRowView
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import HelpText, SecondaryText
from ccr_desktop.desktop.widgets.number_field import NumberField
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from ccr_desktop.desktop.pages.routes.records import Routes

_LEAST_TOKENS, _MOST_TOKENS, _STEP = 1000, 10_000_000, 5000
_STILL_MS = 600  # so many clicks on an arrow are one change


class KindsCard(Card):
    """Rows of kinds of work are made once, those of names of models come and go."""

    routes_wanted = Signal(str, tuple)
    mend_wanted = Signal(str, object)
    threshold_wanted = Signal(int)
    claude_names_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("kinds")
        self.set_title(self.tr("Which model does which work"))
        self.rows: dict[str, ModelRowView] = {}
        self._held: dict[str, Lined] = {}
        self._places: list[str] = []
        self.claude_names = Switch(self.tr("Show by Claude model name"))
        self.add_header_action(self.claude_names)
        self.threshold = NumberField(_LEAST_TOKENS, _MOST_TOKENS, suffix=self.tr(" tokens"))
        self.threshold_note = HelpText()
        self._wanted = QTimer(self, interval=_STILL_MS, singleShot=True)
        self._set_up()

    def show_routes(self, shown: Routes) -> None:
        wanted = {row.place: row for row in shown.rows}
        for place in [place for place in self.rows if place not in wanted]:
            del self.rows[place]
            gone = self._held.pop(place)
            gone.hide()
            gone.deleteLater()
        for number, (place, row) in enumerate(wanted.items()):
            if place not in self.rows:
                self.rows[place] = self._new_row(place, ModelRowView(row))
            held = self._held[place]
            if self.body.indexOf(held) != number:
                self.body.insertWidget(number, held)
            held.show_line(number > 0)
            self.rows[place].show_row(row, shown.others)
        if [*wanted] != self._places:
            self._places = [*wanted]
            self._order_tabs()
        self.threshold_note.setText(shown.threshold_note)
        if not self._wanted.isActive():
            self._show_threshold(shown.threshold)

    def show_claude_names(self, wanted: bool) -> None:  # as it was remembered
        blocked = self.claude_names.blockSignals(True)
        self.claude_names.setChecked(wanted)
        self.claude_names.blockSignals(blocked)

    def _set_up(self) -> None:
        self.threshold.setObjectName("threshold")
        self.threshold.setSingleStep(_STEP)
        self.threshold.setGroupSeparatorShown(True)
        self.threshold.setKeyboardTracking(False)
        name = self.tr("Conversations are long over so many tokens")
        self.threshold.setAccessibleName(name)
        self.threshold.setMaximumWidth(180)
        self.threshold.valueChanged.connect(lambda _: self._wanted.start())
        self._wanted.timeout.connect(lambda: self.threshold_wanted.emit(self.threshold.value()))
        self.claude_names.toggled.connect(self.claude_names_wanted)

    def _new_row(self, place: str, row: ModelRowView) -> ModelRowView:
        row.setObjectName(f"kind-{place}")
        row.routes_wanted.connect(self.routes_wanted)
        row.mend_wanted.connect(self.mend_wanted)
        if place == "longContext":
            row.values.insertLayout(1, self._threshold_line())
            row.values.insertWidget(2, self.threshold_note)
        self._held[place] = Lined(row)
        return row

    def _order_tabs(self) -> None:
        """Tab goes through the rows from top to bottom, whenever they were made."""
        held = sorted(self._held.values(), key=self.body.indexOf)
        fields = [
            field
            for each in held
            for field in each.findChildren(QWidget)
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.window() is self.window()
        ]
        for before, after in pairwise([self.claude_names, *fields]):
            self.setTabOrder(before, after)

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
