"""One request on its way through the service, and what sessions leave behind."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.core.ids import new_id
from ccr_desktop.core.routing.subagents import is_subagent
from ccr_desktop.core.routing.turn import folder_of

if TYPE_CHECKING:
    from ccr_desktop.core.agents.image_agent import ImageAgent
    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.observe.asked import Asked
    from ccr_desktop.core.observe.events import AttemptFailed
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision
    from ccr_desktop.core.routing.unknown import Fact
    from ccr_desktop.core.transformers.registry import Transformers

_SESSIONS = 1000


@dataclass(slots=True, kw_only=True)
class Exchange:
    """A request and what became of it. Header names are lower-case.

    `config` and `transformers` are those in force when it came. `body`, `session_id` and
    `decision` are there once it was routed, `route` and `try_began_s` (in seconds of the exchange's
    age) while a route is asked, `failed` lists those that did not answer, `reply_headers` are
    there once a provider answered, `failure` when the answer broke off after it had begun.
    """

    raw: bytes
    headers: Mapping[str, str]
    query: str = ""
    id: str = field(default_factory=lambda: new_id("req"))
    started_s: float = field(default_factory=time.monotonic)
    body: JsonObject = field(default_factory=dict)
    session_id: str = ""
    config: Config | None = None
    transformers: Transformers | None = None
    decision: Decision | None = None
    unknown: frozenset[Fact] = frozenset()
    """What nobody knows of it: it is only supposed."""
    asked_at_s: float | None = None
    """When a supposed one was asked, in seconds since 1970; None: now."""
    asked: Asked | None = None
    """What may be kept of it, for those who watch."""
    refused_by: str = ""
    """The place of the own rule that refused it."""
    folder: str = ""
    """Where the client works, for those who watch; empty when that is not known."""
    route: Route | None = None
    key: str = field(default="", repr=False)
    """The key of a pool that the present try uses."""
    refused_keys: set[str] = field(default_factory=set, repr=False)
    try_began_s: float = 0.0
    failed: list[AttemptFailed] = field(default_factory=list)
    last_failure: AttemptFailed | None = None
    """How the route that was asked last failed, when nothing was left to try."""
    withheld: Route | None = None
    """A backup that was not asked then, as the settings say."""
    first_s: float | None = None
    has_sent: bool = False
    """Whether the client has got anything, be it pings."""
    has_begun: bool = False
    """Whether it has got more than that."""
    reply_headers: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    agent: ImageAgent | None = None
    """Who looks at pictures for the model that is asked."""
    stop_reason: str = ""
    """Why it was ended here, though its client still waits."""
    is_foreign: bool = False
    """Whether the client speaks another protocol, and gets its answer in that."""
    is_side: bool = False
    """Whether the router asks this itself, for another request."""

    @property
    def is_stream(self) -> bool:
        return self.body.get("stream") is True

    @property
    def is_aside(self) -> bool:
        """Whether a sub-agent asks, or it is housekeeping: not the conversation that people see.

        Every turn of Claude Code's conversation offers tools; titles and summaries do without.
        """
        return not self.body.get("tools") or is_subagent(self.body, self.headers)

    @property
    def age_s(self) -> float:
        return time.monotonic() - self.started_s

    @property
    def try_age_s(self) -> float:
        """How long the present route is being asked."""
        return self.age_s - self.try_began_s


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


class SessionPlaces:
    """Where sessions work, for those who watch: looked for once a session, as it takes time."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, str] = OrderedDict()

    def of(self, session: str, body: JsonObject) -> str:
        """The folder, from the first request of the conversation itself; empty: not known."""
        place = self._places.get(session)
        if place is None and session and body.get("tools"):
            place = self._places[session] = str(folder_of(body) or "")
            if len(self._places) > _SESSIONS:
                self._places.popitem(last=False)
        return place or ""
