"""Small requests that a transformer makes by itself, for example for a token."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccr_desktop.core.config.schema import Timeouts
from ccr_desktop.core.dialects.base import UpstreamAnswer
from ccr_desktop.core.upstream.failures import refusal

if TYPE_CHECKING:
    from ccr_desktop.core.dialects.base import Target, UpstreamCall
    from ccr_desktop.core.upstream.client import UpstreamClient

_TIMEOUTS = Timeouts(connect_s=10.0, first_byte_s=20.0)
_MAX_BYTES = 1024 * 1024


async def fetch(
    client: UpstreamClient, call: UpstreamCall, target: Target, proxy_url: str = ""
) -> UpstreamAnswer:
    """The answer to *call*, which is made on the way to *target*.

    What may pass is raised: no connection, a time-out, too many requests, an error of the server.
    """
    place = replace(target, url=call.url, dialect="")
    reply = await client.open(call, place, _TIMEOUTS, proxy_url)
    try:
        body = await reply.read_all(_MAX_BYTES)
        if reply.status == 429 or reply.status >= 500:
            raise refusal(place, reply, body)
        return UpstreamAnswer(reply.status, body, reply.headers)
    finally:
        reply.close()
