"""What is told of the service, and how its own endings are answered. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.server.neighbours import PortConflict

PAUSES_S = (1.0, 5.0, 20.0)
STEADY_S = 600.0  # after so long a run, an ending is the first again


class Phase(Enum):
    OFF = "off"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ServiceState:
    """`since_s` is the time of day when the phase began; `restarts` are those without a user.

    While it starts again by itself, the problem says why.
    """

    phase: Phase = Phase.OFF
    url: str = ""
    problem_title: str = ""
    problem_text: str = ""
    since_s: float = 0.0
    restarts: int = 0
    conflict: PortConflict | None = None


class Patience:
    """How often, and after which pause, a service that ended by itself is started again."""

    def __init__(self, pauses_s: tuple[float, ...] = PAUSES_S) -> None:
        self._pauses_s = pauses_s
        self.restarts = 0

    def next_pause(self, ran_s: float) -> float | None:
        """The pause before the next start after a run of that length; None: it is enough."""
        if ran_s >= STEADY_S:
            self.restarts = 0
        if self.restarts == len(self._pauses_s):
            return None
        self.restarts += 1
        return self._pauses_s[self.restarts - 1]
