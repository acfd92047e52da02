"""One request on its way through the service, and what sessions leave behind."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.core.ids import new_id

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision

_SESSIONS = 1000


@dataclass(slots=True, kw_only=True)
class Exchange:
    """A request and what became of it. Header names are lower-case.

    `body`, `session_id` and `decision` are there once it was routed, `reply_headers` once a
    provider answered, `failure` when the answer broke off after it had begun.
    """

    raw: bytes
    headers: Mapping[str, str]
    query: str = ""
    id: str = field(default_factory=lambda: new_id("req"))
    started_s: float = field(default_factory=time.monotonic)
    body: JsonObject = field(default_factory=dict)
    session_id: str = ""
    decision: Decision | None = None
    first_s: float | None = None
    reply_headers: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None

    @property
    def is_stream(self) -> bool:
        return self.body.get("stream") is True

    @property
    def age_s(self) -> float:
        return time.monotonic() - self.started_s

    def note_first(self) -> None:
        """The first bytes of the answer are ready."""
        if self.first_s is None:
            self.first_s = self.age_s


class SessionMemory:
    """The size of each session's last prompt, in tokens, for the most recent sessions."""

    def __init__(self) -> None:
        self._prompts: OrderedDict[str, int] = OrderedDict()

    def last_prompt(self, session: str) -> int:
        return self._prompts.get(session, 0)

    def note(self, session: str, tokens: int) -> None:
        if not session or not tokens:
            return
        self._prompts[session] = tokens
        self._prompts.move_to_end(session)
        if len(self._prompts) > _SESSIONS:
            self._prompts.popitem(last=False)
