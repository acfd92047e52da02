"""From the bytes of a request to the decision which route serves it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ccr_desktop.core.exchange import Exchange, SessionMemory
from ccr_desktop.core.protocol.checks import check_request
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.routing.router import decide, needs_count
from ccr_desktop.core.routing.tokens import TokenCounter
from ccr_desktop.core.routing.turn import RequestFacts, session_id

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.routing.decision import Decision

_INLINE_CHARS = 32 * 1024  # new text that is counted on the loop; more goes to a thread
_EXACT_CHARS = 256 * 1024  # new text that is counted exactly; of more only a part is


class Planner:
    """Decides for requests; remembers what sessions and repeated texts teach it."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.sessions = SessionMemory()
        self._counter = TokenCounter()

    async def plan(self, exchange: Exchange) -> Decision:
        """Read the body and decide; both are kept in *exchange*."""
        exchange.body = parse_body(exchange.raw)
        check_request(exchange.body)
        exchange.session_id = session_id(exchange.body, exchange.headers)
        exchange.decision = decide(await self._facts(exchange), self.config)
        return exchange.decision

    async def count(self, body: JsonObject, *, exactly: bool = False) -> tuple[int, bool]:
        """The tokens of a request, and whether they are an estimate."""
        survey = self._counter.survey(body)
        if survey.unknown_chars > _EXACT_CHARS and not exactly:
            enough = self.config.router.long_context_threshold
            return await asyncio.to_thread(self._counter.estimate, survey, enough), True
        if survey.unknown_chars > _INLINE_CHARS:
            return await asyncio.to_thread(self._counter.count, survey), False
        return self._counter.count(survey), False

    async def _facts(self, exchange: Exchange) -> RequestFacts:
        body, headers = exchange.body, exchange.headers
        last_prompt = self.sessions.last_prompt(exchange.session_id)
        if not needs_count(self.config, exchange.raw, last_prompt):
            return RequestFacts(body, headers, last_prompt=last_prompt)
        tokens, is_estimate = await self.count(body)
        return RequestFacts(body, headers, tokens, is_estimate, last_prompt)
