"""The first step: what was found on this computer, to be taken over or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.importing.source_rows import SourceRows
from ccr_desktop.desktop.tokens import L, M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.facts import Facts
from ccr_desktop.desktop.widgets.labels import BodyText, FieldLabel, HelpText
from ccr_desktop.desktop.widgets.picture import Logo
from ccr_desktop.desktop.widgets.state import StateDot
from ccr_desktop.desktop.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.transfer.places import Source
    from ccr_desktop.desktop.wizard.bringing import FoundLine, Report

_LOGO = 48


class WelcomeView(QWidget):
    """`ticked_changed` tells that a person ticked or unticked something."""

    ticked_changed = Signal()
    source_wanted = Signal(str)
    """The path of another program's settings, to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, TickBox] = {}
        self._looking = StateDot("busy", self.tr("Looking for what you have already…"))
        self._nothing = HelpText(
            self.tr("Nothing was found on this computer that could be taken over.")
        )
        self._ahead = self._what_is_ahead()
        self.card = Card(
            self.tr("Found on this computer"),
            self.tr("What is ticked is taken over. The old settings stay as they are."),
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S)
        self.card.body.addLayout(self._lines)
        self.others = Card(
            self.tr("Settings of other programs"),
            self.tr("You see all that is in them, and take what you want."),
        )
        self.others.setObjectName("other-settings")
        self._sources = SourceRows()
        self._sources.wanted.connect(self.source_wanted)
        self.others.add(self._sources)
        self.trouble = Banner("warn")
        self.report = Card()
        self.report.setObjectName("import-report")
        self._report_lines = QVBoxLayout()
        self._report_lines.setSpacing(S)
        self.report.body.addLayout(self._report_lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        words = self.tr(
            "In a few minutes Claude Code works with the models that you choose. Nothing is"
            " written before you agree, and each step can be skipped."
        )
        found = (self.card, self.others, self.report)
        parts = (self._looking, self._ahead, self._nothing, self.trouble, *found)
        greeting = QHBoxLayout()
        greeting.setSpacing(L)
        greeting.addWidget(Logo(_LOGO))
        greeting.addWidget(BodyText(words), 1)
        column.addLayout(greeting)
        for part in parts:
            column.addWidget(part)
        for part in parts[1:]:
            part.hide()

    def show_found(self, lines: Sequence[FoundLine], trouble: str) -> None:
        self._looking.hide()
        self._show_nothing(nothing=not lines and not trouble)
        self.trouble.show_notice("warn", trouble)
        self.trouble.setVisible(bool(trouble))
        self.card.setVisible(bool(lines))
        _empty(self._lines)
        self._boxes = {}
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                self._lines.addWidget(FieldLabel(group))
            self._lines.addWidget(self._box(line))

    def show_others(self, sources: Sequence[Source]) -> None:
        self.others.setVisible(bool(sources))
        if sources:
            self._show_nothing(nothing=False)
        self._sources.show_sources(sources)

    def _show_nothing(self, *, nothing: bool) -> None:
        """Where there is nothing to take over, there is room to say what comes."""
        self._nothing.setVisible(nothing)
        self._ahead.setVisible(nothing)

    def _what_is_ahead(self) -> Card:
        card, steps = Card(self.tr("What comes now")), Facts()
        card.setObjectName("what-comes")
        for name, words in (
            (
                self.tr("Provider"),
                self.tr("Who answers: a service such as DeepSeek, or a model on this computer."),
            ),
            (
                self.tr("Key"),
                self.tr("From the provider's site. It is tested, and kept on this computer."),
            ),
            (self.tr("Models"), self.tr("Which one does the main work, and which small jobs.")),
            (self.tr("Launch"), self.tr("Claude Code in a folder of yours, for a first answer.")),
        ):
            steps.show_fact(name, words)
        card.add(steps)
        return card

    def show_report(self, report: Report) -> None:
        """In place of what was found; nothing is ticked any more."""
        self.card.hide()
        self._boxes = {}
        _empty(self._lines)
        self.report.show()
        self.report.set_title(report.summary)
        _empty(self._report_lines)
        for text in report.carried:
            self._report_lines.addWidget(HelpText(f"✓  {text}"))
        if report.needs_hand:
            self._report_lines.addWidget(FieldLabel(self.tr("Needs you, when you have time")))
        for text in report.needs_hand:
            self._report_lines.addWidget(HelpText(text))

    def show_trouble(self, text: str) -> None:
        self.trouble.show_notice("error", text)
        self.trouble.show()

    def ticked(self) -> tuple[str, ...]:
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def box(self, key: str) -> TickBox:
        return self._boxes[key]

    def _box(self, line: FoundLine) -> TickBox:
        box = TickBox(f"{line.title} · {line.detail}".replace("&", "&&"))
        box.setObjectName(f"found-{line.key}")
        box.setChecked(line.is_ticked)
        box.toggled.connect(self.ticked_changed)
        self._boxes[line.key] = box
        return box


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if part := item.widget():
            part.hide()
            part.deleteLater()
