"""What a transformer is, and what it is told.

A transformer is an object with a `name` and some of the hooks below; none is obligatory. It is
made once for each use in a chain and shared by all requests, so it remembers nothing of any: what
one answer needs to remember lives in the filter that `open` returns.

    request(body, context)            Anthropic body -> Anthropic body
    upstream_request(body, context)   the provider's body -> the provider's body
    upstream_call(call, context)      address, headers and bytes -> a changed copy
    open(context)                     for each answer: a filter of its deltas
    profile(profile)                  facts about the provider; built-in ones only
    refused(context)                  401: whether another token will sign; built-in ones only

The first three may be async. None of them edits what it is given: another route may be tried with
the same request.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ccr_desktop.core.user_code import is_cancellation
from ccr_desktop.errors import CcrError, TransformerError

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Fetch
    from ccr_desktop.core.protocol.deltas import Delta
    from ccr_desktop.core.protocol.json import JsonObject

log = logging.getLogger(__name__)

HOOKS = ("request", "upstream_request", "upstream_call", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderInfo:
    """The provider that is asked. `url` is the complete endpoint."""

    name: str
    url: str
    dialect: str
    models: tuple[str, ...] = ()
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformContext:
    """What a transformer is told of the request. `headers` are the client's, in lower case.

    `tools` are those that the client offers, in Anthropic's format.
    """

    provider: ProviderInfo
    model: str
    scenario: str = ""
    session_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    tools: Sequence[JsonObject] = field(default=(), repr=False)
    body: JsonObject = field(default_factory=dict, repr=False)
    """The client's request; it is not to be changed."""
    request_id: str = ""
    fetch: Fetch | None = field(default=None, repr=False)
    """Makes a small request of the transformer's own; None when nothing is to be sent."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Those of this use, over those of the plugin's entry."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What the hooks of this use tell each other; it lives for one try of one request."""


class DeltaFilter(Protocol):
    """What `open` returns: it sees every delta of one answer, and says what becomes of it."""

    def feed(self, delta: Delta) -> Iterable[Delta]: ...

    def finish(self) -> Iterable[Delta]:
        """What was held back until the answer ended; it stands before the end of the message."""
        ...


@contextmanager
def failures_named(name: str, hook: str) -> Iterator[None]:
    """Whatever somebody's hook raises becomes an error that names it. Ours pass."""
    try:
        yield
    except CcrError:
        raise
    except BaseException as exc:
        if is_cancellation(exc):
            raise
        log.warning("the transformer %s failed in %s", name, hook, exc_info=exc)
        reason = f"{type(exc).__name__}: {exc}" if str(exc) else type(exc).__name__
        raise TransformerError(name, f"{hook}: {reason}") from exc
