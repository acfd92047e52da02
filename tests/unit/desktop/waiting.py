"""Waiting for what a test needs to be so."""

import asyncio
from collections.abc import Callable

from tests.support.looking import so_far

LIMIT_S = 60.0
"""One that is not reached costs nothing, and a busy machine takes seconds to start a process."""


async def eventually(
    is_so: Callable[[], object],
    limit_s: float = LIMIT_S,
    *,
    told: Callable[[], str] = lambda: "it did not come to be",
) -> None:
    """Return once the condition holds; fail, saying what is *told* then, when it does not."""
    ends_s = asyncio.get_running_loop().time() + limit_s
    while not so_far(is_so):
        assert asyncio.get_running_loop().time() < ends_s, told()
        await asyncio.sleep(0.005)
