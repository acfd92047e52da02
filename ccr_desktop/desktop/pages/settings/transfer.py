"""Import and export: links, files and settings of other programs; and presets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ccr_desktop.desktop.importing.source_rows import SourceRows
from ccr_desktop.desktop.pages.settings.presets import PresetsView
from ccr_desktop.desktop.pages.settings.presets_presenter import PresetsPresenter
from ccr_desktop.desktop.pages.settings.rows import SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.pages.settings.transfer_presenter import TransferPresenter
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.form_row import row_with_button
from ccr_desktop.desktop.widgets.labels import FieldLabel, HelpText
from ccr_desktop.desktop.widgets.tick_row import breakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.transfer.places import Source
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    section = Section()
    TransferPresenter(desk, TransferView(section))
    PresetsPresenter(desk, PresetsView(section))
    return section


class TransferView(QObject):
    """`read_wanted` has what was typed or pasted, `source_wanted` the path of a row."""

    read_wanted = Signal(str)
    source_wanted = Signal(str)

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.section = section
        self.text = QLineEdit()
        self.text.setObjectName("import-text")
        self.text.setPlaceholderText("ccr-desktop://…   ccr://…   ccswitch://…")
        self.text.setClearButtonEnabled(True)
        self.look = PlainButton(_tr("Look at it"), "search")
        self.look.setObjectName("import-look")
        self.choose = PlainButton(_tr("Choose a file…"), "folder-open")
        self.sources = SourceRows()
        self.sources.setObjectName("import-sources")
        self._found = FieldLabel(_tr("Found on this computer"))
        self.with_keys = SwitchRow(
            _tr("With keys"), _tr("Only in a file, encrypted with a passphrase that you choose.")
        )
        self.copy_link = PlainButton(_tr("Copy a link"), "copy")
        self.export = PlainButton(_tr("Export to a file…"), "download")
        self.export.setObjectName("export")
        self._told = HelpText()
        self._told.setObjectName("export-told")
        self._told.hide()
        self._left = HelpText()
        self._left.setObjectName("import-left")
        self._left.hide()
        self._row = row_with_button(_tr("A link"), self.text, self.look)
        self._add_cards()
        self._connect()
        self.show_sources([])

    def show_sources(self, sources: Sequence[Source]) -> None:
        self.sources.show_sources(sources)
        for part in (self.sources, self._found):
            part.setVisible(bool(sources))

    def forget_text(self) -> None:
        """A link may have a key in it: neither the field nor its undo keeps it."""
        self.text.setText("")

    def show_error(self, text: str) -> None:
        self._row.show_error(text)

    def tell_left(self, text: str) -> None:
        """What the last import did not take over, and why."""
        self._left.setText(breakable(text))
        self._left.setVisible(bool(text))

    def tell_export(self, text: str) -> None:
        """What became of the last export."""
        self._told.setText(breakable(text))
        self._told.setVisible(bool(text))

    def _add_cards(self) -> None:
        bring = Card(
            _tr("Import"),
            _tr(
                "From claude-code-router, CC Switch, a file or a link. You see everything before"
                " anything is taken."
            ),
        )
        bring.add(self._row)
        bring.add(self._found)
        bring.add(self.sources)
        bring.add(self._left)
        bring.add_action(self.choose)
        give = Card(
            _tr("Export"),
            _tr(
                "A file has all settings, to keep or to move to another computer. A link has"
                " providers and routes, to share."
            ),
        )
        give.add(self.with_keys)
        give.add(self._told)
        give.add_action(self.copy_link)
        give.add_action(self.export)
        for card in (bring, give):
            self.section.add(card)

    def _connect(self) -> None:
        self.look.clicked.connect(self._read)
        self.text.returnPressed.connect(self._read)
        self.text.textChanged.connect(lambda _: self._row.clear_error())
        self.sources.wanted.connect(self.source_wanted)
        self.with_keys.wanted.connect(lambda wanted: self.copy_link.setEnabled(not wanted))

    def _read(self) -> None:
        self.read_wanted.emit(self.text.text().strip())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
