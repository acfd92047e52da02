"""The list of pages at the left of the window; icons alone where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ccr_desktop.desktop import icons, tokens
from ccr_desktop.desktop.widgets.behind import WaitsBehind, dialogs_over
from ccr_desktop.desktop.widgets.ring import take_focus_along

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.desktop.pages.registry import PageEntry

WIDE, NARROW = 184, 56
_ICON = 20
_GAP = 6  # before the words, beside what Qt leaves there


class _Button(WaitsBehind, QToolButton):
    pass


class Navigation(QWidget):
    """Signals: `chosen(key)`, when a person picks a page, and `quit_wanted`.

    Up and down move between the pages.
    """

    chosen = Signal(str)
    quit_wanted = Signal()

    def __init__(self, pages: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._pages = pages
        self._marked = ""
        self._group = QButtonGroup(self)
        self._buttons = {page.key: self._button(page) for page in pages}
        self._quit = self._dressed(_Button(self), "quit", "power")
        self._quit.clicked.connect(self.quit_wanted)
        _keep_room(self._quit)
        self._quit.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.S, tokens.M, tokens.S, tokens.M)
        column.setSpacing(tokens.XS)
        for page in pages:
            if page.key == "settings":
                column.addStretch(1)
                column.addWidget(self._quit)
            column.addWidget(self._buttons[page.key])
        self.reword()
        self.set_wide(wide=True)

    def reword(self) -> None:
        """Say everything in the language that is now in force."""
        self.setAccessibleName(self.tr("Pages"))
        for at, page in enumerate(self._pages, 1):
            button = self._buttons[page.key]
            button.setText(page.title)
            button.setAccessibleName(page.title)
            button.setAccessibleDescription(self.tr("Page {number}").format(number=at))
            button.setToolTip(page.title if button.toolTip() else "")
        self._quit.setText(self.tr("Quit"))
        self._quit.setAccessibleName(self.tr("Quit"))
        self._quit.setToolTip(self.tr("Quit") if self._quit.toolTip() else "")

    def offer_to_quit(self, *, is_wanted: bool) -> None:
        """Where nothing else does so: there is no menu of an icon."""
        self._quit.setVisible(is_wanted)

    def mark(self, key: str) -> None:
        """Show *key* as the present page; one that has no place here leaves none marked."""
        self._marked = key
        button = self._buttons.get(key)
        if button is not None:
            blocker = QSignalBlocker(button)
            button.setChecked(True)
            blocker.unblock()
            take_focus_along(button, self._group)
        elif present := self._group.checkedButton():
            self._group.setExclusive(False)
            present.setChecked(False)
            self._group.setExclusive(True)

    def set_wide(self, *, wide: bool) -> None:
        self.setFixedWidth(WIDE if wide else NARROW)
        style = Qt.ToolButtonStyle
        for button in (*self._buttons.values(), self._quit):
            shape = style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly
            button.setToolButtonStyle(shape)
            button.setIconSize(QSize(_ICON + (_GAP if wide else 0), _ICON))
            button.setToolTip("" if wide else button.text())

    def _button(self, page: PageEntry) -> QToolButton:
        button = self._dressed(QToolButton(self), f"page-{page.key}", page.icon)
        button.setCheckable(True)
        # Screen readers toggle what can be checked: there is no click then.
        button.toggled.connect(lambda checked: self._choose(page.key) if checked else None)
        self._group.addButton(button)
        return button

    def _dressed(self, button: QToolButton, name: str, icon: str) -> QToolButton:
        button.setObjectName(name)
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setProperty("place", "navigation")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def _choose(self, key: str) -> None:
        if dialogs_over(self.window()):  # only a screen reader comes here then
            self.mark(self._marked)
        else:
            self.chosen.emit(key)


def _keep_room(button: QToolButton) -> None:
    """Nothing moves under a pointer when it comes or goes."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
