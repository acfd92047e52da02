"""What a wire format has to offer.

A dialect is a stateless object; what one answer needs to remember lives in the decoder that
`decoder` returns.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.deltas import Delta, DeltaRun
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.protocol.sse import Events, SseEvent
    from ccr_desktop.core.providers.profile import Profile
    from ccr_desktop.core.providers.web_search import SearchWish


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes: a model of a provider. `url` is the complete endpoint."""

    provider: str
    model: str
    url: str
    api_key: str
    profile: Profile
    dialect: str = "openai-chat"
    headers: Mapping[str, str] = field(default_factory=dict)
    bearer: bool = False
    """Whether an Anthropic endpoint wants `Authorization: Bearer` instead of `x-api-key`."""
    context_window: int | None = None
    """How much the model takes, in tokens, as the configuration says."""
    search: SearchWish | None = None
    """The web search that the request asks for."""

    @property
    def label(self) -> str:
        """As a route names it; no model is asked for the list of them."""
        return f"{self.provider},{self.model}" if self.model else self.provider


@dataclass(frozen=True, slots=True)
class Encoded:
    """A request in the provider's protocol, with the way back for tool names."""

    body: JsonObject
    client_name: Callable[[str], str] = str
    is_stream: bool = False
    """For protocols whose address says whether the answer is streamed."""


class ClientNames:
    """The client's names of tools, for those that the provider knows from a request.

    An answer has these and not what made the request: two that know each other would wait for
    the garbage collector, with all that was sent.
    """

    def __init__(self) -> None:
        self.encoded: Encoded | None = None
        """There once the request was made."""

    def __call__(self, name: str) -> str:
        return self.encoded.client_name(name) if self.encoded else name


@dataclass(frozen=True, slots=True)
class UpstreamCall:
    """One HTTP request to a provider. Change it with `dataclasses.replace`."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class UpstreamAnswer:
    """A complete answer to an `UpstreamCall`. Header names are lower-case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


Fetch = Callable[[UpstreamCall], Awaitable[UpstreamAnswer]]
"""Makes a small request by the service's own connections, time-outs and proxy."""


class StreamDecoder(Protocol):
    """Decodes one answer."""

    @property
    def is_done(self) -> bool:
        """Whether the provider has announced the end."""
        ...

    def feed(self, event: SseEvent) -> list[Delta]:
        """The deltas in one event of a streamed answer."""
        ...

    def feed_run(self, events: Events, start: int) -> DeltaRun | None:
        """Many events at once, from *start* on, where that is cheaper; None where it is not."""
        ...

    def finish(self) -> list[Delta]:
        """What was held back until the stream ended."""
        ...

    def decode(self, payload: Any) -> list[Delta]:
        """The deltas in a complete JSON answer."""
        ...


class Dialect(Protocol):
    """A wire format that requests are translated to."""

    name: str

    def encode(self, body: JsonObject, target: Target, session_id: str) -> Encoded: ...

    def call(self, encoded: Encoded, target: Target) -> UpstreamCall: ...

    def decoder(self, target: Target) -> StreamDecoder: ...
