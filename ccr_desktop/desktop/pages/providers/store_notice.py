"""The state of the store of keys with its ways out, wherever a key is on its way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.providers.button_row import ButtonRow, Offer
from ccr_desktop.desktop.pages.settings.key_words import way_out_words
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.errors import sentences

if TYPE_CHECKING:
    from ccr_desktop.core.secrets import StoreStatus, WayOut


class StoreNotice(QWidget):
    """Hidden while the store is ready. *after* gets the focus of a button that goes."""

    way_out_wanted = Signal(object)
    """A `WayOut` of the store's status."""

    def __init__(self, after: QWidget) -> None:
        super().__init__()
        self._banner = Banner("warn")
        self.ways = ButtonRow(after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self._banner)
        column.addWidget(self.ways)
        self.ways.pressed.connect(self.way_out_wanted)
        self.hide()

    def show_store(self, status: StoreStatus | None) -> None:
        """None where it does not matter how the store is."""
        told = None if status is None or status.is_ready else status
        self.ways.show_offers([_offer(way) for way in told.ways_out] if told else [])
        if told:
            self._banner.show_notice("warn", in_words(sentences(told.title, told.text)))
        self.setVisible(told is not None)

    def text(self) -> str:
        return self._banner.text()


def _offer(way: WayOut) -> Offer:
    return Offer(f"way-{way.value.replace(' ', '-')}", way_out_words(way), way)
