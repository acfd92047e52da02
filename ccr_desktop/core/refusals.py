"""What was refused of requests, and is left out of those that follow."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.protocol.json import JsonObject

_KEPT = 200
_KEPT_S = 3600.0
"""A server may be given another model, or learn what it did not know, at any time."""


class Refused(Protocol):
    """What was refused of a request, which is sent without it."""

    left_out: list[str]
    """What of that the request held, in words."""

    def __bool__(self) -> bool: ...
    def body(self, body: JsonObject) -> JsonObject: ...
    def headers(self, headers: Mapping[str, str]) -> Mapping[str, str]: ...
    def learns(self, refusal: bytes, body: JsonObject, headers: Mapping[str, str]) -> bool:
        """Whether *refusal* means something of the request that is left out from now on."""
        ...

    def lasting(self) -> Self:
        """For another request: what would be refused of that, too."""
        ...


class Refusals:
    """Remembers for a while what providers refuse of requests to a model, so that none is sent
    twice only to learn it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[str, ...], tuple[float, Refused]] = OrderedDict()

    def of(self, target: Target) -> Refused | None:
        """What to leave out of a request to *target* from the start."""
        key = _key(target)
        until_s, refused = self._known.get(key, (0.0, None))
        if refused is None:
            return None
        if self._clock() < until_s:
            return refused.lasting()
        del self._known[key]
        return None

    def note(self, target: Target, refused: Refused) -> None:
        """*target* has answered a request without what it refused of it."""
        if not refused.left_out or not (lasting := refused.lasting()):
            return
        key = _key(target)
        until_s, _ = self._known.pop(key, (self._clock() + _KEPT_S, None))
        self._known[key] = until_s, lasting
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def clear(self) -> None:
        """The configuration may have changed whom these names stand for."""
        self._known.clear()


def _key(target: Target) -> tuple[str, ...]:
    return target.provider, target.model, target.dialect, target.url
