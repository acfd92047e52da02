"""`POST /v1/chat/completions`: the router for agents that speak OpenAI's protocol.

The request becomes a Messages request and takes the way of all others: the same rules, providers,
fallbacks and records.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.faces.errors import error_body
from ccr_desktop.core.faces.openai_chat.answer import ChunkStream, completion
from ccr_desktop.core.faces.openai_chat.request import read_request
from ccr_desktop.core.faces.wishes import fit_for_anthropic
from ccr_desktop.core.protocol.json import dumps_safe, loads_lenient
from ccr_desktop.core.protocol.messages import parse_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.failures import Failure

_OPENAI_HEADERS = ("openai-", "x-stainless-", "authorization", "content-", "accept-encoding")


class ChatFace:
    """The answer to one request as Chat Completions."""

    def __init__(self, *, wants_usage: bool) -> None:
        self._created_s = int(time.time())
        self._stream = ChunkStream(created_s=self._created_s, wants_usage=wants_usage)

    def whole(self, body: bytes) -> bytes:
        return dumps_safe(completion(loads_lenient(body), created_s=self._created_s))

    def feed(self, chunk: bytes) -> bytes:
        return self._stream.feed(chunk)

    def failed(self, failure: Failure) -> bytes:
        return b"data: %b\n\n" % dumps_safe(error_body(failure))


def chat_exchange(
    raw: bytes, headers: Mapping[str, str], request_id: str
) -> tuple[Exchange, ChatFace]:
    """The request in the router's terms, and how its answer is put."""
    asked = read_request(parse_body(raw))
    told = passed_headers(headers)
    exchange = Exchange(raw=dumps_safe(asked.body), headers=told, id=request_id, is_foreign=True)
    return exchange, ChatFace(wants_usage=asked.wants_usage)


def passed_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The client's headers, in lower case, without those that only concern OpenAI."""
    return {
        name.lower(): value
        for name, value in headers.items()
        if not name.lower().startswith(_OPENAI_HEADERS)
    }


def fit_to_routes(exchange: Exchange, config: Config) -> None:
    """Change what an Anthropic endpoint would refuse, once it is known that one may answer."""
    if exchange.decision is None:
        return
    routes = (exchange.decision.route, *exchange.decision.fallbacks)
    found = (config.providers.get(route.provider) for route in routes)
    if any(provider is not None and provider.dialect == "anthropic" for provider in found):
        exchange.body = fit_for_anthropic(exchange.body)
        exchange.raw = dumps_safe(exchange.body)
