"""Keys: where they are kept, and where that of each provider is. Never a key itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.core.secrets import Place, StoreState, WayOut
from ccr_desktop.core.setup.key_moves import KeyPlace
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.settings.key_words import move_words, place_words, way_out_words
from ccr_desktop.desktop.pages.settings.keys_presenter import KeysPresenter
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.pages.settings.unused_keys import UnusedKeysCard
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.labels import BodyText
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccr_desktop.core.setup.keys import KeyState
    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.pages.settings.keys_presenter import KeysSeen
    from ccr_desktop.desktop.widgets.state import State


def build(desk: Desk) -> QWidget:
    section = Section()
    view = KeysView(section)
    KeysPresenter(desk, view)
    return section


class KeysView(QObject):
    """Signals: `way_out_wanted(WayOut)`, `all_wanted(Place)`, and `move_wanted(str, KeyPlace)` with
    the name of a provider."""

    way_out_wanted = Signal(object)
    all_wanted = Signal(object)
    move_wanted = Signal(str, object)
    again_wanted = Signal()
    """What the store did not do is to be tried once more."""
    add_wanted = Signal()
    removal_wanted = Signal(str)
    """Of a stored key that nothing uses."""

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.section = section
        self._banner = Banner("warn", closable=True)
        self._banner.setObjectName("keys-told")
        self._banner.hide()
        self._state = StateDot("busy", _tr("Asking the password store…"))
        self._state.setObjectName("store-state")
        self._text = BodyText()
        self._other = PlainButton()
        self._other.setObjectName("move-all-keys")
        self._ways = QWidget()
        self._ways_row = QHBoxLayout(self._ways)
        self._way_buttons: list[PlainButton] = []
        self._place = Place.KEYRING
        self._rows = RowList(_tr("Keys of your providers"), fit_content=True)
        self._rows.setObjectName("provider-keys")
        self._none = EmptyState(_tr("No providers yet."), _tr("Add provider"))
        self._elsewhere: Mapping[str, Sequence[KeyPlace]] = {}
        self._unused = UnusedKeysCard()
        self._lay_out()
        self._connect()

    def show_keys(self, seen: KeysSeen) -> None:
        status = seen.status
        dot: State = "running" if status.is_ready else "attention"
        self._state.show_state(dot, in_words(status.title))
        store = in_words(status.description)
        in_use = _tr("In use: {store}.").format(store=store)
        parts = (in_words(status.text), in_use if status.is_ready else "", in_words(status.detail))
        self._text.setText(put_together(parts))
        self._place = Place.KEYRING if status.place is Place.FILE else Place.FILE
        self._other.setText(place_words(self._place))
        is_missing = seen.keyring.state is StoreState.MISSING
        self._other.setVisible(
            status.is_ready and not (self._place is Place.KEYRING and is_missing)
        )
        self._show_ways(status.ways_out)
        self._elsewhere = seen.elsewhere
        where = store if status.is_ready else _tr("the key store")
        rows = [_row(name, state, where, seen.elsewhere[name]) for name, state in seen.keys]
        self._rows.set_rows(rows)
        self._rows.setVisible(bool(rows))
        self._none.setVisible(not rows)
        words = _tr(
            "Right-click one, or point at it, to move its key. Keys are entered at Providers."
        )
        self._providers.set_help(words if rows else "")
        self._unused.show_keys(seen.unused)

    def tell(self, text: str) -> None:
        """Something about the last move that a person has to know."""
        self._banner.show_notice("warn", text)
        self._banner.show()

    def tell_refusal(self, text: str, *, can_ask_again: bool) -> None:
        """The last move was not done."""
        words = way_out_words(WayOut.ASK_AGAIN) if can_ask_again else ""
        self._banner.show_notice("error", text, words)
        self._banner.show()

    def forget(self) -> None:
        """Something else is begun: what was told is no longer of use."""
        self._banner.show_notice("warn", "")
        self._banner.hide()

    def _show_ways(self, ways: Sequence[WayOut]) -> None:
        for old in self._way_buttons:
            old.hide()
            old.deleteLater()
        self._way_buttons = [self._way_button(way) for way in ways]
        for number, button in enumerate(self._way_buttons):
            self._ways_row.insertWidget(number, button)
        self._ways.setVisible(bool(ways) or not self._other.isHidden())

    def _way_button(self, way: WayOut) -> PlainButton:
        button = PlainButton(way_out_words(way))
        button.setObjectName(f"way-{way.value.replace(' ', '-')}")
        button.clicked.connect(lambda: self.way_out_wanted.emit(way))
        return button

    def _lay_out(self) -> None:
        self._ways_row.setContentsMargins(0, 0, 0, 0)
        self._ways_row.setSpacing(S)
        self._ways_row.addStretch(1)
        self._ways_row.addWidget(self._other)
        store = Card(_tr("Where keys are kept"))
        store.setObjectName(row_name("key-store"))
        for part in (self._state, self._text, self._ways):
            store.add(part)
        self._providers = providers = Card(_tr("Keys of your providers"))
        providers.add(self._rows)
        providers.add(self._none)
        self.section.add(self._banner)
        self.section.add(store)
        self.section.add(providers)
        self.section.add(self._unused)
        for part in (self._ways, self._other, self._none):
            part.hide()  # until the store has answered: it may be asking a person

    def _connect(self) -> None:
        self._none.activated.connect(self.add_wanted)
        self._banner.activated.connect(self.again_wanted)
        self._unused.removal_wanted.connect(self.removal_wanted)
        self._other.clicked.connect(lambda: self.all_wanted.emit(self._place))
        self._rows.set_actions_for(self._actions_for)
        self._rows.action_requested.connect(
            lambda name, place: self.move_wanted.emit(name, KeyPlace(place))
        )

    def _actions_for(self, row: Row) -> list[RowAction]:
        """Where the key of a provider can go from where it is."""
        icons = {KeyPlace.KEYRING: "lock"}
        return [
            RowAction(key=place.value, text=move_words(place), icon=icons.get(place, ""))
            for place in self._elsewhere.get(row.key, ())
        ]


def _row(name: str, state: KeyState, store: str, elsewhere: Sequence[KeyPlace]) -> Row:
    words = {
        "file": _tr("Readable in the settings file"),
        "pool": _pool_words(store, elsewhere),
        "keyring": _tr("In {store}").format(store=store),
        "environment": _tr("In the environment variable {name}").format(
            name=state.reference.lstrip("$")
        ),
        "none": _tr("Needs none"),
        "missing": _tr("Missing"),
    }[state.source]
    subtitle = f"{words} – {in_words(state.problem)}" if state.problem else words
    dot: State = "attention"
    if state.is_there:
        is_plain = state.source in {"file", "pool"} and KeyPlace.KEYRING in elsewhere
        dot = "off" if state.source == "none" else "backup" if is_plain else "running"
    word = _tr("There") if state.is_there else _tr("Not there")
    return Row(key=name, title=name, subtitle=subtitle, state=dot, state_word=word, monogram=name)


def _pool_words(store: str, elsewhere: Sequence[KeyPlace]) -> str:
    """Where several keys of one provider are, by where they are not yet."""
    match [place for place in KeyPlace if place not in elsewhere]:
        case [KeyPlace.KEYRING]:
            return _tr("Several keys in {store}").format(store=store)
        case [KeyPlace.ENVIRONMENT]:
            return _tr("Several keys in environment variables")
        case [KeyPlace.FILE]:
            return _tr("Several keys in the settings file")
        case _:
            return _tr("Several keys, in more than one place")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
