"""History: the last versions of the settings, what changed between two, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.pages.settings.history_presenter import PRESENT, HistoryPresenter
from ccr_desktop.desktop.pages.settings.section import Section
from ccr_desktop.desktop.setting_places import row_name
from ccr_desktop.desktop.tokens import XS, M, S
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.choice_box import ChoiceBox
from ccr_desktop.desktop.widgets.code_box import CodeBox
from ccr_desktop.desktop.widgets.labels import BodyText, FieldLabel, HelpText
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.segments import SegmentedControl
from ccr_desktop.desktop.widgets.tick_row import breakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.widgets.rows import Row

_ROWS_SHOWN = 6


def build(desk: Desk) -> QWidget:
    section = Section()
    HistoryPresenter(desk, HistoryView(section))
    return section


class HistoryView(QObject):
    """A list of versions, and a card with what changed between two of them.

    A row stands for the settings after the change that it names: what is restored is that row.
    """

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self.section = section
        self.states = RowList(_tr("Versions of the settings"))
        self.states.setObjectName("states")
        self.undo = PlainButton(_tr("Undo"), "undo-2")
        self.redo = PlainButton(_tr("Redo"), "rotate-ccw")
        self.restore = PlainButton(_tr("Restore this version"), "history")
        self.restore.setObjectName("restore-version")
        self.between = HelpText()
        self.old = ChoiceBox(_tr("Compare from"))
        self.new = ChoiceBox(_tr("Compare to"))
        self.kinds = SegmentedControl(
            [("settings", _tr("Settings")), ("text", _tr("Text"))], name=_tr("How to compare")
        )
        self.text = CodeBox(_tr("Changed lines"), most_lines=18, diff=True)
        self.changes = QWidget()
        self._column = QVBoxLayout(self.changes)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S)
        self.nothing = HelpText()
        self._none_yet = HelpText(_tr("None yet: each change of the settings adds one."))
        self._add_states(section)
        self._add_comparison(section)
        self.kinds.changed.connect(self._show_kind)

    def show_states(self, rows: Sequence[Row]) -> None:
        self.states.set_rows(rows)
        height = theme.current().row_height() * min(len(rows), _ROWS_SHOWN)
        self.states.setFixedHeight(height + 2)
        self.states.setVisible(bool(rows))
        self._none_yet.setVisible(not rows)
        self.comparison.setVisible(len(rows) > 1)

    def show_steps(self, undo: str, redo: str) -> None:
        """What the two buttons would do; empty: nothing."""
        for button, words in ((self.undo, undo), (self.redo, redo)):
            button.setEnabled(bool(words))
            button.setToolTip(words)
            button.setAccessibleDescription(words)

    def show_choices(self, choices: list[tuple[str, str]], old: str, new: str) -> None:
        for box, chosen in ((self.old, old), (self.new, new)):
            box.set_choices(choices)
            box.set_current(chosen)

    def show_chosen(self, restore: str, between: str) -> None:
        """The words of the button, empty where there is nothing to restore; and what the
        comparison means."""
        self.restore.setText(restore)
        self.restore.setVisible(bool(restore))
        self.between.setText(between)
        self.between.setVisible(bool(between))

    def show_changes(self, lines: Sequence[tuple[str, str]], nothing: str) -> None:
        """Names of settings and what happened to them; *nothing* where there are none."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        for name, words in lines:
            self._column.addWidget(_line(name, words))
        self.nothing.setText(nothing)
        self.nothing.setVisible(bool(nothing) and self.kinds.current() == "settings")

    def show_lines(self, lines: Sequence[str]) -> None:
        self.text.set_text("\n".join(lines) or _tr("The texts are the same."))

    def _show_kind(self, kind: str) -> None:
        self.changes.setVisible(kind == "settings")
        self.nothing.setVisible(kind == "settings" and bool(self.nothing.text()))
        self.text.setVisible(kind == "text")

    def _add_states(self, section: Section) -> None:
        card = Card(
            _tr("History"),
            _tr(
                "The last twenty versions of the settings, and who made them. Each is as it was"
                " after the change that it names."
            ),
        )
        self.states.set_actions_for(_actions)
        card.add(self.states)
        card.setObjectName(row_name("versions"))
        card.add(self._none_yet)
        card.add_action(self.undo)
        card.add_action(self.redo)
        section.add(card)

    def _add_comparison(self, section: Section) -> None:
        self.comparison = card = Card(_tr("What changed"), _tr("Keys and passwords are not shown."))
        card.add_header_action(self.kinds)
        both = QHBoxLayout()
        both.setSpacing(M)
        for name, box in ((_tr("From"), self.old), (_tr("To"), self.new)):
            column = QVBoxLayout()
            column.setSpacing(XS)
            label = FieldLabel(name)
            label.setBuddy(box)
            box.setMinimumContentsLength(12)
            column.addWidget(label)
            column.addWidget(box)
            both.addLayout(column, 1)
        card.body.addLayout(both)
        card.add(self.between)
        card.add(self.changes)
        card.add(self.nothing)
        card.add(self.text)
        card.add_action(self.restore)
        section.add(card)
        self._show_kind("settings")


def _line(name: str, words: str) -> QWidget:
    line = QWidget()
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    title = FieldLabel(breakable(name))
    title.setWordWrap(True)
    column.addWidget(title)
    column.addWidget(BodyText(breakable(words)))
    return line


def _actions(row: Row) -> Sequence[RowAction]:
    if row.key == PRESENT:
        return ()
    return (RowAction(key="restore", text=_tr("Restore this version"), icon="rotate-ccw"),)


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
