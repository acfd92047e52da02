"""What the window tells over every page until it is put away, each matter on one line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import L, S
from ccr_desktop.desktop.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from ccr_desktop.desktop.widgets.banner import Level

    Button = tuple[str, Callable[[], object]]


class Banners(QScrollArea):
    """One line for each key; a later one takes the place of that with the same key.

    None is ever squeezed: beyond the height that they may have together they scroll, to the one
    that came last.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, Banner] = {}
        self._newest: Banner | None = None
        """What is to be in sight, until somebody scrolls."""
        self._most = 0
        self._inside = QWidget()
        self._inside.setProperty("surface", "page")
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(S)
        self._dress()
        self.setWidget(self._inside)
        self.verticalScrollBar().rangeChanged.connect(self._show_newest)
        self.verticalScrollBar().actionTriggered.connect(self._was_scrolled)
        self.hide()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # one comes to the buttons in it
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._make_room(scrolls=False)

    def put(
        self,
        key: str,
        level: Level,
        text: str,
        button: Button | None = None,
        other: Button | None = None,
        *,
        closable: bool = True,
    ) -> Banner:
        """Say *text*; buttons are their words and what they do.

        It is not *closable* where its button is the only way to do that.
        """
        before = self._shown.get(key)
        place = self._column.indexOf(before) if before else -1
        had_focus = before is not None and before.button.has_cursor()
        self.take_away(key)
        banner = Banner(level, closable=closable)
        banner.setObjectName(f"banner-{key}")
        banner.show_notice(level, text, button[0] if button else "", other[0] if other else "")
        for signal, wanted in ((banner.activated, button), (banner.other_activated, other)):
            if wanted:
                signal.connect(_one_at_a_time(wanted[1]))
        banner.dismissed.connect(lambda: self.take_away(key))
        banner.installEventFilter(self)
        self._shown[key] = self._newest = banner
        self._column.insertWidget(place, banner)
        self.show()
        self.updateGeometry()
        if had_focus:
            banner.button.setFocus()
        return banner

    def take_away(self, key: str) -> None:
        if banner := self._shown.pop(key, None):
            banner.hide()
            self._column.removeWidget(banner)
            banner.deleteLater()
            self._newest = None if self._newest is banner else self._newest
        self.setVisible(bool(self._shown))
        self.updateGeometry()

    def text(self, key: str) -> str:
        """What is said there; empty when nothing is."""
        banner = self._shown.get(key)
        return banner.text() if banner else ""

    def set_most(self, height: int) -> None:
        """How high all of them may be together."""
        if height != self._most:
            self._most = height
            self.updateGeometry()
            self._lay_out()

    # -- Qt's own --------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def heightForWidth(self, width: int) -> int:
        return min(self._needed(width), self._most)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._lay_out()
        elif watched is self._newest and event.type() is QEvent.Type.Move:
            self._show_newest()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    # -- the place -------------------------------------------------------------------------

    def _needed(self, width: int) -> int:
        """What all of them take with nothing cut; the bar has its place in the margin."""
        margins = self._column.contentsMargins()
        return self._column.heightForWidth(width - 2 * L + margins.left() + margins.right())

    def _lay_out(self) -> None:
        self._make_room(scrolls=self._needed(self.width()) > self._most)

    def _make_room(self, *, scrolls: bool) -> None:
        """The bar takes its room from the margin: all stays where it is, with it or without."""
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(shown if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.verticalScrollBar().sizeHint().width() if scrolls else 0
        left, right = (L - bar, L) if self.isRightToLeft() else (L, L - bar)
        self._column.setContentsMargins(left, L, right, 0)

    def _show_newest(self) -> None:
        if self._newest is not None:
            self.verticalScrollBar().setValue(self._newest.y() - S)

    def _was_scrolled(self) -> None:
        self._newest = None


def _one_at_a_time(do: Callable[[], object]) -> Callable[[], None]:
    """*do*, but for clicks that come while the task of the one before still runs."""
    last: asyncio.Task[object] | None = None

    def begin() -> None:
        nonlocal last
        if last is None or last.done():
            begun = do()
            last = begun if isinstance(begun, asyncio.Task) else None

    return begin
