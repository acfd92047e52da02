"""With how many examples a property is tried."""

from hypothesis import settings

_LEAST = 50


def one_in(number: int) -> settings:
    """A *number*th of what is usual, where an example takes tens of milliseconds to draw or try."""
    usual = settings().max_examples
    return settings(max_examples=max(_LEAST, usual // number))
