"""What becomes of a `claude` that the person starts without this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.tokens import XS, M
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import HelpText
from ccr_desktop.desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from ccr_desktop.launch.normal_claude import State


class OwnLaunchesCard(Card):
    """Both switches show what is so: a click asks for a change, and what came of it is shown."""

    normal_wanted = Signal(bool)
    status_line_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("More"), parent=parent)
        self._is_on = False
        self._normal = Switch(self.tr("Also route my normal “claude” command"))
        self._normal.setObjectName("normal-claude")
        self._words = HelpText()
        self._words.setObjectName("normal-claude-words")
        self._review = PlainButton(self.tr("Review changes…"))
        self._review.setObjectName("normal-claude-review")
        self._status_line = Switch(self.tr("Show the model in Claude Code's status line"))
        self._status_line.setObjectName("status-line")
        text = self.tr("For launches from here, by a settings file of the app's own.")
        self.body.addLayout(_with_words(self._normal, self._words, self._review))
        self.body.addLayout(_with_words(self._status_line, HelpText(text)))
        self._normal.switched.connect(self._want_normal)
        self._review.clicked.connect(lambda: self.normal_wanted.emit(True))
        self._status_line.switched.connect(self.status_line_wanted)

    def show_normal(self, state: State) -> None:
        self._is_on = state.is_ours or state.kind == "on"
        self._normal.show_checked(self._is_on)
        self._normal.setEnabled(state.kind != "unreadable")
        self._review.setVisible(state.kind in {"outdated", "changed"})
        self._words.setText(self._said(state))

    def show_status_line(self, *, is_on: bool) -> None:
        self._status_line.show_checked(is_on)

    def _want_normal(self, wanted: bool) -> None:
        self._normal.show_checked(self._is_on)  # until it is so
        self.normal_wanted.emit(wanted)

    def _said(self, state: State) -> str:
        file = shown(state.path)
        match state.kind:
            case "off":
                return self.tr(
                    "Off: a claude that you start yourself goes where it always went. Turning this"
                    " on shows the change of {file} first, and can be undone."
                ).format(file=file)
            case "on":
                return self.tr("On: {file} leads every claude to this router.").format(file=file)
            case "outdated":
                return self.tr(
                    "The address or the key of this router has changed since {file} was written."
                ).format(file=file)
            case "changed":
                return self.tr(
                    "Another program has changed a part of what was written to {file}."
                ).format(file=file)
            case "foreign":
                return self.tr(
                    "Another program leads claude to {address}, by {file}. Turning this on replaces"
                    " that; turning it off puts it back."
                ).format(address=state.address, file=file)
            case "unreadable":
                return in_words(state.problem)


def _with_words(switch: Switch, words: HelpText, button: PlainButton | None = None) -> QHBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(XS)
    column.addWidget(switch)
    column.addWidget(words)
    line = QHBoxLayout()
    line.setSpacing(M)
    line.addLayout(column, 1)
    if button:
        button.hide()
        line.addWidget(button)
    return line
