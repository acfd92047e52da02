"""The view of Home: cards of what runs now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.widgets.card import Card
from ccr_desktop.desktop.widgets.labels import BodyText, PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll

if TYPE_CHECKING:
    from ccr_desktop.desktop.state import Overview


class HomePage(PageScroll):
    """`show_overview` is all that it is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self.add(PageTitle(self.tr("Home")))
        self._now = Card(self.tr("Now"))
        self._main = BodyText()
        self._main.setObjectName("now-main")
        self._now.add(self._main)
        self.add(self._now)

    def show_overview(self, overview: Overview) -> None:
        if overview.is_demo:
            self._main.setText(self.tr("The demo answers. Add a provider to get real answers."))
        elif overview.main:
            words = self.tr("Main work goes to {model}.")
            self._main.setText(words.format(model=model_of(overview.main_in_use)))
        else:
            self._main.setText(self.tr("No model is chosen for the main work."))
