"""The card of what needs attention, and of what is worth a look; not there while nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import lists
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.buttons import IconButton, LeadingButton, PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import BodyText, HelpText, SectionTitle
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.attention_lines import AttentionLine, Remedy

_FEW = 3


class AttentionCard(Card):
    """Signals: `wanted(Remedy)`, and `ignored(key)` for a week of quiet."""

    wanted = Signal(object)
    ignored = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Needs attention"), "", parent)
        self.setObjectName("attention")
        self._lines: tuple[AttentionLine, ...] = ()
        self._shown: dict[AttentionLine, _Line] = {}
        self._shows_all = False
        self._column = QVBoxLayout()
        self._column.setSpacing(M)
        self.body.addLayout(self._column)
        self._hints = QVBoxLayout()
        self._hints.setSpacing(M)
        self._hints_title = SectionTitle(self.tr("Worth a look"))
        self._hints_title.setContentsMargins(0, S, 0, 0)
        self._hints_help = HelpText(self.tr("These can wait: the router does its work."))
        self.body.addWidget(self._hints_title)
        self.body.addWidget(self._hints_help)
        self.body.addLayout(self._hints)
        self._more = LeadingButton()
        self._more.clicked.connect(self._show_all)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def lines(self) -> tuple[AttentionLine, ...]:
        return self._lines

    def show_lines(self, lines: Sequence[AttentionLine]) -> None:
        """Lines that stay keep their widgets, and so the focus."""
        self._lines = tuple(dict.fromkeys(lines))
        shown = self._lines if self._shows_all else self._lines[:_FEW]
        for line in [line for line in self._shown if line not in shown]:
            gone = self._shown.pop(line)
            (self._hints if line.is_hint else self._column).removeWidget(gone)
            gone.remove()
        needs = [line for line in shown if not line.is_hint]
        hints = [line for line in shown if line.is_hint]
        self._place(needs, self._column)
        self._place(hints, self._hints)
        self._show_titles(has_needs=bool(needs), has_hints=bool(hints))
        more = len(self._lines) - len(shown)
        self._more.setText(self.tr("Show {n} more").format(n=more))
        self._more.setVisible(more > 0)
        self.setVisible(bool(self._lines))

    def _place(self, lines: Sequence[AttentionLine], column: QVBoxLayout) -> None:
        for place, line in enumerate(lines):
            if line not in self._shown:
                self._shown[line] = self._made(line)
                column.insertWidget(place, self._shown[line])

    def _show_titles(self, *, has_needs: bool, has_hints: bool) -> None:
        """Hints alone are no reason to say that something needs attention."""
        self.set_title(self._title_of(has_needs=has_needs))
        self._hints_title.setVisible(has_needs and has_hints)
        self._hints_help.setVisible(has_hints)

    def _title_of(self, *, has_needs: bool) -> str:
        return self.tr("Needs attention") if has_needs else self.tr("Worth a look")

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_lines(self._lines)

    def _made(self, line: AttentionLine) -> _Line:
        made = _Line(line)
        made.wanted.connect(self.wanted)
        made.ignored.connect(self.ignored)
        return made


class _Line(QWidget):
    wanted = Signal(object)
    ignored = Signal(str)

    def __init__(self, line: AttentionLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(lists.sentences((line.title, line.text)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(BodyText(line.title))
        if line.text:
            text = HelpText(line.text)
            text.setToolTip(line.place)
            words.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(StateDot(line.state), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addSpacing(S)
        for remedy in line.remedies:
            row.addWidget(self._button(remedy, line))
        if line.can_wait:
            later = IconButton("x", self.tr("Ignore for a week"))
            later.setAccessibleName(lists.phrases((later.accessibleName(), line.title)))
            later.clicked.connect(lambda: self.ignored.emit(line.key))
            row.addWidget(later)

    def remove(self) -> None:
        self.hide()
        self.deleteLater()

    def _button(self, remedy: Remedy, line: AttentionLine) -> PlainButton:
        button = PlainButton(remedy.label)
        button.setAccessibleName(lists.phrases((remedy.label, line.title)))
        button.clicked.connect(lambda: self.wanted.emit(remedy))
        return button
