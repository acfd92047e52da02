"""Pages of which one is in front, and what becomes of the others.

Dressing a widget anew takes a millisecond, and a page has hundreds: those that nobody sees are let
go before, and built again when somebody looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.carrying import Draft, picked_up, put_down
from ccr_desktop.desktop.conversations import conversations_over
from ccr_desktop.desktop.unsaved import unsaved_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ccr_desktop.desktop.carrying import Carried


class Shelf(QStackedWidget):
    """*build* makes the page of a key, when it is shown for the first time.

    What was entered in a page that went is given to the one that is built in its place.
    """

    def __init__(self, name: str, build: Callable[[str], QWidget]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._build = build
        self._built: dict[str, QWidget] = {}
        self._carried: dict[str, Carried] = {}
        self._awaited: Callable[[], object] | None = None
        Draft(self, name, self._hold, self._take)  # if it is on a page itself
        theme.current().changing.connect(self._spare_hidden)

    def bring(self, key: str) -> QWidget:
        """Have the page of *key* in front."""
        self._awaited = None
        page = self._built.get(key) or self._add(key)
        self.setCurrentWidget(page)
        if carried := self._carried.pop(key, None):
            put_down(page, carried)
        return page

    def build_ahead(self, key: str, bring: Callable[[], object]) -> None:
        """Build the page of *key*, and *bring* it when all else that waits has had its turn.

        To build one takes as long as to show it. At once if it is built; not at all if another
        page was brought meanwhile, or is to be.
        """
        if key in self._built:
            bring()
            return
        self._awaited = None
        self._add(key)
        self._awaited = bring
        QTimer.singleShot(0, self, lambda: self._awaited is bring and bring())

    @property
    def awaited(self) -> Callable[[], object] | None:
        """What brings the page that was built ahead, until it is in front."""
        return self._awaited

    @property
    def front(self) -> str | None:
        """Its key; None before the first page."""
        present = self.currentWidget()
        return next((key for key, page in self._built.items() if page is present), None)

    def unsaved(self) -> list[str]:
        """The keys of the pages with entries that would be lost."""
        return [key for key, page in self._built.items() if unsaved_in(page)]

    def pick_up(self, keys: Iterable[str] | None = None) -> list[QWidget]:
        """Take what is in pages, all without *keys*, for those that are built from now on.

        The old ones are still shown, until they are put into `discard`.
        """
        wanted = list(self._built if keys is None else keys)
        self._carried = self._picked_up(wanted)
        return [self._built.pop(key) for key in wanted]

    def discard(self, pages: Sequence[QWidget]) -> None:
        for page in pages:
            self.removeWidget(page)
            page.hide()
            page.deleteLater()

    def _add(self, key: str) -> QWidget:
        page = self._build(key)
        self._built[key] = page
        self.addWidget(page)
        return page

    def _spare_hidden(self) -> None:
        """Those with something unsaved stay, since whoever ends the app is asked about it."""
        talks = conversations_over(self.window())
        if talks is not None and talks.go_on:
            return
        staying = {*self.unsaved(), self.front}
        pages = self.pick_up([key for key in self._built if key not in staying])
        self.discard(pages)
        for page in pages:  # at once, while there is time
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)

    def _hold(self) -> dict[str, Carried] | None:
        """Of the pages behind, which are not built at once where this one goes, too."""
        return self._picked_up(key for key in self._built if key != self.front) or None

    def _picked_up(self, keys: Iterable[str]) -> dict[str, Carried]:
        """A page that was never in front has not got what is carried to it."""
        return {key: picked_up(self._built[key]) for key in keys} | self._carried

    def _take(self, carried: object) -> None:
        if isinstance(carried, dict):
            self._carried |= carried
