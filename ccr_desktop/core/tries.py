"""Which route is asked next when one did not answer, and after which pause.

A route is asked once more when its failure may have passed in a moment; then the fallbacks come in
their order. Nothing here waits or sends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import Failover
from ccr_desktop.core.protocol.sentences import ended
from ccr_desktop.core.upstream.failures import failure_of_error
from ccr_desktop.errors import (
    CcrError,
    UpstreamError,
    UpstreamKeyMissing,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnreachable,
)

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Route
    from ccr_desktop.core.protocol.failures import Failure

RETRY_PAUSE_S = 0.3
USUAL = Failover()
_EMPTY = 402  # this account has no money left; another may have some
_CAUSES = {
    _EMPTY: "account",
    408: "timeout",
    409: "serverError",
    424: "serverError",  # Bedrock's word for a failure of the model
    425: "serverError",
    429: "rateLimit",
    504: "timeout",
}
_OF_THE_KEY = frozenset({401, _EMPTY, 403, 429})
_LASTING = frozenset({401, 403, 404})
"""A key or a name has to be mended first. Claude Code asks ten times again after 401."""


@dataclass(frozen=True, slots=True)
class Try:
    """The next request: to `route`, after `pause_s` seconds, with another key of its pool."""

    route: Route
    pause_s: float = 0.0
    needs_other_key: bool = False


class Tries:
    """The tries of one request, beginning with the first of *routes*."""

    def __init__(self, routes: Sequence[Route], failover: Failover = USUAL) -> None:
        self.failed: list[tuple[Route, CcrError]] = []
        self._routes = list(routes)
        self._failover = failover
        self._at = 0
        self._made = 1

    @property
    def route(self) -> Route:
        return self._routes[self._at]

    def after(self, error: CcrError, *, has_other_key: bool = False) -> Try | None:
        """What to try after *error*; None when nothing is left that could help."""
        self.failed.append((self.route, error))
        status = failure_of_error(error).status
        if has_other_key and status in _OF_THE_KEY:
            return Try(self.route, needs_other_key=True)
        if failure_cause(error) not in self._failover.when:
            return None
        pause_s = retry_pause_s(error, self._failover.longest_wait_s)
        if pause_s is not None and self._made < self._failover.tries:
            self._made += 1
            return Try(self.route, pause_s)
        if self._at + 1 == len(self._routes):
            return None
        self._at += 1
        self._made = 1
        return Try(self.route)

    @property
    def withheld(self) -> Route | None:
        """The next route, not asked where `Failover.when` does not name what went wrong."""
        if not self.failed or self._at + 1 == len(self._routes):
            return None
        cause = failure_cause(self.failed[-1][1])
        return self._routes[self._at + 1] if cause and cause not in self._failover.when else None

    def final_error(self) -> CcrError:
        """What the client is told, and that it need not ask again where no try could end better."""
        error = self._told()
        failed = [failure_of_error(one).status for _, one in self.failed]
        if isinstance(error, UpstreamRejected) and _LASTING.issuperset(failed):
            error.headers = {"x-should-retry": "false", **error.headers}
        return error

    def _told(self) -> CcrError:
        """The first failure, and what became of the other routes."""
        asked = (each for each in self.failed if not isinstance(each[1], UpstreamKeyMissing))
        first_route, first = next(asked, self.failed[0])
        others = [(route, error) for route, error in self.failed if route != first_route]
        if not others:
            return self.failed[-1][1]
        last = dict(others)
        reasons = " ".join(_told(route, error) for route, error in last.items())
        failure = failure_of_error(first)
        message = f"{ended(failure.message)} The other routes failed too. {reasons}"
        return UpstreamRejected(
            first_route.provider,
            first_route.model,
            failure.reworded(message),
            first.headers if isinstance(first, UpstreamRejected) else {},
        )


def failure_cause(error: CcrError) -> str:
    """What went wrong, as `Failover.when` calls it: nobody answered, or with a status that says
    so. Empty where no other try could end better.
    """
    match error:
        case UpstreamKeyMissing():
            return "account"  # elsewhere there may be a key
        case UpstreamRejected(failure=failure):
            return cause_of(failure)
        case UpstreamTimeout():
            return "timeout"
        case UpstreamUnreachable():
            return "connection"
        case UpstreamError():
            return "serverError"
        case _:
            return ""


def cause_of(failure: Failure) -> str:
    """The same of what a provider said itself."""
    if failure.is_empty:
        return "emptyAnswer"
    return _CAUSES.get(failure.status) or ("serverError" if failure.status >= 500 else "")


def retry_pause_s(error: CcrError, longest_s: float) -> float | None:
    """How long to wait before the same route is asked again, in seconds; None: not again.

    A provider that asks for more than *longest_s* is not waited for.
    """
    match error:
        case UpstreamTimeout():
            return None  # the user has waited for long
        case UpstreamKeyMissing():
            return None
        case UpstreamUnreachable():
            return RETRY_PAUSE_S if error.was_connected else None
        case UpstreamRejected(failure=failure, headers=headers):
            return None if failure.status == _EMPTY else _asked_pause_s(headers, longest_s)
        case _:
            return None


def _asked_pause_s(headers: Mapping[str, str], longest_s: float) -> float | None:
    if headers.get("x-should-retry") == "false":
        return None
    pause_s = _number(headers.get("retry-after-ms"), 0.001)
    pause_s = pause_s if pause_s is not None else _number(headers.get("retry-after"), 1.0)
    if pause_s is None:
        return RETRY_PAUSE_S if "retry-after" not in headers else None  # a date is far away
    return max(pause_s, RETRY_PAUSE_S) if pause_s <= longest_s else None


def _number(text: str | None, unit_s: float) -> float | None:
    try:
        return float(text) * unit_s if text else None
    except ValueError:
        return None


def short_reason(route: Route, error: CcrError) -> str:
    """A failure in a few words, without the route that it belongs to."""
    failure = failure_of_error(error)
    words = " ".join(failure.message.split())
    words = words.removeprefix(f"{route} ({failure.status}): ").removeprefix(f"{route}: ")
    return words if len(words) <= 200 else f"{words[:199]}…"


def _told(route: Route, error: CcrError) -> str:
    words = ended(short_reason(route, error))
    return f"{route} ({failure_of_error(error).status}): {words}"
