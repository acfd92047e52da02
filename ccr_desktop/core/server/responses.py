"""`POST /v1/responses`: the router for agents that speak OpenAI's newer protocol.

Nothing is stored: every request holds its whole conversation, as those with `store: false` do.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ccr_desktop.core.exchange import Exchange
from ccr_desktop.core.faces.openai_responses.answer import response
from ccr_desktop.core.faces.openai_responses.request import read_request
from ccr_desktop.core.faces.openai_responses.stream import EventStream
from ccr_desktop.core.protocol.json import dumps_safe, loads_lenient
from ccr_desktop.core.protocol.messages import parse_body
from ccr_desktop.core.server.chat import passed_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.faces.openai_responses.request import ResponsesRequest
    from ccr_desktop.core.protocol.failures import Failure


class ResponsesFace:
    """The answer to one request as the Responses API puts it."""

    def __init__(self, request: ResponsesRequest) -> None:
        self._request = request
        self._created_s = int(time.time())
        self._stream = EventStream(request, created_s=self._created_s)

    def whole(self, body: bytes) -> bytes:
        answer = response(loads_lenient(body), self._request, created_s=self._created_s)
        return dumps_safe(answer)

    def feed(self, chunk: bytes) -> bytes:
        return self._stream.feed(chunk)

    def failed(self, failure: Failure) -> bytes:
        return self._stream.failed(failure)


def responses_exchange(
    raw: bytes, headers: Mapping[str, str], request_id: str
) -> tuple[Exchange, ResponsesFace]:
    """The request in the router's terms, and how its answer is put."""
    asked = read_request(parse_body(raw))
    told = passed_headers(headers)
    exchange = Exchange(raw=dumps_safe(asked.body), headers=told, id=request_id, is_foreign=True)
    return exchange, ResponsesFace(asked)
