"""Work that a click begins: named, referenced, and never lost when it fails."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.errors import CcrError, ConfigConflict, ConfigError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from ccr_desktop.desktop.state import Problem

_TOLD = "was_told_in_the_window"

log = logging.getLogger(__name__)
T = TypeVar("T")


class BackgroundTasks:
    """Runs coroutines for the window. What fails is told by *tell*, in words for people."""

    def __init__(self, tell: Callable[[Problem], None]) -> None:
        self._tell = tell
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_closed = False

    def run(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Begin *work*. Whoever awaits the task gets its error too."""
        if self._is_closed:
            return _not_begun(work)
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def end(self) -> None:
        """Cancel what still runs, and what its end begins, and wait for it."""
        while running := [*self._tasks]:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def close(self) -> None:
        """End them, and begin none any more: a signal may still be on its way."""
        await self.end()
        self._is_closed = True

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if _was_for_a_gone_page(error):
            log.debug("%s ended after its page was gone", task.get_name())
            return
        if _TOLD in vars(error):
            return  # by a task that this one waited for
        vars(error)[_TOLD] = True
        if not isinstance(error, CcrError):
            log.error("%s failed", task.get_name(), exc_info=error)
        self._tell(problem_of(error, task.get_name()))


def _not_begun(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """What stands for a task that was cancelled before it began."""
    work.close()
    task: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    task.cancel()
    return cast("asyncio.Task[T]", task)


def afterwards(task: asyncio.Task[Any], show: Callable[[], object]) -> None:
    """Call *show* once *task* has ended, however; unless what it shows on is gone by then."""

    def ended(_: asyncio.Task[Any]) -> None:
        try:
            show()
        except RuntimeError as exc:
            if not _was_for_a_gone_page(exc):
                raise

    task.add_done_callback(ended)


def _was_for_a_gone_page(error: BaseException) -> bool:
    """Pages are built anew in another language; what began before has nothing to show it on."""
    return isinstance(error, RuntimeError) and "C++ object" in str(error)


def problem_of(error: BaseException, doing: str) -> Problem:
    """What a person is told of *error*."""
    from ccr_desktop.desktop.state import Problem  # noqa: PLC0415

    if isinstance(error, CcrError):
        of_file = isinstance(error, ConfigError)
        of_saving = isinstance(error, ConfigConflict | WriteError)
        return Problem(in_words(error.title), in_words(error.message), of_file, of_saving)
    title = QCoreApplication.translate("Background", "{doing} failed").format(doing=doing)
    return Problem(title, f"{type(error).__name__}: {error}")
