"""Claude Code: which program, and what it is told when it is started from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.pages.settings.binding import Binding
from ccr_desktop.desktop.pages.settings.field_rows import PathRow, TextRow
from ccr_desktop.desktop.pages.settings.rows import NumberRow, SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import help_of, title_of
from ccr_desktop.desktop.widgets.card import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk

_MS = 1000
_LONGEST_S = 24 * 60 * 60


class SecondsRow(NumberRow):
    """Shown in seconds, kept in milliseconds."""

    def show_value(self, value: int) -> None:
        super().show_value(max(1, value // _MS))

    def words(self, value: object) -> str:
        return lists.titled(self.title, f"{int(str(value)) // _MS} s")

    def _tell(self) -> None:
        if self.number.value() != self._shown:
            self.wanted.emit(self.number.value() * _MS)


def build(desk: Desk) -> QWidget:
    section = Section()
    binding = Binding(desk.bridge, section)
    card = Card(
        _tr("Claude Code"),
        _tr("What it is told when it is started from here, or with “ccr code”."),
    )
    program = PathRow(
        desk.bridge, title_of("CLAUDE_PATH"), _tr("Empty: the one that is found by itself.")
    )
    program.edit.setPlaceholderText(_tr("found by itself"))
    patience = SecondsRow(title_of("API_TIMEOUT_MS"), 1, _LONGEST_S, help_of("API_TIMEOUT_MS"))
    patience.number.setSuffix(_tr(" seconds"))
    small = TextRow(
        title_of("ANTHROPIC_SMALL_FAST_MODEL"),
        help_of("ANTHROPIC_SMALL_FAST_MODEL"),
        _tr("as Claude Code chooses"),
    )
    machine = SwitchRow(title_of("NON_INTERACTIVE_MODE"), help_of("NON_INTERACTIVE_MODE"))
    binding.put(card, "CLAUDE_PATH", program)
    binding.put(card, "API_TIMEOUT_MS", patience)
    binding.put(card, "ANTHROPIC_SMALL_FAST_MODEL", small)
    binding.put(card, "NON_INTERACTIVE_MODE", machine)
    section.add(card)
    return section


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
