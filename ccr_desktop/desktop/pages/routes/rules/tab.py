"""The tab "Rules": an ordered list, each rule a sentence with its switch and its hits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.pages.routes.code_note import CodeNote
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.buttons import PlainButton, PrimaryButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.empty_state import EmptyState
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.row_delegate import RowAction
from ccr_desktop.desktop.widgets.row_list import RowList
from ccr_desktop.desktop.widgets.rows import Row
from ccr_desktop.desktop.widgets.showing import set_shown
from ccr_desktop.errors import begun

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from ccr_desktop.desktop.pages.routes.rules.records import ShownRule, ShownRules
    from ccr_desktop.desktop.widgets.state import State

EDIT, AS_TEXT, DUPLICATE, REMOVE = "edit", "text", "duplicate", "remove"
SWITCH_ON, SWITCH_OFF, TEST = "on", "off", "test"


class RuleList(RowList):
    """Space switches a rule off and on, Delete removes it; all of it is in the menu, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, reorderable=True, fit_content=True)
        self.setAccessibleName(self.tr("Rules"))
        self.setObjectName("rules-list")
        self.paints.title_lines = 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.rows.row_at(self.currentIndex())
        if row and event.key() == Qt.Key.Key_Space:
            self.action_requested.emit(row.key, SWITCH_OFF if row.enabled else SWITCH_ON)
        elif row and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.action_requested.emit(row.key, REMOVE)
        else:
            super().keyPressEvent(event)


class RulesTab(QWidget):
    """Shows what it is told, and says what was clicked; keys are those of `ShownRule`."""

    add_wanted = Signal()
    examples_wanted = Signal()
    test_wanted = Signal()
    own_wanted = Signal()
    follow_wanted = Signal()
    plugins_wanted = Signal()
    action_wanted = Signal(str, str)
    """Key of the rule, key of the action."""
    order_wanted = Signal(tuple)
    """All keys in the order that is wanted."""
    shown_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rules")
        self._shown: ShownRules | None = None
        self.trouble = Banner("warn")
        self.set_note = Banner("info")
        self.code_note = CodeNote()
        self.list = RuleList()
        self.add_button = PrimaryButton(self.tr("Add rule"), "plus")
        self.examples_button = PlainButton(self.tr("Examples…"), "file-text")
        self.test_button = PlainButton(self.tr("Test against a past request…"), "history")
        self.test_button.setObjectName("test-past")
        self.order_note = HelpText(
            self.tr(
                "The first rule that fits chooses the model. What rules forbid or change counts"
                " in any place."
            )
        )
        self.empty = EmptyState("", "", "list-filter")
        self.empty_examples = PlainButton(self.tr("See examples"))
        self._card = Card()
        self._buttons = QWidget()
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown_again.emit()

    def show_trouble(self, text: str) -> None:
        """What is wrong with the file as a whole; empty for nothing."""
        self.trouble.show_notice("warn", text)
        self.trouble.setVisible(bool(text))

    def show_rules(self, shown: ShownRules) -> None:
        self._shown = shown
        self.list.set_actions_for(self._actions)
        self.list.set_rows([self._row(rule) for rule in shown.rules])
        has_rules = bool(shown.rules)
        set_shown(self._card, has_rules)
        self.list.setEnabled(not shown.follows)
        set_shown(self.order_note, has_rules)
        set_shown(self._buttons, has_rules and not shown.follows)
        set_shown(self.empty, not has_rules)
        add = "" if shown.follows else self.tr("Add rule")
        self.empty.show_text(self._without_rules(shown), add)
        set_shown(self.empty_examples, not shown.follows)
        set_shown(self.code_note, shown.asks_own_code)
        self._show_set_note(shown)

    def _without_rules(self, shown: ShownRules) -> str:
        if shown.asks_own_code:
            return self.tr("No rules. What it leaves follows the table on the first tab.")
        return self.tr("No rules. Everything follows the table on the first tab.")

    def _show_set_note(self, shown: ShownRules) -> None:
        text, button = "", ""
        if shown.follows:
            text = self.tr("“{set}” has no rules of its own: those of Standard hold.")
            button = self.tr("Give it rules of its own")
        elif shown.route_set and shown.has_further:
            text = self.tr(
                "These rules are those of “{set}”. What the rules of Standard forbid holds, too."
            )
            button = self.tr("Follow Standard again")
        self.set_note.show_notice("info", text.format(set=shown.route_set), button)
        self.set_note.setVisible(bool(text))

    def _row(self, rule: ShownRule) -> Row:
        number = rule.number + 1
        said = rule.problem or self._trial(rule) or self._hits(rule)
        about = " · ".join(filter(None, (said, rule.name)))
        return Row(
            key=rule.key,
            title=self.tr("{number}. {sentence}").format(number=number, sentence=rule.sentence),
            gives_way=rule.conditions,
            subtitle=about,
            state=self._state(rule),
            state_word=self._word(rule),
            trailing=f"{figures.count(rule.hits.count)}×" if rule.hits.count else "",
            enabled=rule.is_on,
        )

    def _state(self, rule: ShownRule) -> State:
        if rule.problem:
            return "backup" if rule.is_warning else "attention"
        return "running" if rule.is_on else "off"

    def _word(self, rule: ShownRule) -> str:
        if rule.problem:
            return rule.problem
        return self.tr("On") if rule.is_on else self.tr("Switched off")

    def _trial(self, rule: ShownRule) -> str:
        """What it says of the request in "Try it"."""
        if rule.is_open:
            return begun(rule.why)
        if rule.fits is None:
            return ""
        words = self.tr("Fits in “Try it”") if rule.fits else self.tr("Does not fit")
        if not rule.why:
            return words
        return self.tr("{fits}: {why}").format(fits=words, why=rule.why)

    def _hits(self, rule: ShownRule) -> str:
        if not rule.is_on:
            return self.tr("Switched off")
        if not rule.hits.count:
            return self.tr("Not used since the app was started")
        ago = figures.ago(rule.hits.last_s, time.time())
        if rule.hits.count == 1:
            return self.tr("Used once, {ago}").format(ago=ago)
        return self.tr("Last used {ago}").format(ago=ago)

    def _actions(self, row: Row) -> tuple[RowAction, ...]:
        rules = self._shown.rules if self._shown else ()
        rule = next((rule for rule in rules if rule.key == row.key), None)
        if rule is None or (self._shown and self._shown.follows):
            return ()
        remove = RowAction(key=REMOVE, text=self.tr("Remove"), icon="trash-2", danger=True)
        as_text = RowAction(key=AS_TEXT, text=self.tr("Edit as text…"))
        if not rule.can_edit:
            return (RowAction(key=AS_TEXT, text=self.tr("Edit as text…"), icon="pencil"), remove)
        switch = (
            RowAction(key=SWITCH_OFF, text=self.tr("Switch off"), icon="pause")
            if rule.is_on
            else RowAction(key=SWITCH_ON, text=self.tr("Switch on"), icon="play")
        )
        return (
            switch,
            RowAction(key=EDIT, text=self.tr("Edit…"), icon="pencil"),
            RowAction(key=DUPLICATE, text=self.tr("Duplicate"), icon="copy"),
            as_text,
            RowAction(key=TEST, text=self.tr("Try it with this rule's conditions")),
            remove,
        )

    def _lay_out(self) -> None:
        self.add_button.setObjectName("add-rule")
        self.empty.button.setObjectName("add-first-rule")
        self._card.add(self.list)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addWidget(self.add_button)
        row.addWidget(self.examples_button)
        row.addStretch(1)
        row.addWidget(self.test_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        notes = (self.trouble, self.set_note, self.code_note)
        for part in (*notes, self._buttons, self._card, self.order_note):
            column.addWidget(part)
        column.addWidget(self.empty)
        column.addStretch(1)
        self.empty.add_action(self.empty_examples)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_wanted)
        self.empty.activated.connect(self.add_wanted)
        self.examples_button.clicked.connect(self.examples_wanted)
        self.empty_examples.clicked.connect(self.examples_wanted)
        self.test_button.clicked.connect(self.test_wanted)
        self.set_note.activated.connect(self._answer_note)
        self.code_note.activated.connect(self.plugins_wanted)
        self.list.opened.connect(self._open)
        self.list.action_requested.connect(self.action_wanted)
        self.list.order_requested.connect(self.order_wanted)

    def _answer_note(self) -> None:
        if self._shown and self._shown.follows:
            self.own_wanted.emit()
        else:
            self.follow_wanted.emit()

    def _open(self, key: str) -> None:
        rules = self._shown.rules if self._shown else ()
        rule = next((rule for rule in rules if rule.key == key), None)
        if rule is not None:
            self.action_wanted.emit(key, EDIT if rule.can_edit else AS_TEXT)
