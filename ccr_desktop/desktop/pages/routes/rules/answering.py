"""Fields for who answers: models in their order, providers, and compatibility fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.routes import find_provider, parse_route
from ccr_desktop.core.setup.route_lists import changed_routes, route_text, route_texts
from ccr_desktop.desktop.pages.providers.fix_card import FixCard, fix_choice
from ccr_desktop.desktop.pages.providers.fixes import Link
from ccr_desktop.desktop.pages.routes.backups import BackupList
from ccr_desktop.desktop.pages.routes.models import model_choices, other_models
from ccr_desktop.desktop.pages.routes.troubles import shown_route
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.choices import Choice, Later
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config


def are_routes(value: Any) -> bool:
    """Whether each is a route in one of its spellings."""
    items = value if isinstance(value, list) else [value]
    return all(route_text(item) for item in items)


class RoutesField(QWidget):
    """The first model answers, the others are asked when it fails."""

    changed = Signal()

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = config
        self._found: Any = None
        self._texts: list[str] = []
        self.list = BackupList(self.tr("Models of the rule"))
        self.picker = FilterPicker(
            self.tr("Add a model"),
            placeholder=self.tr("Choose a model…"),
            others=lambda typed: other_models(typed, config),
        )
        self.picker.setObjectName("rule-model")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.list)
        column.addWidget(self.picker)
        self.setFocusProxy(self.picker)
        self.picker.picked.connect(self._add)
        self.list.removed.connect(self._drop)
        self.list.order_requested.connect(lambda order: self._have(list(order)))
        self._show()

    def show_value(self, value: Any) -> None:
        self._found, self._texts = value, route_texts(value)
        self._show()

    def value(self) -> Any:
        """Entries that stay are as they were written."""
        if self._texts == route_texts(self._found):
            return self._found
        return changed_routes(self._found, self._texts) if self._texts else ""

    def _add(self, key: str) -> None:
        self.picker.set_current("")
        used = {str(parse_route(text, self._config.providers)) for text in self._texts}
        if key not in used:
            self._have([*self._texts, key])

    def _drop(self, text: str) -> None:
        self._have([each for each in self._texts if each != text])

    def _have(self, texts: list[str]) -> None:
        self._texts = texts
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        texts = dict.fromkeys(self._texts)
        self.list.show_routes([shown_route(text, self._config) for text in texts])
        used = {str(parse_route(text, self._config.providers)) for text in texts}
        config = self._config
        self.picker.set_choices(
            Later(lambda: [each for each in model_choices(config) if each.key not in used])
        )
        more = self.tr("Add a backup model…") if texts else self.tr("Choose a model…")
        self.picker.set_placeholder(more)


class ProvidersField(QWidget):
    """Providers to tick. One that is no longer there stays until it is unticked."""

    changed = Signal()

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = config
        self._boxes: dict[str, TickBox] = {}
        self._flow = FlowLayout(self, gap=S)
        for name in config.providers:
            self._add(name, name)

    def show_value(self, value: Any) -> None:
        for name in value if isinstance(value, list) else [value]:
            provider = find_provider(name, self._config.providers)
            known = provider.name if provider else name
            if known not in self._boxes:
                self._add(known, self.tr("{name} (missing)").format(name=name))
            self._boxes[known].show_checked(True)

    def value(self) -> Any:
        return [name for name, box in self._boxes.items() if box.isChecked()]

    def _add(self, name: str, words: str) -> None:
        box = TickBox(words.replace("&", "&&"))
        box.setAccessibleName(words)
        box.toggled.connect(lambda _: self.changed.emit())
        self._boxes[name] = box
        self._flow.addWidget(box)
        if len(self._boxes) == 1:
            self.setFocusProxy(box)


class FixesField(QWidget):
    """Compatibility fixes in their order, each with its options."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links: list[Link] = []
        self._cards: list[FixCard] = []
        self.picker = FilterPicker(
            self.tr("Add a fix"), placeholder=self.tr("Add a fix…"), allow_other=True
        )
        self.picker.set_choices(_known_fixes())
        self._stack = QVBoxLayout()
        self._stack.setSpacing(S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(self._stack)
        column.addWidget(self.picker)
        self.setFocusProxy(self.picker)
        self.picker.picked.connect(self._add)

    def show_value(self, value: Any) -> None:
        self._links = [Link.read(item) for item in value]
        self._show()

    def value(self) -> Any:
        incomplete = [card for card in self._cards if not card.options.is_complete()]
        if incomplete:
            raise ValueError(self.tr("The options of a fix can't be read."))
        return [card.link().written() for card in self._cards]

    def _add(self, name: str) -> None:
        self.picker.set_current("")
        self._keep()
        self._links.append(Link(name))
        self._show()
        self.changed.emit()

    def _remove(self, card: FixCard) -> None:
        self._keep()
        del self._links[self._cards.index(card)]
        self._show()
        self.picker.setFocus()
        self.changed.emit()

    def _move(self, card: FixCard, step: int) -> None:
        self._keep()
        number = self._cards.index(card)
        self._links.insert(number + step, self._links.pop(number))
        self._show()
        self.changed.emit()

    def _keep(self) -> None:
        self._links = [card.link() for card in self._cards]

    def _show(self) -> None:
        for card in self._cards:
            self._stack.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(link) for link in self._links]
        for number, card in enumerate(self._cards):
            card.describe(number, is_last=number == len(self._cards) - 1)
            self._stack.addWidget(card)

    def _card(self, link: Link) -> FixCard:
        card = FixCard(link)
        card.changed.connect(self.changed)
        card.removed.connect(lambda: self._remove(card))
        card.moved.connect(lambda step: self._move(card, step))
        return card


def _known_fixes() -> list[Choice]:
    """Those that say how a provider is reached are its own."""
    return [
        fix_choice(name)
        for name, known in KNOWN_TRANSFORMERS.items()
        if not (known.dialect or known.address or known.brings_key)
    ]
