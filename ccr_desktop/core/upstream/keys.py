"""Which key of a provider's pool a request takes.

A session stays with its key, whose prompt cache knows it; sessions spread over the keys by weight,
and so do requests of no session, which take turns.
A key that was refused, or has used up its requests of this minute, rests.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import PoolKey, Provider

MINUTE_S = 60.0
REFUSED_REST_S = 600.0  # after 401 or 403: somebody must mend the key first


class KeyPools:
    """Remembers how the keys of all pools fare."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._rests_until_s: dict[str, float] = {}
        self._credits: dict[tuple[str, str], float] = defaultdict(float)
        self._used_s: dict[str, deque[float]] = defaultdict(deque)

    def choose(self, provider: Provider, session: str, refused: Collection[str] = ()) -> str | None:
        """A key for a request of *session*; None when all were *refused* to this very request.

        When all keys rest, the one that may go first is taken: perhaps it works again.
        """
        left = [key for key in provider.keys if key.key not in refused]
        if not left:
            return None
        ready = [key for key in left if self._ready_s(key) <= self._now_s()]
        if not ready:
            chosen = min(left, key=self._ready_s)
        elif session:
            chosen = max(ready, key=lambda key: _rank(key, session))
        else:
            chosen = self._next(provider.name, ready)
        if chosen.limit_per_minute:
            self._used_s[chosen.key].append(self._now_s())
        return chosen.key

    def _next(self, provider: str, ready: list[PoolKey]) -> PoolKey:
        """Smooth weighted round robin: each key saves up its weight, the richest pays for all."""
        for key in ready:
            self._credits[provider, key.key] += key.weight
        chosen = max(ready, key=lambda key: self._credits[provider, key.key])
        self._credits[provider, chosen.key] -= sum(key.weight for key in ready)
        return chosen

    def rest(self, key: str, seconds: float) -> None:
        """Leave *key* alone for a while."""
        self._rests_until_s[key] = self._now_s() + seconds

    def _ready_s(self, key: PoolKey) -> float:
        rests_until = self._rests_until_s.get(key.key, 0.0)
        if not key.limit_per_minute:
            return rests_until
        used, now = self._used_s[key.key], self._now_s()
        while used and used[0] <= now - MINUTE_S:
            used.popleft()
        if len(used) < key.limit_per_minute:
            return rests_until
        return max(rests_until, used[-key.limit_per_minute] + MINUTE_S)


def _rank(key: PoolKey, session: str) -> float:
    """Weighted rendezvous: the same session prefers the same key while that is there."""
    digest = blake2b(f"{session}\n{key.key}".encode(), digest_size=8).digest()
    share = (int.from_bytes(digest) + 1) / (2**64 + 1)
    return float(share ** (1 / key.weight))
