"""Waiting for something to become so, never for an amount of time."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from tests.support.looking import so_far

T = TypeVar("T")

LIMIT_S = 90.0
_STEP_S = 0.02


def until(look: Callable[[], T], what: str, limit_s: float = LIMIT_S) -> T:
    """What *look* says once that is true in Python's sense. Not for coroutines: it blocks."""
    end = time.monotonic() + limit_s
    while not (seen := so_far(look)):
        assert time.monotonic() < end, f"{what}: not within {limit_s:g} s"
        time.sleep(_STEP_S)
    return seen


async def eventually(look: Callable[[], T], what: str, limit_s: float = LIMIT_S) -> T:
    """The same while the loop runs on."""
    end = time.monotonic() + limit_s
    while not (seen := so_far(look)):
        assert time.monotonic() < end, f"{what}: not within {limit_s:g} s"
        await asyncio.sleep(_STEP_S)
    return seen
