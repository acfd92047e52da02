"""Looking at what may not be there yet."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def so_far(look: Callable[[], T]) -> T | None:
    """What *look* finds, or None while a key, a row or a file it names is not there yet."""
    try:
        return look()
    except (LookupError, FileNotFoundError):
        return None
