"""The card of the providers: a chip each, with how it fares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.health_words import health_word
from ccr_desktop.desktop.widgets.buttons import QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.state_chip import StateChip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.observe.health import Health
    from ccr_desktop.desktop.widgets.state import State

_MOST = 6
_URGENCY = {"attention": 0, "backup": 1}


@dataclass(frozen=True, slots=True)
class ProviderChip:
    name: str
    state: State
    word: str


def provider_chips(config: Config, found: Health) -> tuple[ProviderChip, ...]:
    """Those in trouble first, else in the order of the configuration."""
    chips = []
    for name, provider in config.providers.items():
        state, word = health_word(provider, found.of(name))
        chips.append(ProviderChip(name, state, word))
    return tuple(sorted(chips, key=lambda chip: _URGENCY.get(chip.state, 2)))


class ProvidersCard(Card):
    """Signal: `provider_wanted(name)`, empty for all of them."""

    provider_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Providers"), "", parent)
        self.setObjectName("providers-health")
        holder = QWidget()
        flow = FlowLayout(holder)
        self._chips = [StateChip() for _ in range(_MOST)]
        self._known: tuple[ProviderChip, ...] = ()
        for number, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _=False, at=number: self._chosen(at))
            flow.addWidget(chip)
        self._more = QuietButton()
        self._more.clicked.connect(lambda: self.provider_wanted.emit(""))
        flow.addWidget(self._more)
        self.add(holder)
        self.show_chips(())

    def show_chips(self, chips: Sequence[ProviderChip]) -> None:
        self._known = tuple(chips)
        for number, chip in enumerate(self._chips):
            if number < len(chips):
                known = chips[number]
                chip.show_state(known.name, known.state, known.word)
            chip.setVisible(number < len(chips))
        more = len(chips) - _MOST
        self._more.setText(self.tr("and {n} more").format(n=more))
        self._more.setVisible(more > 0)
        self.setVisible(bool(chips))

    def words(self) -> list[str]:
        return [chip.words() for chip in self._chips if not chip.isHidden()]

    def _chosen(self, number: int) -> None:
        self.provider_wanted.emit(self._known[number].name)
