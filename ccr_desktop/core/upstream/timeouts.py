"""Limits for reads, cheap enough to be set for every one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Self, TypeVar

T = TypeVar("T")


class ReadTimer:
    """`asyncio.timeout` for many short waits of one task.

    Its timer is not moved with every read but only looked at when it fires, which a stream of
    small reads notices: moving it costs about as much as translating a chunk.
    """

    def __init__(self) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # only coroutines wait
        self._task = task
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._deadline_s: float | None = None  # None while nothing is awaited
        self._has_fired = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle:
            self._handle.cancel()

    async def run(self, read: Awaitable[T], limit_s: float) -> T:
        """The result of *read*; raises `TimeoutError` when it takes longer than *limit_s*."""
        deadline_s = self._loop.time() + limit_s
        if self._handle is None or self._handle.when() > deadline_s:
            self._set_timer(deadline_s)
        self._deadline_s = deadline_s
        try:
            return await read
        except asyncio.CancelledError:
            if self._has_fired and self._task.uncancel() == 0:
                raise TimeoutError from None
            raise
        finally:
            self._deadline_s = None
            self._has_fired = False

    def _set_timer(self, when_s: float) -> None:
        if self._handle:
            self._handle.cancel()
        self._handle = self._loop.call_at(when_s, self._look)

    def _look(self) -> None:
        self._handle = None
        if self._deadline_s is None:
            return
        if self._loop.time() < self._deadline_s:
            self._set_timer(self._deadline_s)
        else:
            self._has_fired = True
            self._task.cancel()
