"""Asking a provider for a sign of life: any answer counts, and what its headers tell."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Reached:
    """`status` 0: nothing came, `problem` says why. `ahead_s`: how far our clock is ahead."""

    status: int
    seconds: float = 0.0
    problem: str = ""
    cause: Cause = Cause.NONE
    ahead_s: float | None = None


async def reach(config: Config, provider: Provider) -> Reached:
    """Ask for the list of models; no tokens are used. Nothing is raised for what fails."""
    call, target = list_call(provider)
    client = UpstreamClient(config)
    began_s = time.perf_counter()
    try:
        reply = await client.open(call, target, provider.timeouts, provider.proxy_url)
        seconds = time.perf_counter() - began_s
        reply.close()
    except UpstreamError as exc:
        return Reached(0, problem=exc.message.rstrip("."), cause=cause_of(exc))
    finally:
        await client.close()
    return Reached(reply.status, seconds, ahead_s=_ahead_s(reply.headers, seconds))


def _ahead_s(headers: Mapping[str, str], seconds: float) -> float | None:
    """The header is of some moment during the request, in whole seconds."""
    try:
        theirs_s = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except ValueError:
        return None
    ahead_s = time.time() - theirs_s
    return max(0.0, ahead_s - seconds - 1.0) if ahead_s > 0 else ahead_s
