"""Compatibility fixes: what changes requests and answers, for all models or for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.desktop.pages.providers.fix_card import FixCard, fix_choice
from ccr_desktop.desktop.pages.providers.fixes import (
    ALL_MODELS,
    Link,
    links_of,
    place_of,
    put_links,
    scopes,
)
from ccr_desktop.desktop.pages.providers.section import Section, is_within
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.filter_picker import FilterPicker
from ccr_desktop.desktop.widgets.form_row import FormRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject

_ALL = "all"
_OPTION = re.compile(r"\[1\]\.([^.\[]+)")


class FixesSection(Section):
    """A chain at a time is shown; the others wait with what was done to them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = FilterPicker(self.tr("Fixes for"), allow_other=True)
        self.scope.setObjectName("fix-scope")
        self.add_picker = FilterPicker(
            self.tr("Add a fix"), placeholder=self.tr("Add a fix…"), allow_other=True
        )
        self.add_picker.setObjectName("add-fix")
        self._cards: list[FixCard] = []
        self._stack = QVBoxLayout()
        self._stack.setSpacing(S)
        self._chains: dict[str, list[Link]] = {}
        self._scope = ALL_MODELS
        self._models: tuple[str, ...] = ()
        whole = QWidget()
        whole.setObjectName("fixes")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.scope)
        column.addLayout(self._stack)
        column.addWidget(self.add_picker)
        whole.setFocusProxy(self.scope)
        words = self.tr("Known providers need none: their peculiarities are known.")
        self.add_row("transformer", FormRow(self.tr("Compatibility fixes"), whole, words))
        self.add_picker.set_choices(_known())
        self.add_picker.picked.connect(self._add)
        self.scope.picked.connect(self._choose_scope)

    def show_entry(self, entry: JsonObject) -> None:
        self._chains = {scope: links_of(entry, scope) for scope in (ALL_MODELS, *scopes(entry))}
        self.show_models([m for m in entry.get("models") or () if isinstance(m, str)])
        self._show_scope(ALL_MODELS)

    def show_models(self, models: Sequence[str]) -> None:
        """The models that may have fixes of their own."""
        self._models = tuple(models)
        self._name_scopes()

    def put(self, entry: JsonObject) -> None:
        self._keep()
        for scope, links in self._chains.items():
            put_links(entry, scope, links)

    def is_complete(self) -> bool:
        bad = [card for card in self._cards if not card.options.is_complete()]
        return not bad

    def show_issues(self, issues: Sequence[Issue]) -> list[Issue]:
        left = list(issues)
        for number, card in enumerate(self._cards):
            place = place_of(self._scope, number)
            own = [issue for issue in left if is_within(issue.where, place)]
            left = [issue for issue in left if issue not in own]
            card.show_issues([(_option(issue.where, place), issue) for issue in own])
        return super().show_issues(left)

    # -- what is done ----------------------------------------------------------------------

    def _add(self, name: str) -> None:
        self.add_picker.set_current("")
        self._keep()
        self._chains.setdefault(self._scope, []).append(Link(name))
        self._show_scope(self._scope)
        self.changed.emit()

    def _choose_scope(self, key: str) -> None:
        self._keep()
        self._show_scope(ALL_MODELS if key == _ALL else key)

    def _remove(self, card: FixCard) -> None:
        self._keep()
        self._chains[self._scope].pop(self._cards.index(card))
        self._show_scope(self._scope)
        self.add_picker.setFocus()
        self.changed.emit()

    def _move(self, card: FixCard, step: int) -> None:
        self._keep()
        links = self._chains[self._scope]
        number = self._cards.index(card)
        links.insert(number + step, links.pop(number))
        self._show_scope(self._scope)
        self.changed.emit()

    def _keep(self) -> None:
        """Take over what is in the fields of the chain that is shown."""
        if self._cards:
            self._chains[self._scope] = [card.link() for card in self._cards]

    def _show_scope(self, scope: str) -> None:
        self._scope = scope
        self._name_scopes()
        for card in self._cards:
            self._stack.removeWidget(card)
            card.hide()
            card.deleteLater()
        links = self._chains.get(scope, [])
        self._cards = [self._card(link) for link in links]
        for number, card in enumerate(self._cards):
            card.describe(number, is_last=number == len(links) - 1)
            self._stack.addWidget(card)

    def _card(self, link: Link) -> FixCard:
        card = FixCard(link)
        card.changed.connect(self.changed)
        card.removed.connect(lambda: self._remove(card))
        card.moved.connect(lambda step: self._move(card, step))
        return card

    def _name_scopes(self) -> None:
        """How many fixes each has, so that none is overlooked."""
        names = dict.fromkeys([*self._chains, *self._models])
        choices = [self._scope_choice(name) for name in names if name != ALL_MODELS]
        self.scope.set_choices([self._scope_choice(ALL_MODELS), *choices])
        self.scope.set_current(self._scope or _ALL)

    def _scope_choice(self, scope: str) -> Choice:
        count = len(self._chains.get(scope, ()))
        title = scope or self.tr("All models")
        if count:
            title = self.tr("{name} ({n})").format(name=title, n=count)
        return Choice(key=scope or _ALL, title=title)


def _known() -> list[Choice]:
    return list(map(fix_choice, KNOWN_TRANSFORMERS))


def _option(where: str, place: str) -> str:
    found = _OPTION.match(where.removeprefix(place))
    return found.group(1) if found else ""
