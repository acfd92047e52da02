"""What became of an exchange, for the record of it that is published at the end."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

from ccr_desktop.core.observe.events import AttemptFailed, ExchangeEnded
from ccr_desktop.core.protocol.failures import Failure
from ccr_desktop.core.tries import cause_of, failure_cause, short_reason
from ccr_desktop.core.upstream.failures import failure_of_error, secrets_of
from ccr_desktop.errors import CcrError, UpstreamError, UpstreamKeyMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccr_desktop.core.attempt import Attempt
    from ccr_desktop.core.config.schema import Route
    from ccr_desktop.core.exchange import Exchange
    from ccr_desktop.core.protocol.json import JsonObject

log = logging.getLogger(__name__)

GONE = 499  # the status that logs give to a request that was given up, by its client or here


class Outcome:
    """How an exchange went, as far as it came; handed to *record* at last, however it ends."""

    def __init__(self, exchange: Exchange, record: Callable[[Outcome], None]) -> None:
        self.exchange = exchange
        self.attempt: Attempt | None = None
        self.failure: Failure | None = None
        self._record = record

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is not None:
            self.note(_failure_at_end(error, self.exchange.stop_reason))
        self._record(self)

    def note(self, failure: Failure) -> None:
        self.failure = self.failure or failure

    def note_in_band(self, error: Exception) -> Failure:
        """The answer broke off with *error*; the failure is what its client is told."""
        route = self.exchange.route
        if isinstance(error, UpstreamError) and route:
            self.exchange.last_failure = failed_attempt(self.exchange, route, error)
        failure = _failure_in_band(error)
        self.note(failure)
        return failure

    def _broken(self) -> AttemptFailed | None:
        """How the provider failed after its answer had begun, if it says so itself."""
        if self.attempt is None or self.attempt.failure is None or self.failure:
            return None
        failure = self.attempt.failure.without(secrets_of(self.attempt.target))
        return AttemptFailed(
            request_id=self.exchange.id,
            route=str(self.exchange.route),
            status=failure.status,
            reason=failure.message,
            retry_after_s=failure.retry_after_s,
            cause=cause_of(failure),
        )

    @property
    def usage(self) -> JsonObject:
        return self.attempt.usage if self.attempt else {}

    def ended(self) -> ExchangeEnded:
        """The event that says it all."""
        exchange, failure, decision = self.exchange, self.failure, self.exchange.decision
        if self.attempt and self.attempt.failure and not failure:
            failure = self.attempt.failure.without(secrets_of(self.attempt.target))
        route = exchange.route or (decision.route if decision else "")
        return ExchangeEnded(
            request_id=exchange.id,
            session_id=exchange.session_id,
            model=str(exchange.body.get("model")),
            route=str(route),
            scenario=decision.scenario if decision else "",
            reason=decision.reason if decision else "",
            status=failure.status if failure else 200,
            is_stream=exchange.is_stream,
            duration_s=exchange.age_s,
            first_s=exchange.first_s,
            usage=self.usage,
            error=failure.message if failure else "",
            is_aside=exchange.is_aside,
            attempts=tuple(exchange.failed),
            last_failure=exchange.last_failure or self._broken(),
            withheld=str(exchange.withheld or ""),
            image_agent=exchange.agent.summary if exchange.agent else "",
            refused_by=exchange.refused_by,
            folder=exchange.folder,
            left_out=tuple(self.attempt.refused.left_out) if self.attempt else (),
        )


def _failure_at_end(error: BaseException, stop_reason: str) -> Failure:
    """What the record says of the exception that ended an exchange."""
    match error:
        case CcrError():
            return failure_of_error(error)
        case asyncio.CancelledError() | GeneratorExit():
            return Failure(GONE, "", stop_reason or str(error) or "the client went away")
        case _:
            return Failure.of(500, "the router failed")


def _failure_in_band(error: Exception) -> Failure:
    """For the stream that broke; what is not ours to tell is in the log."""
    if isinstance(error, CcrError):
        return failure_of_error(error)
    log.error("the answer could not be translated", exc_info=error)
    return Failure.of(500, "the router failed on this answer; its log says more")


def failed_attempt(
    exchange: Exchange, route: Route, error: CcrError, retry_in_s: float | None = None
) -> AttemptFailed:
    """How *route* failed with *error*."""
    failure = failure_of_error(error)
    return AttemptFailed(
        request_id=exchange.id,
        route=str(route),
        status=failure.status,
        reason=short_reason(route, error),
        retry_in_s=retry_in_s,
        retry_after_s=failure.retry_after_s,
        is_skipped=isinstance(error, UpstreamKeyMissing) and error.is_awaited,
        unasked=_unasked(error),
        cause=failure_cause(error),
    )


def _unasked(error: CcrError) -> str:
    if not isinstance(error, UpstreamKeyMissing):
        return ""
    return "awaited" if error.is_awaited else "no-key"


def skipped_attempt(exchange: Exchange, route: Route) -> AttemptFailed:
    """That nobody asked *route*: its provider is switched off, or left alone after failures."""
    provider = exchange.config.providers.get(route.provider) if exchange.config else None
    is_off = provider is not None and provider.paused
    return AttemptFailed(
        request_id=exchange.id,
        route=str(route),
        status=503,
        reason=f"{route.provider} is {'switched off' if is_off else 'left alone after failures'}",
        is_skipped=True,
        unasked="off" if is_off else "resting",
    )
