"""A surface for things that belong together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.tokens import XS, L, M, S
from ccr_desktop.desktop.widgets.flow_layout import FlowLayout
from ccr_desktop.desktop.widgets.labels import HelpText, SectionTitle
from ccr_desktop.desktop.widgets.showing import set_shown


class Card(QFrame):
    """Title and help at the top, `body` in the middle, actions at the bottom right."""

    def __init__(self, title: str = "", help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.title = SectionTitle(title)
        self.title.setMinimumHeight(theme.current().control_height())  # with a button or without
        self.help = HelpText(help_text)
        self.body = QVBoxLayout()
        self.body.setSpacing(M)
        self._header = QHBoxLayout()
        self._header.setSpacing(S)
        self._header.addWidget(self.title, 1)
        self._actions = FlowLayout(at_end=True)
        self._footer = QWidget()
        self._footer.setLayout(self._actions)
        self._actions.setContentsMargins(0, XS, 0, 0)
        column = QVBoxLayout(self)
        column.setSpacing(M)
        self._outer = column
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(self._header)
        head.addWidget(self.help)
        column.addLayout(head)
        column.addLayout(self.body, 1)
        column.addWidget(self._footer)
        self.set_title(title)
        self.set_help(help_text)
        self._footer.hide()

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        set_shown(self.title, bool(title))
        self.setAccessibleName(title)
        self._outer.setContentsMargins(L, M if title else L, L, L)

    def set_help(self, text: str) -> None:
        self.help.setText(text)
        set_shown(self.help, bool(text))

    def add(self, widget: QWidget) -> None:
        """Put *widget* below what the body has."""
        self.body.addWidget(widget)

    def add_header_action(self, widget: QWidget) -> None:
        """A small button at the right of the title."""
        self._header.addWidget(widget)

    def add_action(self, button: QWidget) -> None:
        """A button at the bottom right; the primary one comes last."""
        self._actions.addWidget(button)
        set_shown(self._footer, True)
