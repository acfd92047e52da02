"""What has passed through since the app was started: sums that no list has to be kept for."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.observe.events import ExchangeEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.observe.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Tokens as providers count them; `tokens_in` leaves out what came from the cache."""

    since_s: float = 0.0
    requests: int = 0
    failed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0


@dataclass(slots=True)
class Tally:
    """Fed with the events of the bus."""

    totals: Totals = field(default_factory=lambda: Totals(since_s=time.time()))

    def note(self, event: Event) -> None:
        if not isinstance(event, ExchangeEnded):
            return
        now, usage = self.totals, event.usage
        self.totals = replace(
            now,
            requests=now.requests + 1,
            failed=now.failed + int(event.status >= 400 and event.status != 499),
            tokens_in=now.tokens_in + tokens_in(usage),
            tokens_out=now.tokens_out + _number(usage, "output_tokens"),
            tokens_cached=now.tokens_cached + _number(usage, "cache_read_input_tokens"),
        )


def tokens_in(usage: Mapping[str, Any]) -> int:
    """New tokens of the prompt, those that were written to the cache among them."""
    return _number(usage, "input_tokens") + _number(usage, "cache_creation_input_tokens")


def _number(usage: Mapping[str, Any], name: str) -> int:
    value = usage.get(name)
    return value if isinstance(value, int) else 0
