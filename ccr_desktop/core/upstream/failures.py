"""Providers' refusals, and every error of ours, as the failure that the client reads."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.failures import Failure, read_failure
from ccr_desktop.errors import (
    CcrError,
    ClientError,
    RoutingError,
    UpstreamError,
    UpstreamRejected,
    UpstreamTimeout,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.dialects.base import Target
    from ccr_desktop.core.upstream.client import Reply

_PASSED = frozenset({"retry-after", "retry-after-ms", "x-should-retry"})
_PASSED_PREFIXES = ("anthropic-", "x-ratelimit-")
_HINTS = {
    401: "Check the api_key of this provider.",
    402: "Check the balance of this account.",
    403: "Check that this key may use this model.",
    404: "Check api_base_url and the name of the model.",
}


def passed_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The provider's headers that a client steers its retries and displays by."""
    return {
        name: value
        for name, value in headers.items()
        if name in _PASSED or name.startswith(_PASSED_PREFIXES)
    }


def refusal(target: Target, reply: Reply, body: bytes) -> UpstreamRejected:
    """The error for an answer whose status is none of success."""
    status = reply.status if reply.status >= 400 else 502
    failure = read_failure(body, status)
    raw = body if target.dialect == "anthropic" and _is_envelope(body) else None
    return rejection(target, failure, reply, raw)


def rejection(
    target: Target, failure: Failure, reply: Reply, raw: bytes | None = None
) -> UpstreamRejected:
    """The error for a failure that a provider reported, in its status or inside its answer."""
    headers = passed_headers(reply.headers)
    if failure.retry_after_s is not None:
        headers.setdefault("retry-after", str(math.ceil(failure.retry_after_s)))
    named = failure.prefixed(f"{target.provider},{target.model} ({failure.status})")
    hint = _HINTS.get(failure.status, "")
    if hint:
        named = Failure(named.status, named.type, f"{named.message} {hint}", named.retry_after_s)
    return UpstreamRejected(target.provider, target.model, named, headers, raw)


def failure_of_error(error: CcrError) -> Failure:
    """What the client is told of an error of ours."""
    match error:
        case UpstreamRejected(failure=failure):
            return failure
        case ClientError(status=status):
            return Failure.of(status, _sentence(error))
        case RoutingError():
            return Failure.of(404, _sentence(error))
        case UpstreamTimeout():
            return Failure.of(504, _sentence(error))
        case UpstreamError():
            return Failure(502, "api_error", _sentence(error))
        case _:
            return Failure.of(500, _sentence(error))


def _sentence(error: CcrError) -> str:
    return f"{error.title}: {error.message}" if error.message else error.title


def _is_envelope(body: bytes) -> bool:
    return body.lstrip().startswith(b"{") and b'"error"' in body
