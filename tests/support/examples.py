"""With how many examples a property is tried, beside what is usual."""

from hypothesis import settings

_LEAST = 50


def many() -> settings:
    """Twice what is usual, 1,000 where tests are the judge: for the streams of providers."""
    return settings(max_examples=2 * settings().max_examples)


def one_in(number: int) -> settings:
    """A *number*th of what is usual, where an example takes tens of milliseconds to draw or try."""
    usual = settings().max_examples
    return settings(max_examples=max(_LEAST, usual // number))
