"""Asking providers for a sign of life: any answer counts, and what its headers tell."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from ccr_desktop.core.probe import Cause, cause_of
from ccr_desktop.core.upstream.client import UpstreamClient
from ccr_desktop.core.upstream.model_list import list_call
from ccr_desktop.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.config.schema import Config, Provider

LIMIT_S = 20.0


@dataclass(frozen=True, slots=True)
class Reached:
    """`status` 0: nothing came, `problem` says why. `ahead_s`: how far our clock is ahead."""

    status: int
    seconds: float = 0.0
    problem: str = ""
    cause: Cause = Cause.NONE
    ahead_s: float | None = None


class Reaching:
    """Asks each provider once, whichever checks want to know. Create it inside the loop."""

    def __init__(self, config: Config) -> None:
        self._client = UpstreamClient(config)  # one, since certificates take a while to load
        self._asked: dict[str, asyncio.Future[Reached]] = {}

    async def reach(self, provider: Provider) -> Reached:
        """Nothing is raised for what fails. Whoever stops waiting leaves it to the others."""
        asked = self._asked.get(provider.name)
        if asked is None:
            asked = self._asked[provider.name] = asyncio.ensure_future(self._ask(provider))
        return await asyncio.shield(asked)

    async def close(self) -> None:
        for asked in self._asked.values():
            asked.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
        await self._client.close()

    async def _ask(self, provider: Provider) -> Reached:
        """Ask for the list of models, which uses no tokens."""
        call, target = list_call(provider)
        began_s = time.perf_counter()
        try:
            async with asyncio.timeout(LIMIT_S):
                reply = await self._client.open(call, target, provider.timeouts, provider.proxy_url)
        except UpstreamError as exc:
            return Reached(0, problem=exc.message.rstrip("."), cause=cause_of(exc))
        except TimeoutError:
            return Reached(0, problem=f"no answer within {LIMIT_S:g} s", cause=Cause.SILENT)
        seconds = time.perf_counter() - began_s
        reply.close()
        return Reached(reply.status, seconds, ahead_s=_ahead_s(reply.headers, seconds))


def _ahead_s(headers: Mapping[str, str], seconds: float) -> float | None:
    """The header is of some moment during the request, in whole seconds."""
    try:
        theirs_s = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except ValueError:
        return None
    ahead_s = time.time() - theirs_s
    return max(0.0, ahead_s - seconds - 1.0) if ahead_s > 0 else ahead_s
