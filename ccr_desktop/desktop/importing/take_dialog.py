"""Everything that was found, with boxes to tick: nothing is taken before somebody says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from ccr_desktop.core.setup.secret_fields import find_secrets, shown_address
from ccr_desktop.core.transfer.found import Origin
from ccr_desktop.core.transfer.items import CLIENT_KEY_SETTINGS, Kind, item_key
from ccr_desktop.desktop import lists
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.dialogs import closing_row
from ccr_desktop.desktop.key_destination import key_destination
from ccr_desktop.desktop.pages.providers.store_notice import StoreNotice
from ccr_desktop.desktop.setting_places import PLACES
from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.labels import ErrorText, FieldLabel, HelpText, SectionTitle
from ccr_desktop.desktop.widgets.tick_row import TickRow, breakable

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.secrets import StoreStatus
    from ccr_desktop.core.transfer.items import Item
    from ccr_desktop.core.transfer.offer import Offer

_WIDTH, _MOST = 640, 500  # fits into the smallest window


class TakeDialog(QDialog):
    """`ticked` are the keys of what is to be taken.

    One that *came_by_itself* has no primary button: it may come while somebody types, and Enter
    takes nothing then.
    """

    def __init__(
        self, offer: Offer, parent: QWidget | None, *, came_by_itself: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("take")
        self.setWindowTitle(self.tr("Import"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._offer = offer
        self._rows: dict[str, TickRow] = {}
        self._column = QVBoxLayout(self)
        self._found = QWidget()
        self._lines = QVBoxLayout(self._found)
        self._area = QScrollArea()
        kind = PlainButton if came_by_itself else PrimaryButton
        self._take = kind(self.tr("Take over"))
        self._take.setObjectName("take-over")
        self.store = StoreNotice(self._take)
        self._status: StoreStatus | None = None
        self._trouble = ErrorText()
        self._another = HelpText(self.tr("Another link came. It is shown once this is closed."))
        self._cancel = PlainButton(self.tr("Cancel") if offer.items else self.tr("Close"))
        self._lay_out()
        self._take.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._settle()
        if came_by_itself:
            self._cancel.setFocus()
        self.resize(_WIDTH, self._height())

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(key for key, row in self._rows.items() if row.is_ticked)

    def tell(self, trouble: str) -> None:
        """Why it could not be taken over; empty: it may be tried again."""
        self._trouble.setText(breakable(trouble))
        self._trouble.setVisible(bool(trouble))
        self._make_room()

    @property
    def brings_keys(self) -> bool:
        """Whether there is something to take that goes where keys are kept."""
        return any(map(_is_for_store, self._offer.items))

    def show_store(self, status: StoreStatus) -> None:
        """How the store of keys is, and where keys go therefore."""
        self._status = status
        for item in filter(_is_for_store, self._offer.items):
            self._rows[item.key].show_detail(self._detail(item))
        self._settle()
        if status.is_ready:
            self.tell("")
        self._make_room()

    def tell_of_another(self) -> None:
        """A link waits for the end of this one."""
        self._another.show()
        self._make_room()

    def row(self, key: str) -> TickRow:
        return self._rows[key]

    def _bring_key(self, name: str, is_ticked: bool) -> None:
        """A provider that is ticked is to work: its key comes along, and can be unticked again."""
        key = item_key(Kind.KEY, name)
        if any(item.key == key and item.goes_along for item in self._offer.items):
            self._rows[key].box.setChecked(is_ticked)

    def _settle(self) -> None:
        """A key needs its provider, unless that is here at the same address."""
        for item in self._offer.items:
            provider = self._rows.get(item_key(Kind.PROVIDER, item.name))
            if item.kind is Kind.KEY and provider:
                is_here = item.name in self._offer.known
                self._rows[item.key].allow(allowed=is_here or provider.is_ticked)
        is_for_store = any(
            _is_for_store(item) and item.key in self.ticked for item in self._offer.items
        )
        self.store.show_store(self._status if is_for_store else None)
        count = len(self.ticked)
        words = self.tr("Take over 1 thing") if count == 1 else self.tr("Take over {count} things")
        self._take.setText(words.format(count=count) if count else self.tr("Take over"))
        self._take.setEnabled(bool(count))
        self._take.setVisible(bool(self._offer.items))

    def _make_room(self) -> None:
        self.resize(self.width(), max(self.height(), self._height()))

    def _height(self) -> int:
        """As much as all of it takes, up to where the list scrolls."""
        self.ensurePolished()
        margins = self._column.contentsMargins()
        inside = _WIDTH - margins.left() - margins.right()
        around = self._column.totalHeightForWidth(_WIDTH) - self._area.sizeHint().height()
        return min(_MOST, around + self._lines.totalHeightForWidth(inside))

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = self._column
        column.setContentsMargins(XL, XL, XL, L)
        column.setSpacing(M)
        column.addWidget(SectionTitle(in_words(self._offer.title)))
        column.addWidget(HelpText(breakable(self._origin())))
        self._fill()
        column.addWidget(self._area, 1)
        column.addWidget(self.store)
        self._trouble.hide()
        column.addWidget(self._trouble)
        self._another.hide()
        column.addWidget(self._another)
        column.addLayout(closing_row([self._cancel, self._take]))

    def _origin(self) -> str:
        match self._offer.origin:
            case Origin.LINK:
                return self.tr(
                    "A link can come from anybody. Compare the addresses with those of the"
                    " provider, and take only what you expected."
                )
            case Origin.FILE:
                words = self.tr("From {path}. Take only what you expected to be in it.")
                return words.format(path=self._offer.place)
            case Origin.HERE:
                words = self.tr("From {path}, which stays as it is.")
                return words.format(path=self._offer.place)

    def _fill(self) -> None:
        self._found.setProperty("surface", "page")
        lines = self._lines
        lines.setContentsMargins(0, 0, M, 0)
        lines.setSpacing(M)
        self._add_items(lines)
        if self._offer.same and not self._offer.items:
            known = self.tr("What could be taken from it is here already, just so.")
            lines.addWidget(HelpText(known))
        elif self._offer.same:
            one = self.tr("One more is here already, just so.")
            more = self.tr("{count} more are here already, just so.")
            words = one if self._offer.same == 1 else more
            lines.addWidget(HelpText(words.format(count=self._offer.same)))
        elif not self._offer.items:
            lines.addWidget(HelpText(self.tr("There is nothing in it that could be taken.")))
        _add_notes(lines, self.tr("Not taken over, and why"), self._offer.needs_hand)
        _add_notes(lines, self.tr("Problems in it"), self._offer.issues)
        lines.addStretch(1)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._found)
        self._area.setAccessibleName(self.tr("What was found"))

    def _add_items(self, lines: QVBoxLayout) -> None:
        kind: Kind | None = None
        for item in self._offer.items:
            if item.kind is not kind:
                kind = item.kind
                if lines.count():
                    lines.addSpacing(S)
                lines.addWidget(FieldLabel(_heading(kind)))
            warnings = [in_words(warning) for warning in item.warnings]
            row = TickRow(_title(item), self._detail(item), warnings, is_ticked=item.is_ticked)
            row.box.setObjectName(item.key)
            if item.kind is Kind.PROVIDER:
                row.toggled.connect(partial(self._bring_key, item.name))
            row.toggled.connect(self._settle)
            self._rows[item.key] = row
            lines.addWidget(row)

    def _detail(self, item: Item) -> str:
        if item.kind is Kind.PROVIDER:
            return _provider_words(item.value)
        if not _is_for_store(item):
            return in_words(item.detail)
        if place := key_destination(self._status):
            return self.tr("It goes to {place}, not into the settings file.").format(place=place)
        return self.tr("There is no place for it yet.")


def _add_notes(lines: QVBoxLayout, title: str, notes: tuple[str, ...]) -> None:
    if not notes:
        return
    lines.addSpacing(S)
    lines.addWidget(FieldLabel(title))
    for note in notes:
        lines.addWidget(HelpText(breakable(in_words(note))))


def _heading(kind: Kind) -> str:
    match kind:
        case Kind.PROVIDER:
            return _tr("Providers")
        case Kind.KEY:
            return _tr("Keys")
        case Kind.ROUTE:
            return _tr("Routes")
        case Kind.SETTING:
            return _tr("Other settings")


def _title(item: Item) -> str:
    if item.kind is Kind.KEY:
        return _tr("Key of {name}").format(name=item.name)
    where = f"Router.{item.name}" if item.kind is Kind.ROUTE else item.name
    place = PLACES.get(where) if item.kind in {Kind.ROUTE, Kind.SETTING} else None
    return lists.aside(place.title, item.name) if place else item.name


def _is_for_store(item: Item) -> bool:
    if item.kind is Kind.KEY:
        return not item.detail
    is_client_key = item.kind is Kind.SETTING and item.name in CLIENT_KEY_SETTINGS
    return is_client_key and any(True for _ in find_secrets({item.name: item.value}))


def _provider_words(entry: JsonObject) -> str:
    """The address, and how many models it brings."""
    address = shown_address(str(entry.get("api_base_url") or "")) or _tr("no address")
    models = entry.get("models")
    count = len(models) if isinstance(models, list) else 0
    words = _tr("{address}, 1 model") if count == 1 else _tr("{address}, {count} models")
    return words.format(address=address, count=count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TakeDialog", text)
