"""Buttons that come and go with what they are offered for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
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
    """Side by side, in further lines where the room ends; hidden while there are none.

    *after* gets the focus of a button that goes, for Qt gives it to nobody while a dialog closes.
    """

    pressed = Signal(object)

    def __init__(self, after: QWidget) -> None:
        super().__init__()
        self._after = after
        self._offers: tuple[Offer, ...] = ()
        self._row = FlowLayout(self, gap=S)
        self.hide()

    def focus_first(self) -> None:
        first = self._row.itemAt(0)
        if first is not None and (button := first.widget()):
            button.setFocus()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        if tuple(offers) == self._offers:
            return
        self._offers = tuple(offers)
        if self.isAncestorOf(self.window().focusWidget()):
            self._after.setFocus()
        while (item := self._row.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.setParent(None)
                old.deleteLater()
        last = self._stop_before()
        for offer in offers:
            button = PlainButton(offer.label)
            button.setObjectName(offer.name)
            told = offer.payload
            button.clicked.connect(lambda _checked=False, told=told: self.pressed.emit(told))
            self._row.addWidget(button)
            self.setTabOrder(last, button)  # else it is the last one of the window
            last = button
        self.setVisible(bool(offers))

    def _stop_before(self) -> QWidget:
        """Whatever Tab goes on from to this row."""
        stop = self.previousInFocusChain()
        while stop and stop is not self and stop.focusPolicy() is Qt.FocusPolicy.NoFocus:
            stop = stop.previousInFocusChain()
        return stop or self
