"""Which vocabulary the tokens of a request are counted by, and counting without holding others up.

Each window is compared with the count of its own model. Thresholds are asked before a model is
chosen: they are compared with the count of the default route's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ccr_desktop.core.config.routes import parse_route
from ccr_desktop.core.config.schema import DEFAULT_ENCODING
from ccr_desktop.core.routing.tokens import TokenCounter

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Config, Route
    from ccr_desktop.core.protocol.json import JsonObject

_INLINE_CHARS = 32 * 1024  # new text that is counted on the loop; more goes to a thread
_EXACT_CHARS = 256 * 1024  # new text that is counted exactly; of more only a part is


class Counts(NamedTuple):
    """The tokens of a request: as the default route's model counts, and by vocabulary."""

    tokens: int
    is_estimate: bool
    by_encoding: Mapping[str, int]


def encoding_of(route: Route | None, config: Config) -> str:
    """The vocabulary that the tokens of a route's model are counted by."""
    provider = config.providers.get(route.provider) if route else None
    return provider.encoding(route.model) if provider and route else DEFAULT_ENCODING


def encoding_for(model: str, config: Config) -> str:
    """The vocabulary for a request that asks for *model*: that of the route it names, if any."""
    named = parse_route(model, config.providers)
    return encoding_of(named or config.router.route("default"), config)


def tokens_for(
    route: Route, tokens: int | None, by_encoding: Mapping[str, int], config: Config
) -> int | None:
    """The *tokens* of a request as the model of *route* counts them."""
    return by_encoding.get(encoding_of(route, config), tokens) if by_encoding else tokens


class RequestCounter:
    """Counts requests by each vocabulary that a configuration wants, and remembers blocks."""

    def __init__(self) -> None:
        self._by_encoding: dict[str, TokenCounter] = {}

    def counter(self, encoding: str) -> TokenCounter:
        return self._by_encoding.setdefault(encoding, TokenCounter(encoding))

    async def count(
        self, body: JsonObject, encoding: str, enough: int, *, exactly: bool = False
    ) -> tuple[int, bool]:
        """The tokens of a request, and whether they are an estimate, exact up to *enough*."""
        counter = self.counter(encoding)
        survey = counter.survey(body)
        if survey.unknown_chars > _EXACT_CHARS and not exactly:
            return await asyncio.to_thread(counter.estimate, survey, enough), True
        if survey.unknown_chars > _INLINE_CHARS:
            return await asyncio.to_thread(counter.count, survey), False
        return counter.count(survey), False

    def count_now(self, body: JsonObject, config: Config) -> int:
        """All tokens of a request as the default route's model counts them. May take a while."""
        counter = self.counter(encoding_of(config.router.route("default"), config))
        return counter.count(counter.survey(body))

    async def count_all(self, body: JsonObject, config: Config, *, exactly: bool = False) -> Counts:
        """By every vocabulary that a model of *config* counts by: almost always that is one."""
        enough = config.router.long_context_threshold
        main = encoding_of(config.router.route("default"), config)
        tokens, is_estimate = await self.count(body, main, enough, exactly=exactly)
        by_encoding = {main: tokens}
        for encoding in _encodings(config) - {main}:
            by_encoding[encoding], _ = await self.count(body, encoding, enough, exactly=exactly)
        return Counts(tokens, is_estimate, by_encoding if len(by_encoding) > 1 else {})


def _encodings(config: Config) -> frozenset[str]:
    wanted = [name for p in config.providers.values() for name in p.encodings.values()]
    has_others = any("" not in provider.encodings for provider in config.providers.values())
    return frozenset([*wanted, DEFAULT_ENCODING] if has_others else wanted)
