"""The application object, and the links that macOS hands to it. Not run on a Mac yet.

Other systems start the program once more for a link; macOS sends the one that runs an event, at its
start, too: https://doc.qt.io/qt-6/qfileopenevent.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ccr_desktop.core.transfer.schemes import is_link

if TYPE_CHECKING:
    from collections.abc import Callable


class Application(QApplication):
    """Keeps links until `open_links_with` says what becomes of them."""

    def __init__(self, name: str) -> None:
        super().__init__([name])
        self._waiting: list[str] = []
        self._open: Callable[[str], object] = self._waiting.append

    def open_links_with(self, open_link: Callable[[str], object]) -> None:
        self._open = open_link
        for link in self._waiting:
            open_link(link)
        self._waiting.clear()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and (link := opened_link(event)):
            self._open(link)
            return True
        return super().event(event)


def opened_link(event: QFileOpenEvent) -> str:
    """As it was written; nothing for files, and for links that are not ours."""
    link = event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return link if is_link(link) else ""
