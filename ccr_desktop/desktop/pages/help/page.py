"""The page Help: checks, a support file, the guide, the keys, the version."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.pages.help.checks_card import ChecksCard
from ccr_desktop.desktop.pages.help.reading_card import AboutCard, KeysCard, ReadingCard
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll

CHECK = "check"


class HelpPage(PageScroll):
    """Signal: `support_wanted`; others are those of its cards."""

    support_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.checks = ChecksCard()
        self.reading = ReadingCard()
        self.support = PlainButton(self.tr("Make a support file…"), "file-text")
        self.support.setObjectName("support")
        self.support.clicked.connect(self.support_wanted)
        self.add(PageTitle(self.tr("Help")))
        self.add(self.checks)
        self.add(self._report_card())
        self.add(self.reading)
        self.add(KeysCard())
        self.add(AboutCard())

    def show_detail(self, detail: str) -> None:
        """`check` begins the checks."""
        if detail == CHECK:
            self.checks.begin()

    def _report_card(self) -> Card:
        text = self.tr(
            "A support file says how things are: versions, these checks, settings without keys,"
            " the last requests without what was said, and the end of the log. You see all of it"
            " before it is saved, and send it yourself, with a word about what you did."
        )
        card = Card(self.tr("Report a problem"), text)
        card.add_action(self.support)
        return card
