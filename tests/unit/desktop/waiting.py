"""Waiting for what a test needs to be so."""

import asyncio
from collections.abc import Callable

LIMIT_S = 60.0
"""One that is not reached costs nothing, and a busy machine takes seconds to start a process."""


async def eventually(is_so: Callable[[], object], limit_s: float = LIMIT_S) -> None:
    """Return once the condition holds; fail when it does not come to hold."""
    ends_s = asyncio.get_running_loop().time() + limit_s
    while not is_so():
        assert asyncio.get_running_loop().time() < ends_s, "it did not come to be"
        await asyncio.sleep(0.005)
