"""Pictures: the model that looks at them, and who asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.pages.settings.binding import Binding
from ccr_desktop.desktop.pages.settings.rows import SettingRow, SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import title_of
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.tick_row import breakable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.bridge import Bridge
    from ccr_desktop.desktop.desk import Desk

_FORCE = "forceUseImageAgent"


def build(desk: Desk) -> QWidget:
    section = Section()
    what = Card(_tr("How pictures are looked at"))
    for words in _explained():
        what.add(BodyText(words))
    section.add(what)
    choose = PlainButton(_tr("Choose on Routes"), "route")
    choose.setObjectName("image-model")
    model = SettingRow(_tr("Model for pictures"), "", choose)
    force = SwitchRow(title_of(_FORCE), _cost())
    force.switch.setObjectName("image-agent")
    pictures = Card(_tr("Pictures"))
    pictures.add(model)
    pictures.add(force)
    section.add(pictures)
    choose.clicked.connect(lambda: desk.bridge.page_wanted.emit("routes"))
    Binding(desk.bridge, section).add(_FORCE, force)
    _ShownModel(desk.bridge, model, force)
    return section


class _ShownModel(QObject):
    """Says which model it is now, of the routes in force, and when the switch does nothing."""

    def __init__(self, bridge: Bridge, row: SettingRow, force: SwitchRow) -> None:
        super().__init__(row)
        self._bridge = bridge
        self._row = row
        self._force = force
        bridge.config_changed.connect(self.show, Qt.ConnectionType.QueuedConnection)
        self.show()

    def show(self) -> None:
        config = self._bridge.config
        routes = config.router.routes.get("image", ())
        idle = config.force_image_agent and not routes
        words = _tr("Does nothing until there is a model for pictures.") if idle else ""
        self._force.show_note(words)
        if not routes:
            self._row.show_help(
                _tr("None. Pictures go to whatever model is chosen, whether it sees or not.")
            )
            return
        first, *rest = routes
        words = _tr("{model} of {provider}").format(model=first.model, provider=first.provider)
        if rest:
            others = lists.names(route.model for route in rest)
            words = _tr("{first}; then {others}").format(first=words, others=others)
        self._row.show_help(breakable(words))


def _explained() -> tuple[str, ...]:
    return (
        _tr("A new picture goes to the model for pictures, together with the whole turn."),
        _tr(
            "Afterwards it stays in the conversation, and other models answer, which often see"
            " nothing. They can then ask the router what a picture shows. It asks the model for"
            " pictures and hands the answer back. Claude Code sees one answer."
        ),
    )


def _cost() -> str:
    return _tr(
        "The usual model keeps the turn, and asks what a new picture shows. Good when it is much"
        " better at the work. It costs one more request for each look, some seconds, and only"
        " sees what the other model says."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImageAgent", text)
