"""What nobody sees is not brought up to date before somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class InSight(QObject):
    """Calls *show* when it is asked to while *widget* is in sight, else when it comes to be.

    However often it was asked meanwhile, once is enough. Lives as long as the widget.
    """

    def __init__(self, widget: QWidget, show: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._show = show
        self._is_due = False
        widget.installEventFilter(self)

    def ask(self) -> None:
        if self._widget.isVisible():
            self._show()
        else:
            self._is_due = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_due and event.type() is QEvent.Type.Show:
            self._is_due = False
            self._show()
        return False
