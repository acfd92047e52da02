"""Waiting for what a test needs to be so."""

import asyncio
from collections.abc import Callable


async def eventually(is_so: Callable[[], object], limit_s: float = 5.0) -> None:
    """Return once the condition holds; fail when it does not come to hold."""
    ends_s = asyncio.get_running_loop().time() + limit_s
    while not is_so():
        assert asyncio.get_running_loop().time() < ends_s, "it did not come to be"
        await asyncio.sleep(0.005)
