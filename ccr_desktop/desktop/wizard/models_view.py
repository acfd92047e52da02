"""The fourth step: three kinds of work, and a model for each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.tokens import L, M
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccr_desktop.desktop.widgets.choices import Choice

MAIN, BACKGROUND, LONG = "main", "background", "long"


class ModelsView(QWidget):
    """`picked` tells the kind of work and the route."""

    picked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._others: Callable[[str], Sequence[Choice]] | None = None
        titles = {
            MAIN: self.tr("Main work"),
            BACKGROUND: self.tr("Background jobs"),
            LONG: self.tr("Long conversations"),
        }
        self.pickers = {kind: self._picker(kind, title) for kind, title in titles.items()}
        self.rows = {
            kind: FormRow(title, self.pickers[kind], " ") for kind, title in titles.items()
        }
        self._looking = StateDot("busy", "")
        self.note = HelpText()
        self.trouble = Banner("error")
        self.trouble.setObjectName("wizard-models-trouble")
        self.trouble.hide()
        self._card = Card()
        self._card.body.setSpacing(L)
        for part in (self._looking, *self.rows.values(), self.note):
            self._card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        words = self.tr(
            "Which model does what. Other kinds of work, backup models and rules are on the page"
            " Routes, whenever you like."
        )
        for widget in (BodyText(words), self.trouble, self._card):
            column.addWidget(widget)

    def show_looking(self, words: str) -> None:
        """Empty: done."""
        self._looking.show_state("busy", words)
        self._looking.setVisible(bool(words))

    def show_choices(
        self, choices: Sequence[Choice], others: Callable[[str], Sequence[Choice]]
    ) -> None:
        self._others = others
        for picker in self.pickers.values():
            picker.set_choices(choices)

    def show_route(self, kind: str, route: str, reason: str) -> None:
        self.pickers[kind].set_current(route, model_of(route) if route else "")
        self.rows[kind].help.setText(reason)
        self.rows[kind].help.setVisible(bool(reason))
        self.pickers[kind].setAccessibleDescription(reason)

    def show_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_trouble(self, text: str) -> None:
        self.trouble.show_notice("error", text)
        self.trouble.setVisible(bool(text))

    def _picker(self, kind: str, title: str) -> FilterPicker:
        picker = FilterPicker(title, others=self._other_models)
        picker.setObjectName(f"wizard-{kind}")
        picker.picked.connect(lambda route: self.picked.emit(kind, route))
        return picker

    def _other_models(self, typed: str) -> Sequence[Choice]:
        return self._others(typed) if self._others else ()
