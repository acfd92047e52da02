"""Work in threads that the end of the process does not wait for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def finished(work: Callable[[], T], limit_s: float) -> T:
    """What *work* returns. Raises `TimeoutError` past *limit_s*, and leaves it behind."""
    return _begun(work).result(limit_s)


async def beside(work: Callable[[], T]) -> T:
    """What *work* returns, while the loop runs on. Whoever is cancelled leaves it behind."""
    return await asyncio.wrap_future(_begun(work))


def each_finished(work: Sequence[Callable[[], T]]) -> list[T]:
    """What each of *work* returns, in their order: all of it runs at the same time.

    What the first one raises is raised. Each has a limit of its own, or none.
    """
    begun = [_begun(each) for each in work]
    return [each.result() for each in begun]


def _begun(work: Callable[[], T]) -> Future[T]:
    result: Future[T] = Future()
    result.set_running_or_notify_cancel()
    threading.Thread(target=_run, args=(work, result), daemon=True).start()
    return result


def _run(work: Callable[[], T], result: Future[T]) -> None:
    try:
        value = work()
    except BaseException as exc:  # noqa: BLE001  # whoever waits judges it
        result.set_exception(exc)
    else:
        result.set_result(value)
