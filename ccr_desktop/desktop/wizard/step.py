"""What the presenter of each step has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccr_desktop.desktop.desk import Desk
    from ccr_desktop.desktop.wizard.draft import Progress


@dataclass(frozen=True, slots=True)
class Primary:
    """The words of the main button, and whether it can be pressed."""

    words: str
    is_enabled: bool = True


class StepPresenter(QObject):
    """`changed` when the main button may be another; `done` when the step is left forward;
    `reveal_wanted` carries a part that is to be seen.
    """

    changed = Signal()
    done = Signal()
    reveal_wanted = Signal(object)

    def __init__(self, view: QWidget, desk: Desk, progress: Progress) -> None:
        super().__init__(view)
        self.desk = desk
        self.progress = progress

    def enter(self) -> None:
        """The step comes to the front."""

    def primary(self) -> Primary:
        return Primary(self.tr("Continue"))

    def forward(self) -> None:
        """The main button was pressed."""
        self.done.emit()

    def first_widget(self) -> QWidget | None:
        """Where the cursor begins; None: on the main button."""
        return None
