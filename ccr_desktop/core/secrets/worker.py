"""Stores of keys for those who must not wait: one thread that does all calls, one after the other.

A call can take as long as a person looks for a password. Whoever is cancelled, or waits too long,
leaves it behind; a call that has not begun by then is never made.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from ccr_desktop.core.secrets.state import INSTEAD, StoreState
from ccr_desktop.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccr_desktop.core.secrets.place import MovedAll, Secrets
    from ccr_desktop.core.secrets.state import Place, StoreStatus

T = TypeVar("T")
_LIMIT_S = 20.0
_UNLOCK_LIMIT_S = 300.0  # somebody may have to find a password first


class StoreWorker:
    """The calls of `Secrets`, to be awaited."""

    def __init__(
        self,
        secrets: Secrets,
        *,
        limit_s: float = _LIMIT_S,
        unlock_limit_s: float = _UNLOCK_LIMIT_S,
    ) -> None:
        self._secrets = secrets
        self._limit_s = limit_s
        self._unlock_limit_s = unlock_limit_s
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]
        self._calls = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def get(self, name: str) -> str | None:
        return await self.run(lambda secrets: secrets.get(name))

    async def set(self, name: str, secret: str) -> None:
        await self.run(lambda secrets: secrets.set(name, secret))

    async def delete(self, name: str) -> bool:
        return await self.run(lambda secrets: secrets.delete(name))

    async def names(self, known: Iterable[str] = ()) -> list[str]:
        return await self.run(lambda secrets: secrets.names(known))

    async def describe(self) -> str:
        return await self.run(lambda secrets: secrets.describe())

    async def status(self) -> StoreStatus:
        return await self.run(lambda secrets: secrets.status())

    async def unlock(self, passphrase: str = "") -> StoreStatus:
        return await self.run(lambda secrets: secrets.unlock(passphrase), self._unlock_limit_s)

    async def use_file(self, passphrase: str = "") -> StoreStatus:
        return await self.run(lambda secrets: secrets.use_file(passphrase))

    async def move_all(
        self, to: Place, known: Iterable[str] = (), passphrase: str = ""
    ) -> MovedAll:
        return await self.run(
            lambda secrets: secrets.move_all(to, known, passphrase), self._unlock_limit_s
        )

    async def run(self, work: Callable[[Secrets], T], limit_s: float | None = None) -> T:
        """What *work* returns, done in the thread after all earlier calls.

        Raises `SecretError` when that takes too long.
        """
        result: Future[T] = Future()
        self._begin()
        self._calls.put((result, lambda: work(self._secrets)))
        try:
            async with asyncio.timeout(limit_s or self._limit_s):
                return await asyncio.wrap_future(result)
        except TimeoutError as exc:
            raise _silent() from exc

    def close(self) -> None:
        """Let the thread end after the calls that were asked for; nobody waits for it."""
        if self._thread:
            self._thread = None
            self._calls.put(None)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="keys", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while call := self._calls.get():
            result, work = call
            if not result.set_running_or_notify_cancel():
                continue
            try:
                value = work()
            except BaseException as exc:  # noqa: BLE001  # whoever waits judges it
                result.set_exception(exc)
            else:
                result.set_result(value)


def _silent() -> SecretError:
    message = "Is a window open that asks to unlock it? Answer it and try again."
    return SecretError(
        "The password store does not answer", f"{message} {INSTEAD}", state=StoreState.BROKEN
    )
