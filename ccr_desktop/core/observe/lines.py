"""Events in words: the lines of the log that people read."""

from __future__ import annotations

import logging
import math
import time
from functools import singledispatch

from ccr_desktop.core.observe.events import (
    AnswerBegan,
    AttemptFailed,
    ConfigRejected,
    ConfigReloaded,
    Event,
    ExchangeEnded,
    FellBack,
    ProviderPaused,
    ProviderResumed,
    RouteChosen,
    RoutingPaused,
    RoutingResumed,
)
from ccr_desktop.core.protocol.sentences import ended
from ccr_desktop.errors import few


def event_level(event: Event) -> int:
    """How much an event matters, as a level of `logging`."""
    match event:
        case RouteChosen() | AnswerBegan():
            return logging.DEBUG
        case ExchangeEnded():
            return logging.INFO if event.status < 400 and not event.error else logging.WARNING
        case ConfigReloaded() | RoutingPaused() | RoutingResumed() | ProviderResumed():
            return logging.INFO
        case ConfigRejected():
            return logging.ERROR
        case AttemptFailed() | FellBack() | ProviderPaused():
            return logging.WARNING


def event_line(event: Event) -> str:
    """One line: models and errors may hold line ends."""
    return " ".join(_words(event).splitlines())


@singledispatch
def _words(event: Event) -> str:
    return str(event)


@_words.register
def _(event: RouteChosen) -> str:
    told = event.decision.as_json()
    looked = "; ".join(f"{step['rule']}: {step['reason']}" for step in told["trace"])
    return f"{event.request_id} {event.model} -> {told['route']} ({told['scenario']}) [{looked}]"


@_words.register
def _(event: AttemptFailed) -> str:
    again = event.retry_in_s is not None
    reason = f"{ended(event.reason)} Once more in {event.retry_in_s:g} s" if again else event.reason
    return f"{event.request_id} {event.route} failed ({event.status}): {reason}"


@_words.register
def _(event: AnswerBegan) -> str:
    return f"{event.request_id} {event.route} answers after {event.first_s:.3f}s"


@_words.register
def _(event: FellBack) -> str:
    return f"{event.request_id} {event.to_route} is asked instead of {event.from_route}"


@_words.register
def _(event: ExchangeEnded) -> str:
    first = "-" if event.first_s is None else f"{event.first_s:.3f}s"
    tries = (f"{attempt.route} ({attempt.status}: {attempt.reason})" for attempt in event.attempts)
    return (
        f"{event.request_id} {event.model} -> {event.route} ({event.scenario}: {event.reason}) "
        f"{event.status} {'stream' if event.is_stream else 'json'} first={first} "
        f"total={event.duration_s:.3f}s in={event.usage.get('input_tokens', '-')} "
        f"out={event.usage.get('output_tokens', '-')}"
        f"{' images: ' + event.image_agent if event.image_agent else ''}"
        f"{' without: ' + ', '.join(event.left_out) if event.left_out else ''}"
        f"{' after ' + ', '.join(tries) if event.attempts else ''}"
        f"{f' error={event.error}' if event.error else ''}"
    )


@_words.register
def _(event: ConfigReloaded) -> str:
    notes = f" ({' '.join(few(event.notes))})" if event.notes else ""
    return f"the configuration {event.source} is in force{notes}"


@_words.register
def _(event: ConfigRejected) -> str:
    problems = " ".join(few(event.problems))
    return f"the configuration {event.source} can't be used, the old one stays: {problems}"


@_words.register
def _(event: RoutingPaused) -> str:
    end = _clock(event.until_s) if math.isfinite(event.until_s) else "it is resumed"
    return f"routing is paused until {end}: the default route answers everything"


@_words.register
def _(_: RoutingResumed) -> str:
    return "routing goes on"


@_words.register
def _(event: ProviderPaused) -> str:
    return (
        f"{event.provider} is left alone until {_clock(event.until_s)} after {event.failures} "
        f"failures in a row: {event.reason}"
    )


@_words.register
def _(event: ProviderResumed) -> str:
    return f"{event.provider} is asked again"


def _clock(at_s: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(at_s))
