"""What was begun with a dialog and has not ended: the pages that it concerns stay until it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtWidgets import QWidget


class Conversations(QObject):
    """Those over one window, as long as it lives: tasks in which a person is, or was, asked.

    A page that goes takes its dialogs with it, with what was entered there; and a task that goes on
    after its dialog finds nothing of the page any more.
    """

    over = Signal()
    """The last one has ended."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def go_on(self) -> bool:
        return bool(self._tasks)

    def join(self, task: asyncio.Task[Any]) -> None:
        if task not in self._tasks:
            self._tasks.add(task)
            task.add_done_callback(self._leave)

    def _leave(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not self._tasks and isValid(self):  # the window may be gone first
            self.over.emit()


def note_conversation(dialog: QWidget, task: asyncio.Task[Any] | None) -> None:
    """Say that *task* asks with *dialog*, which may stand over another one."""
    ground = dialog
    while parent := ground.parentWidget():
        ground = parent.window()
    found = conversations_over(ground)
    if found is not None and task is not None:
        found.join(task)


def conversations_over(window: QWidget) -> Conversations | None:
    """None over a window that nobody counts them of."""
    only_its_own = Qt.FindChildOption.FindDirectChildrenOnly
    return window.findChild(Conversations, options=only_its_own)
