"""Waiting for sockets with little Python between the kernel and the loop.

Words of a stream come one at a time: what `selectors` does around each call of epoll, its own
rounding and look-ups, costs as much as the call.
"""

from __future__ import annotations

import selectors
import sys
from functools import lru_cache

if sys.platform == "linux":
    import select

    class Selector(selectors.EpollSelector):
        """An `EpollSelector` whose `select` does the same in fewer steps."""

        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            """What is ready within *timeout* seconds; None waits for ever."""
            keys = self._fd_to_key  # type: ignore[attr-defined]  # private, as is the next
            wait_s = -1 if timeout is None else max(timeout, 0)
            found = self._selector.poll(wait_s, max(len(keys), 1))  # type: ignore[attr-defined]
            return [
                (key, key.events & _events(what)) for fd, what in found if (key := keys.get(fd))
            ]

    @lru_cache
    def _events(what: int) -> int:
        """Epoll's bits as those of `selectors`; an error or the end is for readers and writers."""
        is_read = selectors.EVENT_READ if what & ~select.EPOLLOUT else 0
        return is_read | (selectors.EVENT_WRITE if what & ~select.EPOLLIN else 0)

else:
    Selector = selectors.DefaultSelector
