"""Status line: what Claude Code shows below its prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccr_desktop.desktop.pages.settings.line_parts import LineParts
from ccr_desktop.desktop.pages.settings.line_presenter import LinePresenter
from ccr_desktop.desktop.pages.settings.line_preview import LinePreview
from ccr_desktop.desktop.pages.settings.line_use import ClaudeCodeCard, PlaceholdersCard
from ccr_desktop.desktop.pages.settings.rows import SettingRow, SwitchRow
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from ccr_desktop.desktop.desk import Desk


def build(desk: Desk) -> QWidget:
    view = StatusLineView()
    LinePresenter(desk, view)
    return view


class StatusLineView(QWidget):
    """The preview stays above what scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.preview = LinePreview()
        self.enabled = SwitchRow(
            _tr("Show it in Claude Code"),
            _tr("In sessions that are opened here or with `ccr code`.").replace("`", ""),
        )
        self.enabled.switch.setObjectName("line-enabled")
        self.style_choice = ChoiceBox(_tr("Style"))
        self.style_choice.setObjectName("line-style")
        self.style_choice.setMinimumWidth(220)
        self.style_row = SettingRow(_tr("Style"), "", self.style_choice)
        self.parts = LineParts()
        self.placeholders = PlaceholdersCard()
        self.use = ClaudeCodeCard()
        section = Section()
        section.setAccessibleName(_tr("Status line"))
        looks = Card(_tr("Status line"), _tr("The line below the prompt of Claude Code."))
        looks.setObjectName(row_name("StatusLine"))
        looks.add(self.enabled)
        looks.add(self.style_row)
        for part in (looks, self.parts, self.placeholders, self.use):
            section.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview)
        column.addWidget(section, 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StatusLine", text)
