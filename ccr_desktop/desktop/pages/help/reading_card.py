"""What there is to read: the guide, what is new, and the keys; and what the app is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop import __version__
from ccr_desktop.desktop.pages.help.shortcuts import shortcuts
from ccr_desktop.desktop.tokens import XS, L
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.facts import Facts
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.labels import HelpText, SectionTitle
from ccr_desktop.desktop.widgets.picture import Logo

GUIDE, NEWS = "docs/desktop.md", "CHANGELOG.md"
OVERVIEW, TROUBLE = "README.md", "docs/troubleshooting.md"
_COMMANDS = "docs/cli.md"
_LOGO = 40
_CHINESE = {
    GUIDE: "docs/zh/desktop.md",
    OVERVIEW: "README.zh-CN.md",
    TROUBLE: "docs/zh/troubleshooting.md",
}


def in_language(name: str, code: str) -> str:
    """The same page in a language of the window, where there is one."""
    return _CHINESE.get(name, name) if code == "zh_CN" else name


class ReadingCard(Card):
    """Signal: `document_wanted(name)`, a page of the guide."""

    document_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        words = self.tr("They come with the app: no network is needed.")
        super().__init__(self.tr("To read"), words, parent)
        row = FlowLayout()
        for name, text, icon in (
            (GUIDE, self.tr("Guide to the app"), "file-text"),
            (TROUBLE, self.tr("When something is wrong"), "circle-question-mark"),
            (OVERVIEW, self.tr("Overview"), "info"),
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


class AboutCard(Card):
    """Which version this is, and whose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("about")
        words = self.tr(
            "Free software under the MIT licence, by its own developers: no part of it comes from"
            " Anthropic or from another provider."
        )
        texts = QVBoxLayout()
        texts.setSpacing(XS)
        texts.addWidget(SectionTitle(f"CCR Desktop {__version__}"))
        texts.addWidget(HelpText(words))
        row = QHBoxLayout()
        row.setSpacing(L)
        row.addWidget(Logo(_LOGO))
        row.addLayout(texts, 1)
        self.body.addLayout(row)
