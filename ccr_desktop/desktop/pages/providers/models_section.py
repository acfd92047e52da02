"""The models of a provider: loaded from it, ticked, or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.providers.model_choices import ModelChoices, TickDelegate
from ccr_desktop.desktop.pages.providers.section import Section
from ccr_desktop.desktop.tokens import S
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.form_row import FormRow
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.search_field import SearchField
from ccr_desktop.desktop.widgets.showing import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.protocol.json import JsonObject

_MOST_LINES = 8
_CANCELLABLE_AFTER_MS = 1000


class ModelsSection(Section):
    """Enter in the search field adds what is typed when no model has that name."""

    load_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(self.tr("Search, or type the name of a model"))
        self.search.setObjectName("search-models")
        self.load_button = PlainButton(self.tr("Load list"), "refresh-cw")
        self.load_button.setObjectName("load-models")
        self.cancel_button = QuietButton(self.tr("Cancel"))
        self.cancel_button.setObjectName("cancel-loading")
        self.add_button = QuietButton("", "plus")
        self.add_button.setObjectName("add-model")
        self.words = HelpText()
        self.choices = ModelChoices(self)
        self.list = QListView()
        self.list.setObjectName("models")
        self._cancellable = QTimer(self, singleShot=True, interval=_CANCELLABLE_AFTER_MS)
        self._before: list[str] = []
        self._set_up_list()
        self._lay_out()
        self._connect()
        self._show_idle("")

    # -- what it shows ---------------------------------------------------------------------

    def show_entry(self, entry: JsonObject) -> None:
        found = entry.get("models")
        models = [m.strip() for m in found if isinstance(m, str)] if isinstance(found, list) else []
        self._before = [name for name in models if name]
        self.search.clear()
        self.choices.show_models((), self._before)
        self._show_idle("")
        self._arrange()

    def put(self, entry: JsonObject) -> None:
        if self.models() != self._before:
            entry["models"] = self.models()

    def models(self) -> list[str]:
        return self.choices.chosen

    def use_model(self, name: str, instead_of: str = "") -> None:
        """Tick a model, in place of one that does not work."""
        if instead_of:
            self.choices.tick(instead_of, on=False)
        self.choices.tick(name, on=True)

    def show_loading(self, vendor: str) -> None:
        self._say(self.tr("Asking {vendor} for its models…").format(vendor=vendor))
        self.load_button.set_busy(busy=True)
        self._cancellable.start()

    def show_loaded(self, names: Sequence[str]) -> None:
        self.choices.show_models(names, self.models())
        count = len(names)
        words = self.tr("{n} models. Tick those that you want to use.").format(n=count)
        self._show_idle(words if count else self.tr("The provider lists no models. Type a name."))
        self._arrange()

    def show_failed(self, words: str) -> None:
        self._show_idle(words)

    # -- construction ----------------------------------------------------------------------

    def _set_up_list(self) -> None:
        self.list.setModel(self.choices)
        self.list.setItemDelegate(TickDelegate(self.list))
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def _lay_out(self) -> None:
        find = QHBoxLayout()
        find.setSpacing(S)
        find.addWidget(self.search, 1)
        find.addWidget(self.load_button)
        state = QHBoxLayout()
        state.setSpacing(S)
        state.addWidget(self.words, 1)
        state.addStretch()  # where there are no words
        state.addWidget(self.add_button)
        state.addWidget(self.cancel_button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(find)
        column.addWidget(self.list)
        column.addLayout(state)
        whole.setFocusProxy(self.search)
        self.add_row("models", FormRow(self.tr("Models"), whole))

    def _connect(self) -> None:
        self.search.searched.connect(self._searched)
        self.search.enter_pressed.connect(self._add_typed)
        self.search.down_pressed.connect(self._enter_list)
        self.search.installEventFilter(self)
        self.add_button.clicked.connect(self._add_typed)
        self.load_button.clicked.connect(self.load_wanted)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.choices.ticked.connect(self.changed)
        self._cancellable.timeout.connect(self.cancel_button.show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds a model, and does not save the form."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        }
        if is_enter and event.type() is QEvent.Type.KeyPress and self.search.text().strip():
            self._add_typed()
            return True
        return super().eventFilter(watched, event)

    # -- what is done ----------------------------------------------------------------------

    def _searched(self, typed: str) -> None:
        self.choices.filter(typed)
        is_new = bool(typed) and typed not in self.choices.names
        self.add_button.setText(self.tr("Add “{name}”").format(name=typed))
        self.add_button.setVisible(is_new)
        self._arrange()

    def _add_typed(self) -> None:
        name = self.search.text().strip()
        if name:
            self.search.clear()
            self.choices.tick(name, on=True)
            self._arrange()

    def _enter_list(self) -> None:
        if self.choices.rowCount():
            self.list.setFocus()
            self.list.setCurrentIndex(self.choices.index(0))

    def _show_idle(self, words: str) -> None:
        self._cancellable.stop()
        self._say(words)
        self.load_button.set_busy(busy=False)
        self.cancel_button.hide()
        self.add_button.setVisible(False)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        set_shown(self.words, bool(words))

    def _arrange(self) -> None:
        """As high as its lines need, and no higher than eight of them."""
        lines = min(max(self.choices.rowCount(), 1), _MOST_LINES)
        high = self.list.sizeHintForRow(0) if self.choices.rowCount() else 28
        self.list.setFixedHeight(lines * high + 2 * self.list.frameWidth() + 4)
        self.list.setVisible(bool(self.choices.names))
