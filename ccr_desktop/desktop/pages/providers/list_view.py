"""The list of providers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PrimaryButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.labels import PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.showing import set_shown

TEST, EDIT, DUPLICATE = "test", "edit", "duplicate"
PAUSE, RESUME, REMOVE = "pause", "resume", "remove"


class ProvidersList(PageScroll):
    """`show_rows` is all that it is told; Enter or a double click edits."""

    add_wanted = Signal()
    action_wanted = Signal(str, str)
    """Name of the provider, key of the action."""
    order_wanted = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("providers-list")
        self.setAccessibleName(self.tr("Providers"))
        self.add_button = PrimaryButton(self.tr("Add provider"), "plus")
        self.add_button.setObjectName("add-provider")
        self.rows = RowList(self.tr("Providers"), reorderable=True, fit_content=True)
        self.rows.setObjectName("providers")
        self.rows.set_actions_for(self._actions)
        self.demo = Banner("info", self.tr("The demo answers until there is a provider."))
        self.demo.setObjectName("demo-answers")
        words = self.tr("No providers yet. A provider is the service or program that answers.")
        self.empty = EmptyState(words, self.tr("Add provider"), "plug")
        self._card = Card()
        self._card.add(self.rows)
        self._lay_out()
        self._connect()

    def show_rows(self, rows: Sequence[Row], *, is_demo: bool) -> None:
        self.rows.set_rows(rows)
        set_shown(self._card, bool(rows))
        set_shown(self.add_button, bool(rows))
        set_shown(self.empty, not rows)
        set_shown(self.demo, is_demo and not rows)

    def choose(self, name: str) -> None:
        """Bring a provider into sight, with the cursor on it."""
        self.rows.select(name)
        self.rows.scrollTo(self.rows.currentIndex())
        self.rows.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(PageTitle(self.tr("Providers")), 1)
        head.addWidget(self.add_button)
        self.add(head)
        self.add(self.demo)
        self.add(self._card)
        self.add(self.empty)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_wanted)
        self.empty.activated.connect(self.add_wanted)
        self.rows.opened.connect(lambda name: self.action_wanted.emit(name, EDIT))
        self.rows.action_requested.connect(self.action_wanted)
        self.rows.order_requested.connect(self.order_wanted)

    def _actions(self, row: Row) -> tuple[RowAction, ...]:
        switch = (
            RowAction(key=PAUSE, text=self.tr("Switch off"), icon="pause")
            if row.enabled
            else RowAction(key=RESUME, text=self.tr("Switch on"), icon="play")
        )
        return (
            RowAction(key=TEST, text=self.tr("Test"), icon="stethoscope"),
            RowAction(key=EDIT, text=self.tr("Edit"), icon="pencil"),
            switch,
            RowAction(key=DUPLICATE, text=self.tr("Duplicate"), icon="copy"),
            RowAction(key=REMOVE, text=self.tr("Remove"), icon="trash-2", danger=True),
        )
