"""Whether settings files lead Claude Code past the router: one line, and why on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccr_desktop.desktop import theme
from ccr_desktop.desktop.at_home import shown
from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.banner import Banner
from ccr_desktop.desktop.widgets.disclosure import OpeningButton
from ccr_desktop.desktop.widgets.reveal import bring_into_sight
from ccr_desktop.desktop.widgets.state import StateDot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from ccr_desktop.launch.environment import Override


_MOST_LINES = 6


class _Why(QScrollArea):
    """As high as what is in it when it is opened, within bounds; what comes later scrolls."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        inside.setProperty("surface", "page")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(S)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # one comes to the buttons in it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self, width: int) -> None:
        most = _MOST_LINES * theme.current().control_height()
        needed = max(0, self.column.totalHeightForWidth(width))  # -1 where nothing is in it
        self.setFixedHeight(min(needed, most))


class Overrides(QWidget):
    """As high as one line whatever is found, so that what is below stays where it is.

    What is opened keeps its room when another folder has less or more to tell, until it is closed
    or nobody looks.
    """

    show_wanted = Signal(object)
    """The file that leads Claude Code elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Override, ...] = ()
        self._state = StateDot(elides=True)
        self._state.setObjectName("claude-overrides")
        self._opener = OpeningButton(self.tr("Show why"), "chevron-right")
        self._opener.setObjectName("claude-why")
        self._opener.setCheckable(True)
        self._why = _Why()
        self._notices = self._why.column
        self._why.hide()
        self._opener.hide()
        line = QHBoxLayout()
        line.setSpacing(M)
        self._state.setMinimumHeight(theme.current().control_height())  # with a button or without
        line.addWidget(self._state)
        line.addWidget(self._opener)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(line)
        column.addWidget(self._why)
        self._opener.toggled.connect(self._open)
        self.show_looking()

    def show_looking(self) -> None:
        self._state.show_state("busy", self.tr("Looking at its settings…"))

    def show_found(self, found: Sequence[Override]) -> None:
        """Tell of settings files that win over the router's environment."""
        self._state.show_state("attention" if found else "running", self._summary(found))
        self._opener.setVisible(bool(found) or self._opener.isChecked())
        if tuple(found) == self._found:
            return
        self._found = tuple(found)
        while (item := self._notices.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for override in found:
            banner = Banner("warn", self._told(override), self.tr("Show"))
            banner.activated.connect(lambda file=override.file: self.show_wanted.emit(file))
            self._notices.addWidget(banner)
        self._notices.addStretch(1)

    def _summary(self, found: Sequence[Override]) -> str:
        if not found:
            return self.tr("Nothing leads it elsewhere")
        leads = any(override.places for override in found)
        if len(found) > 1:
            text = (
                self.tr("{count} settings files lead it elsewhere")
                if leads
                else self.tr("{count} settings files give it another key")
            )
            return text.format(count=len(found))
        if leads:
            return self.tr("A settings file leads it elsewhere")
        return self.tr("A settings file gives it another key")

    def _told(self, override: Override) -> str:
        file, keys = shown(override.file), self.tr(" and ").join(override.keys)
        places = self.tr(" and ").join(override.places)
        if not keys:
            text = self.tr("{file} leads Claude Code elsewhere: {places}.")
        elif not places:
            text = self.tr("{file} gives Claude Code another key than the router's: {keys}.")
        else:
            text = self.tr(
                "{file} leads Claude Code elsewhere ({places}), and with another key ({keys})."
            )
        return text.format(file=file, places=places, keys=keys)

    def _open(self, opened: bool) -> None:
        self._why.fit(self.width())
        self._why.setVisible(opened)
        self._opener.setVisible(opened or bool(self._found))
        self._opener.set_icon("chevron-down" if opened else "chevron-right")
        if opened:
            QTimer.singleShot(0, self._why, lambda: bring_into_sight(self._why))  # has its size

    def hideEvent(self, event: QHideEvent) -> None:
        """Room that is of no use any more goes while nobody looks."""
        self._why.fit(self.width())
        if not self._found:
            self._opener.show_checked(False)
            self._opener.hide()
        super().hideEvent(event)
