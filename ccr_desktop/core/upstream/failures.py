"""Providers' refusals, and every error of ours, as the failure that the client reads."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.abilities import lacking, misplaced, unaccepted
from ccr_desktop.core.protocol.failures import Failure, masked_json, read_failure, redact
from ccr_desktop.core.protocol.json import JSONDecodeError, loads_lenient
from ccr_desktop.core.protocol.masking import hide, secrets_in_address
from ccr_desktop.core.protocol.sentences import ended
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
    from ccr_desktop.core.upstream.reply import Reply

_PASSED = frozenset({"retry-after", "retry-after-ms", "x-should-retry"})
_PASSED_PREFIXES = ("anthropic-", "x-ratelimit-")
_HINTS = {
    401: "Check the api_key of this provider.",
    402: "Check the balance of this account.",
    403: "Check that this key may use this model.",
    404: "Check api_base_url and the name of the model.",
    413: "Shorten the conversation (/compact), or choose a model that takes more.",
    429: "Wait a little, or choose another model.",
}
_SHORTEST_SECRET = 8  # in headers, where a number could be taken for a short one
_LONG = 16  # the words of a header are secrets from here on; the whole value always is
_RETRY_HINT = "Try again, or choose another model."
_SIGN_IN = re.compile("x-api-key", re.IGNORECASE)
"""Claude Code takes an error with this word for its own sign-in, and says no more than to run
`/login`. It is Anthropic's for a wrong key."""


def timed_out(target: Target, reason: str) -> UpstreamTimeout:
    """The error for a phase that took too long."""
    title = f"{target.label} timed out"
    remedy = "Try again, choose another model, or raise the provider's timeout."
    return UpstreamTimeout(target.provider, target.model, title, f"{reason}. {remedy}")


def passed_headers(headers: Mapping[str, str], target: Target) -> dict[str, str]:
    """The provider's headers that a client steers its retries and displays by, without keys."""
    passed = {
        name: value
        for name, value in headers.items()
        if (name in _PASSED or name.startswith(_PASSED_PREFIXES))
        and value.isascii()
        and value.isprintable()
    }
    secrets = secrets_of(target) if passed else ()
    return {
        name: redact(hide(value, secrets)) if len(value) >= _SHORTEST_SECRET else value
        for name, value in passed.items()
    }


def refusal(target: Target, reply: Reply, body: bytes) -> UpstreamRejected:
    """The error for an answer whose status is none of success."""
    if reply.status < 400:
        redirected = rejection(target, _redirection(reply, target), reply)
        redirected.headers = {**redirected.headers, "x-should-retry": "false"}
        return redirected
    failure = read_failure(body, reply.status)
    raw = masked_json(body, secrets_of(target)) if target.dialect == "anthropic" else b""
    is_as_it_is = _is_envelope(raw) and not _SIGN_IN.search(failure.message)
    return rejection(target, failure, reply, raw if is_as_it_is else None)


def _redirection(reply: Reply, target: Target) -> Failure:
    """Not followed: the key would go to an address that nobody configured."""
    place = redact(hide(reply.headers.get("location", "nowhere"), secrets_of(target)))[:200]
    return replace(Failure.of(502, f"it redirects to {place}"), remedy="Check api_base_url.")


def rejection(
    target: Target, failure: Failure, reply: Reply, raw: bytes | None = None
) -> UpstreamRejected:
    """The error for a failure that a provider reported, in its status or inside its answer."""
    headers = passed_headers(reply.headers, target)
    if failure.retry_after_s is not None:
        headers.setdefault("retry-after", str(math.ceil(failure.retry_after_s)))
    return UpstreamRejected(
        target.provider, target.model, named(failure, target, failure.status), headers, raw
    )


def named(failure: Failure, target: Target, status: int | None = None) -> Failure:
    """The failure with who failed and what can be done; a key that the provider repeats is gone."""
    name = target.label
    failure = failure.without(secrets_of(target))
    message = _SIGN_IN.sub("API key", failure.message)
    if message.startswith(name):
        return failure
    hint = _hint(failure)
    message = f"{ended(message)} {hint}" if hint else message
    shown = f"{name} ({status})" if status and not failure.remedy else name
    return failure.reworded(message).prefixed(shown)


def _hint(failure: Failure) -> str:
    """What can be done about it; empty where nobody knows."""
    hint = failure.remedy or lacking(failure.message)
    if failure.status in {400, 403}:
        hint = hint or misplaced(failure.message)
    if failure.status == 403:
        hint = hint or unaccepted(failure.message)
    hint = hint or _HINTS.get(failure.status, "")
    return hint or (_RETRY_HINT if failure.status >= 500 else "")


def secrets_of(target: Target) -> list[str]:
    """What a provider may repeat of what it was sent."""
    values = [target.api_key, *target.headers.values(), *secrets_in_address(target.url)]
    tokens = [value.partition(" ")[2].strip() for value in target.headers.values()]
    return [*filter(None, values), *(token for token in tokens if len(token) >= _LONG)]


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
    """Whether a body is an error in Anthropic's own shape, which clients get as it is."""
    try:
        payload = loads_lenient(body)
    except JSONDecodeError:
        return False
    match payload:
        case {"type": "error", "error": {"type": str(), "message": str()}}:
            return True
        case _:
            return False
