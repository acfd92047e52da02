"""Tells over every page that unsaved text is there from an app that ran before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ccr_desktop.desktop import figures, language

if TYPE_CHECKING:
    from ccr_desktop.desktop.text_draft import TextDraft
    from ccr_desktop.desktop.window import Window

_DRAFT = "draft"


class DraftNews(QObject):
    """Until it is looked at, answered, or put away: then only its editor goes on offering it."""

    def __init__(self, draft: TextDraft, window: Window) -> None:
        super().__init__(window)
        self._draft = draft
        self._window = window
        draft.offer_changed.connect(self._tell)
        language.current().changed.connect(self._reword)

    def _tell(self) -> None:
        if (offered := self._draft.offered) is None:
            self._window.banners.take_away(_DRAFT)
            return
        words = self.tr("The app ended before your text of the settings file was saved ({when}).")
        when = figures.moment(offered.at_s, time.time())
        show = (self.tr("Show"), self._show)
        self._window.banners.put(_DRAFT, "info", words.format(when=when), show)

    def _show(self) -> None:
        self._window.banners.take_away(_DRAFT)
        self._window.show_page("settings/text")

    def _reword(self) -> None:
        if self._window.banners.text(_DRAFT):
            self._tell()
