"""What happens in the service, as values that others may react to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeEnded:
    """A request was answered, failed or was given up by the client.

    Times are in seconds since the request had been read; `first_s` is when the first bytes of
    the answer were ready, None when there were none; `ended_s` is the time of day, in seconds
    since the epoch. `usage` has Anthropic's members.
    """

    request_id: str
    session_id: str
    model: str
    route: str
    scenario: str
    reason: str
    status: int
    is_stream: bool
    duration_s: float
    first_s: float | None
    usage: JsonObject
    error: str = ""
    ended_s: float = field(default_factory=time.time)


Event = ExchangeEnded
Subscriber = Callable[[Event], None]
