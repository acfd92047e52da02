"""One compatibility fix in use: what it does, its options, its place among the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.desktop.core_words import help_words
from ccr_desktop.desktop.form_words import form_words, worst
from ccr_desktop.desktop.pages.providers.fix_options import FixOptions
from ccr_desktop.desktop.pages.providers.fixes import Link
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.tokens import XS, M, S
from ccr_desktop.desktop.widgets.buttons import IconButton
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.widgets.labels import ErrorText, FieldLabel, HelpText
from ccr_desktop.desktop.widgets.ring import set_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue

_END = re.compile(r"\.(?:\s|$)|。")


def fix_choice(name: str) -> Choice:
    """A known fix with the first sentence of what it does."""
    words = help_words(KNOWN_TRANSFORMERS[name].help)
    return Choice(key=name, title=name, detail=_END.split(words)[0])


class FixCard(QFrame):
    """Its link is what the file is to say."""

    changed = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._link = link
        known = KNOWN_TRANSFORMERS.get(link.name)
        words = help_words(known.help) if known else self.tr("Of a plugin, or not known here.")
        self.setAccessibleName(link.name)
        self.options = FixOptions(known, link.options)
        self._error = ErrorText()
        self._error.hide()
        self._up = IconButton("arrow-up", self.tr("Move up"))
        self._down = IconButton("arrow-down", self.tr("Move down"))
        self._remove = IconButton("trash-2", self.tr("Remove {name}").format(name=link.name))
        self._lay_out(link.name or self.tr("(can't be read)"), words)
        self.options.changed.connect(self.changed)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._remove.clicked.connect(self.removed)

    def link(self) -> Link:
        if not self._link.name:
            return self._link
        return Link(self._link.name, self.options.options())

    def describe(self, number: int, *, is_last: bool) -> None:
        self.setObjectName(f"fix-{number}")
        self._remove.setObjectName(f"fix-{number}-remove")
        self._up.setObjectName(f"fix-{number}-up")
        self._down.setObjectName(f"fix-{number}-down")
        self._up.setEnabled(number > 0)
        self._down.setEnabled(not is_last)

    def show_issues(self, issues: Sequence[tuple[str, Issue]]) -> None:
        """Problems with the option that each is about; without one, with the fix as a whole."""
        self.options.clear_errors()
        whole = [issue for option, issue in issues if not self.options.show_issue(option, issue)]
        found = worst(whole)
        set_mark(self._error, "role", found.severity if found else "error")
        self._error.setText(put_together(map(form_words, whole)))
        self._error.setVisible(bool(whole))

    def _lay_out(self, name: str, words: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(XS)
        said = QVBoxLayout()
        said.setSpacing(XS)
        said.addWidget(FieldLabel(name))
        said.addWidget(HelpText(words))
        head.addLayout(said, 1)
        for button in (self._up, self._down, self._remove):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, S, M)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self._error)
        if not self.options.is_empty:
            column.addWidget(self.options)
