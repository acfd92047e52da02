"""What only some need, opened in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccr_desktop.desktop.tokens import M, S
from ccr_desktop.desktop.widgets.behind import StaysBehind
from ccr_desktop.desktop.widgets.buttons import PlainButton
from ccr_desktop.desktop.widgets.showing import set_shown


class OpeningButton(StaysBehind, PlainButton):
    """What opens and closes something below it."""

    kind = "disclosure"


class Disclosure(QWidget):
    """Closed at first; whoever hears `opened_changed` can keep it open for ever after."""

    opened_changed = Signal(bool)

    def __init__(
        self, title: str = "", parent: QWidget | None = None, *, opened: bool = False
    ) -> None:
        super().__init__(parent)
        self.button = OpeningButton(title or self.tr("Advanced"), "chevron-right")
        self.button.setCheckable(True)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(M)
        head = QHBoxLayout()
        head.addWidget(self.button)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.content)
        self.content.hide()
        self.button.toggled.connect(self._show)
        self.set_opened(opened)

    def add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)

    def is_opened(self) -> bool:
        return self.button.isChecked()

    def set_opened(self, opened: bool) -> None:
        """Restore what was remembered, without telling of it."""
        blocked = self.blockSignals(True)
        self.button.show_checked(opened)
        self.blockSignals(blocked)

    def _show(self, opened: bool) -> None:
        set_shown(self.content, opened)
        self.button.set_icon("chevron-down" if opened else "chevron-right")
        self.opened_changed.emit(opened)
