"""The choice of a provider to add."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.providers.presets import address_choice, preset_choices
from ccr_desktop.desktop.tokens import XL, M, S
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choice_delegate import ChoiceDelegate
from ccr_desktop.desktop.widgets.choices import Choice, ChoiceModel, Entry, Sought, grouped
from ccr_desktop.desktop.widgets.column import put_in_the_middle
from ccr_desktop.desktop.widgets.labels import HelpText, PageTitle
from ccr_desktop.desktop.widgets.search_field import SearchField

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class AddProvider(QWidget):
    """Typing filters; Enter, a click or a double click takes a choice; Escape goes back."""

    chosen = Signal(str)
    """The key of a choice of `presets`."""
    back_wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("add-view")
        self._choices = preset_choices()
        self.back = IconButton("chevron-left", self.tr("Back to the list"))
        self.back.setObjectName("back")
        self.search = SearchField(self.tr("Search, or paste an address"))
        self.search.setObjectName("search-presets")
        self.look_button = PlainButton(self.tr("Look for local servers"), "search")
        self.look_button.setObjectName("look-for-servers")
        self.looked = HelpText()
        self.looked.hide()
        self.model = ChoiceModel(self)
        self.list = QListView()
        self.list.setObjectName("presets")
        self._paints = ChoiceDelegate(self.list)
        self._nothing = HelpText(
            self.tr("No preset has this name. Paste the address of any provider instead.")
        )
        self._set_up_list()
        self._lay_out()
        self._connect()
        self._filter("")

    def begin(self) -> None:
        """Start over, with nothing typed."""
        self.search.clear()
        self._filter("")

    def show_found(self, choices: Sequence[Choice], words: str) -> None:
        """Choices with the servers that were found; *words* say what came of looking."""
        self._choices = list(choices)
        self.looked.setText(words)
        self.looked.setVisible(bool(words))
        self.look_button.set_busy(busy=False)
        self._filter(self.search.text())

    def show_looking(self) -> None:
        self.look_button.set_busy(busy=True)
        self.looked.setText(self.tr("Looking for servers on this computer…"))
        self.looked.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the cursor stays in the search field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and watched is self.search:
                self._choose(self.model.next_able(self.list.currentIndex().row(), step))
                return True
            if event.key() in _ENTER and watched is self.list:
                self._take(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _set_up_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._paints)
        self.list.setAccessibleName(self.tr("Providers to add"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(self.back)
        head.addWidget(PageTitle(self.tr("Add provider")), 1)
        find = QHBoxLayout()
        find.setSpacing(S)
        find.addWidget(self.search, 1)
        find.addWidget(self.look_button)
        card = Card()
        for part in (self.looked, self.list, self._nothing):
            card.body.addWidget(part, 1 if part is self.list else 0)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addLayout(head)
        column.addLayout(find)
        column.addWidget(card, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(XL, 0, XL, XL)
        put_in_the_middle(row, content)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.search.searched.connect(self._filter)
        self.search.enter_pressed.connect(lambda: self._take(self.list.currentIndex()))
        self.search.installEventFilter(self)
        self.look_button.clicked.connect(self.look_wanted)
        self.list.clicked.connect(self._take)
        self.list.installEventFilter(self)

    def _filter(self, typed: str) -> None:
        text = typed.strip()
        address = address_choice(text) if text else None
        choices = Sought(self._choices).matching(text)
        entries: list[Entry] = list(grouped([address, *choices] if address else choices))
        self.model.show_entries(entries)
        self._nothing.setVisible(not entries)
        self._choose(self.model.find(""))

    def _choose(self, number: int) -> None:
        if number >= 0:
            index = self.model.index(number)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _take(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if isinstance(entry, Choice):
            self.chosen.emit(entry.key)
