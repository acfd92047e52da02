"""Buttons that come and go with what they are offered for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class Offer:
    """A button; `payload` is what is told when it is pressed."""

    name: str
    label: str
    payload: object


class ButtonRow(QWidget):
    """Side by side, in further lines where the room ends; hidden while there are none."""

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, gap=S)
        self.hide()

    def focus_first(self) -> None:
        first = self._row.itemAt(0)
        if first is not None and (button := first.widget()):
            button.setFocus()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for offer in offers:
            button = PlainButton(offer.label)
            button.setObjectName(offer.name)
            told = offer.payload
            button.clicked.connect(lambda _checked=False, told=told: self.pressed.emit(told))
            self._row.addWidget(button)
        self.setVisible(bool(offers))
