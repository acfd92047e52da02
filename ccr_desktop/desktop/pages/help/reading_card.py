"""What there is to read: the guide, what is new, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop import __version__
from ccr_desktop.desktop.pages.help.shortcuts import shortcuts
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.facts import Facts
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout

GUIDE, NEWS = "docs/desktop.md", "CHANGELOG.md"
_COMMANDS, _TROUBLE = "docs/cli.md", "README.md"


class ReadingCard(Card):
    """Signal: `document_wanted(name)`, a page of the guide."""

    document_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        words = self.tr("They come with the app: no network is needed. This is version {version}.")
        super().__init__(self.tr("To read"), words.format(version=__version__), parent)
        row = FlowLayout()
        for name, text, icon in (
            (GUIDE, self.tr("Guide to the app"), "file-text"),
            (_TROUBLE, self.tr("Overview"), "info"),
            (_COMMANDS, self.tr("Commands"), "terminal"),
            (NEWS, self.tr("What is new"), "zap"),
        ):
            button = PlainButton(text, icon)
            button.setObjectName(f"read-{name}")
            button.clicked.connect(lambda _=False, name=name: self.document_wanted.emit(name))
            row.addWidget(button)
        self.body.addLayout(row)


class KeysCard(Card):
    """The keyboard shortcuts of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keyboard shortcuts"), parent=parent)
        self.setObjectName("keys")
        facts = Facts()
        for keys, words in shortcuts():
            facts.show_fact(keys, words)
        self.add(facts)
