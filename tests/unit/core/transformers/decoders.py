"""A decoder that says what it is told to."""

from collections.abc import Sequence
from typing import Any

from ccr_desktop.core.protocol.deltas import Delta, DeltaRun
from ccr_desktop.core.protocol.sse import Events, SseEvent

EVENT = SseEvent("", b"{}")


class Scripted:
    """Gives the same deltas for every event, for the whole answer, and at the end."""

    is_done = False

    def __init__(self, deltas: Sequence[Delta]) -> None:
        self._deltas = list(deltas)

    def feed(self, _event: SseEvent) -> list[Delta]:
        return list(self._deltas)

    def feed_run(self, _events: Events, _start: int) -> DeltaRun | None:
        raise AssertionError("filters see every delta")

    def finish(self) -> list[Delta]:
        return list(self._deltas)

    def decode(self, _payload: Any) -> list[Delta]:
        return list(self._deltas)
