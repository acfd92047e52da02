"""Plugins: the user's own transformers, and his own router."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from ccr_desktop.desktop.carrying import Draft
from ccr_desktop.desktop.pages.settings.plugin_card import PluginCard
from ccr_desktop.desktop.pages.settings.plugins_presenter import PluginsPresenter
from ccr_desktop.desktop.pages.settings.router_card import RouterCard
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import HelpText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.providers.fix_options import Entered
    from ccr_desktop.desktop.pages.settings.plugin_records import CodeSeen, PluginSeen


def build(desk: Desk) -> QWidget:
    section = Section()
    view = PluginsView(section)
    PluginsPresenter(desk.bridge, view)
    return section


class PluginsView(QObject):
    """The cards of the section. `shown` tells when it comes to the front."""

    add_wanted = Signal()
    write_wanted = Signal()
    test_wanted = Signal(object)
    open_wanted = Signal(str)
    remove_wanted = Signal(object)
    providers_wanted = Signal()
    options_wanted = Signal(object, object)
    shown = Signal()

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.section = section
        self.node = Banner("warn", "", _tr("Get Node.js"))
        self.node.setObjectName("node-missing")
        self.write = QuietButton(_tr("Write one…"), "pencil")
        self.write.setObjectName("write-plugin")
        self.add = PlainButton(_tr("Add a file…"), "plus")
        self.add.setObjectName("add-plugin")
        self.router = RouterCard()
        self._none = HelpText(_tr("None yet."))
        self._cards: dict[tuple[int, str], PluginCard] = {}
        self._begun: dict[tuple[int, str], Entered] = {}
        self._own = Card(_tr("Compatibility fixes of your own"), _about())
        self._own.setObjectName(row_name("transformers"))
        self._lay_out()
        self.add.clicked.connect(self.add_wanted)
        self.write.clicked.connect(self.write_wanted)
        section.installEventFilter(self)
        Draft(self, "plugins", self._options_begun, self._take_options)

    def show_code(self, code: CodeSeen) -> None:
        self.node.setVisible(code.needs_node)
        keys = [(plugin.number, plugin.text) for plugin in code.plugins]
        for key in [key for key in self._cards if key not in keys]:
            self._drop(self._cards.pop(key))
        for key, plugin in zip(keys, code.plugins, strict=True):
            if card := self._cards.get(key):
                card.show_plugin(plugin)
            else:
                self._put(key, plugin)
        self._none.setVisible(not code.plugins)
        self.router.show_router(code.router)

    def card(self, number: int) -> PluginCard | None:
        """The card of an entry, if it is still there."""
        return next((card for key, card in self._cards.items() if key[0] == number), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and watched is self.section:
            self.shown.emit()
        return super().eventFilter(watched, event)

    def _put(self, key: tuple[int, str], plugin: PluginSeen) -> None:
        card = PluginCard(plugin)
        card.describe(plugin.number)
        card.test_wanted.connect(lambda: self.test_wanted.emit(card.plugin))
        card.open_wanted.connect(lambda: self.open_wanted.emit(card.plugin.path))
        card.providers_wanted.connect(self.providers_wanted)
        card.remove_wanted.connect(lambda: self.remove_wanted.emit(card.plugin))
        card.options_wanted.connect(lambda found: self.options_wanted.emit(card.plugin, found))
        self._cards[key] = card
        if begun := self._begun.pop(key, None):
            card.options.enter(begun)
        place = sorted(self._cards).index(key)
        self._own.body.insertWidget(place, card)

    def _options_begun(self) -> dict[tuple[int, str], Entered] | None:
        found = {key: card.options.entered() for key, card in self._cards.items()}
        return {key: begun for key, begun in found.items() if begun} or None

    def _take_options(self, begun: object) -> None:
        """For cards that are there once the files were looked at."""
        self._begun = dict(begun) if isinstance(begun, dict) else {}

    def _drop(self, card: PluginCard) -> None:
        self._own.body.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _lay_out(self) -> None:
        words = _tr(
            "A file is JavaScript, and Node.js, which runs it, was not found. Install Node.js 18"
            " or newer, then start the router again."
        )
        self.node.show_notice("warn", words, _tr("Get Node.js"))
        self.node.hide()
        self._own.add(self._none)
        self._own.add_action(self.write)
        self._own.add_action(self.add)
        for part in (self.node, self._own, self.router):
            self.section.add(part)


def _about() -> str:
    return _tr(
        "Python files, or JavaScript ones of claude-code-router, that change requests and answers."
        " They run with your rights: they can read your files and keys. A file that changes is"
        " loaded again at once."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Plugins", text)
