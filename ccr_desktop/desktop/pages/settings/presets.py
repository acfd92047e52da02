"""Presets: ready-made settings of others, listed, added and used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.widgets.buttons import PlainButton, QuietButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.form_row import row_with_button
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.tick_row import breakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.presets.library import Installed
    from ccr_desktop.desktop.pages.settings.section import Section


class PresetsView(QObject):
    """Signals have the name of a preset, or the address that was typed."""

    use_wanted = Signal(str)
    remove_wanted = Signal(str)
    address_wanted = Signal(str)

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.section = section
        self._own: set[str] = set()
        self.list = RowList(_tr("Presets"), fit_content=True)
        self.list.setObjectName("presets")
        self.list.set_actions_for(self._actions_of)
        self._none = HelpText(_tr("None yet. A preset asks its questions when you use it."))
        self.address = QLineEdit()
        self.address.setObjectName("preset-address")
        self.address.setPlaceholderText("https://…")
        self.add = PlainButton(_tr("Add"), "plus")
        self.file = PlainButton(_tr("Choose a ZIP…"), "file-text")
        self.folder = PlainButton(_tr("Choose a folder…"), "folder-open")
        self.make = QuietButton(_tr("Make one…"), "pencil")
        self.make.setObjectName("make-preset")
        self._told = HelpText()
        self._told.setVisible(False)
        self._row = row_with_button(_tr("Address of a preset"), self.address, self.add)
        self._add_card()
        self.list.opened.connect(self.use_wanted)
        self.list.action_requested.connect(self._act)
        self.add.clicked.connect(self._fetch)
        self.address.returnPressed.connect(self._fetch)
        self.address.textChanged.connect(lambda _: self._row.clear_error())

    def show_presets(self, presets: Sequence[Installed]) -> None:
        self._own = {preset.name for preset in presets if preset.is_own}
        self.list.set_rows([_preset_row(preset) for preset in presets])
        self.list.setVisible(bool(presets))
        self._none.setVisible(not presets)

    def show_error(self, text: str) -> None:
        self._row.show_error(text)

    def tell_made(self, text: str) -> None:
        """What became of the last one that was made."""
        self._told.setText(breakable(text))
        self._told.setVisible(bool(text))

    def show_busy(self, *, busy: bool) -> None:
        for part in sorted((self.add, self.file, self.folder), key=PlainButton.has_cursor):
            part.set_busy(busy=busy)

    def _actions_of(self, row: Row) -> list[RowAction]:
        remove = RowAction(key="remove", text=_tr("Remove"), icon="trash-2")
        use = RowAction(key="use", text=_tr("Use…"), icon="play")
        return [*([use] if row.enabled else []), *([remove] if row.key in self._own else [])]

    def _act(self, name: str, action: str) -> None:
        (self.remove_wanted if action == "remove" else self.use_wanted).emit(name)

    def _fetch(self) -> None:
        if text := self.address.text().strip():
            self.address_wanted.emit(text)

    def _add_card(self) -> None:
        card = Card(
            _tr("Presets"),
            _tr("Ready-made settings of others. You see what changes before one is used."),
        )
        card.add(self.list)
        card.add(self._none)
        card.add(self._row)
        card.add(self._told)
        card.add_action(self.make)
        card.add_action(self.folder)
        card.add_action(self.file)
        self.section.add(card)


def _preset_row(preset: Installed) -> Row:
    about = preset.manifest.about if preset.manifest else {}
    words = [str(about.get("description") or "")]
    if not preset.is_own:
        words.append(_tr("of claude-code-router"))
    text = in_words(preset.problem) or " · ".join(word for word in words if word)
    version = str(about.get("version") or "")
    usable = not preset.problem
    return Row(key=preset.name, title=preset.name, subtitle=text, trailing=version, enabled=usable)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
