"""The frame of the assistant: the steps at the top, one of them at a time, buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import XL, L, M, S
from ccr_desktop.desktop.widgets.buttons import IconButton, PlainButton, PrimaryButton, QuietButton
from ccr_desktop.desktop.widgets.labels import HelpText, PageTitle
from ccr_desktop.desktop.widgets.page_scroll import PageScroll
from ccr_desktop.desktop.widgets.ring import set_mark
from ccr_desktop.desktop.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Wizard(QWidget):
    """Enter presses the main button wherever the cursor is, and Escape closes."""

    has_own_search = True

    back_wanted = Signal()
    skip_wanted = Signal()
    forward_wanted = Signal()
    close_wanted = Signal()
    shown = Signal()

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """*titles* are short names of the steps, whose views are `put` into it."""
        super().__init__(parent)
        self.setObjectName("wizard")
        self._names = [HelpText(f"{number}  {title}") for number, title in enumerate(titles, 1)]
        self._titles = titles
        self._stack = QStackedWidget()
        self._scrolls: dict[int, PageScroll] = {}
        self._step = 0
        self.back = PlainButton(self.tr("Back"), "chevron-left")
        self.back.setObjectName("wizard-back")
        self.skip = QuietButton(self.tr("Skip"))
        self.skip.setObjectName("wizard-skip")
        self.primary = PrimaryButton(self.tr("Continue"))
        self.primary.setObjectName("wizard-primary")
        self.close_button = IconButton("x", self.tr("Close, and go on later"))
        self.close_button.setObjectName("wizard-close")
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.skip.clicked.connect(self.skip_wanted)
        self.primary.clicked.connect(self.forward_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        QShortcut(QKeySequence.StandardKey.Find, self, self._search)
        QShortcut(QKeySequence.StandardKey.Back, self, self._go_back)

    @property
    def step(self) -> int:
        return self._step

    def put(self, step: int, view: QWidget) -> None:
        """The view of a step, before that is shown."""
        self._scrolls[step] = scroll = PageScroll(top=L)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.add(view, fill=view.property("fills") is True)
        self._stack.addWidget(scroll)

    def show_step(self, step: int) -> None:
        self._step = step
        self._stack.setCurrentWidget(self._scrolls[step])
        for number, label in enumerate(self._names):
            set_mark(label, "role", "field" if number == step else "help")
        words = self.tr("Step {number} of {count}: {name}")
        said = words.format(number=step + 1, count=len(self._names), name=self._titles[step])
        self.setAccessibleDescription(said)
        self.back.setEnabled(step > 0)
        self.back.setVisible(step > 0)

    def show_primary(self, words: str, *, enabled: bool) -> None:
        """A button that can't be pressed for a while gets the cursor back afterwards."""
        if self.primary.hasFocus() and not enabled:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.primary.setText(words)
        self.primary.setEnabled(enabled)
        if self.hasFocus() and enabled:
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, part: QWidget) -> None:
        """Scroll to *part* of the present step, once it has its size."""
        scroll = self._scrolls[self._step]
        QTimer.singleShot(0, scroll, lambda: scroll.ensureWidgetVisible(part, 0, M))

    def show_skip(self, words: str) -> None:
        self.skip.setText(words)
        self.skip.setVisible(bool(words))

    def _search(self) -> None:
        """In what the present step lists; a step without a list has nothing to look for."""
        found = self._scrolls[self._step].findChild(SearchField)
        if found is not None and found.isVisible():
            found.setFocus(Qt.FocusReason.ShortcutFocusReason)
            found.selectAll()

    def _go_back(self) -> None:
        if self._step > 0:
            self.back_wanted.emit()

    # -- construction ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PageTitle(self.tr("Set up CCR Desktop")), 1)
        head.addWidget(self.close_button)
        steps = QHBoxLayout()
        steps.setSpacing(L)
        for label in self._names:
            label.setWordWrap(False)
            steps.addWidget(label)
        steps.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(XL, 0, XL, S)
        top.setSpacing(S)
        top.addLayout(head)
        top.addLayout(steps)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(XL, M, XL, L)
        buttons.setSpacing(S)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.skip)
        buttons.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    # -- Qt's events -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.primary.isEnabled():
            self.forward_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
