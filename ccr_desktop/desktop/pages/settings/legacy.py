"""The one provider of files from before there was a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from ccr_desktop.core.config.interpolation import is_reference
from ccr_desktop.core.config.legacy import (
    legacy_settings,
    makes_legacy_provider,
    with_legacy_provider_written,
)
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.desktop.pages.settings.field_rows import TextRow
from ccr_desktop.desktop.pages.settings.rows import SettingRow
from ccr_desktop.desktop.setting_places import title_of
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import SecondaryText

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.pages.settings.binding import Binding

_ADDRESS, _MODEL, _KEY = "OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_API_KEY"


class KeyRow(SettingRow):
    """Says whether there is a key, and shows no more of it than a reference."""

    wanted = Signal(object)

    def __init__(self, title: str, help_text: str) -> None:
        self.state = SecondaryText()
        super().__init__(title, help_text, self.state)

    def show_value(self, value: str) -> None:
        is_elsewhere = is_reference(value) or value.startswith(PREFIX)
        known = value if is_elsewhere else self.tr("In the settings file")
        self.state.setText(known if value else self.tr("Not set"))

    def words(self, value: object) -> str:
        """The key itself is never among them."""
        return self.title if value else self.tr("{title}: none").format(title=self.title)


def legacy_card(bridge: Bridge, binding: Binding) -> Card:
    """There only while the file holds such keys."""
    card = Card(_tr("From before there were providers"))
    card.setObjectName("legacy")
    binding.put(card, _ADDRESS, TextRow(title_of(_ADDRESS)))
    binding.put(card, _MODEL, TextRow(title_of(_MODEL)))
    binding.put(card, _KEY, KeyRow(title_of(_KEY), _tr("It is never shown.")))
    button = PlainButton()
    button.setObjectName("leave-legacy")
    card.add_action(button)
    LegacyProvider(bridge, card, button)
    return card


class LegacyProvider(QObject):
    """Makes a provider of these keys, or takes them away where they do nothing."""

    def __init__(self, bridge: Bridge, card: Card, button: PlainButton) -> None:
        super().__init__(card)
        self._bridge = bridge
        self._card = card
        self._button = button
        bridge.config_changed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        button.clicked.connect(self._leave)
        self._show()

    def _show(self) -> None:
        raw = self._bridge.raw
        self._card.setVisible(bool(legacy_settings(raw)))
        if makes_legacy_provider(raw):
            self._card.set_help(self.tr("They are the one provider “openai” now."))
            self._button.setText(self.tr("Turn into a provider"))
        else:
            self._card.set_help(self.tr("They have no effect beside the list of providers."))
            self._button.setText(self.tr("Remove them"))

    def _leave(self) -> None:
        if makes_legacy_provider(self._bridge.raw):
            words = self.tr("Made a provider of the older settings")
            self._bridge.edit(with_legacy_provider_written, words)
        else:
            self._bridge.edit(_without_legacy, self.tr("Removed the older settings"))


def _without_legacy(raw: JsonObject) -> JsonObject:
    return {key: value for key, value in raw.items() if key not in {_ADDRESS, _MODEL, _KEY}}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
