"""Calls of somebody else's code: each in a thread of its own, with a limit, and never fatal.

A function that never returns keeps its thread, but neither the event loop nor the end of the
process waits for it.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.user_code import NotUsableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_MOST_AT_ONCE = 8


class UserCallError(NotUsableError):
    """It could not be called, or ended in a way that would end the process."""


class UserCalls:
    """Runs plain and async functions; each call of an async one has an event loop of its own."""

    def __init__(self) -> None:
        self._running = 0
        self._lock = threading.Lock()

    async def run(self, call: Callable[[], Any], limit_s: float) -> Any:
        """What *call* returns. Raises what it raises, and `TimeoutError` past *limit_s*."""
        with self._lock:
            if self._running >= _MOST_AT_ONCE:
                raise UserCallError(f"{self._running} earlier calls of it still run")
            self._running += 1
        loop = asyncio.get_running_loop()
        result: asyncio.Future[Any] = loop.create_future()

        def work() -> None:
            value, error = _outcome(call, limit_s)
            with self._lock:
                self._running -= 1
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, result, value, error)

        threading.Thread(target=work, name="user-code", daemon=True).start()
        async with asyncio.timeout(limit_s):
            return await result


def _outcome(call: Callable[[], Any], limit_s: float) -> tuple[Any, Exception | None]:
    try:
        value = call()
        if inspect.isawaitable(value):
            value = asyncio.run(_awaited(value, limit_s))
    except StopIteration as exc:  # no future takes it
        return None, UserCallError(f"it raised {type(exc).__name__}")
    except Exception as exc:  # noqa: BLE001  # the caller judges it
        return None, exc
    except BaseException as exc:  # noqa: BLE001  # nobody ends the router or its task with it
        return None, UserCallError(f"it raised {type(exc).__name__}")
    return value, None


async def _awaited(value: Awaitable[Any], limit_s: float) -> Any:
    async with asyncio.timeout(limit_s):
        return await value


def _settle(result: asyncio.Future[Any], value: Any, error: Exception | None) -> None:
    if result.done():
        return  # nobody waits any more
    if error is None:
        result.set_result(value)
    else:
        result.set_exception(error)
