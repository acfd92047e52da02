import pytest

from ccr_desktop.core.durations import duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 ms"),
        (0.0336, "34 ms"),
        (0.844, "0.84 s"),
        (12.34, "12.3 s"),
        (125.0, "2 min 05 s"),
    ],
)
def test_durations_are_as_exact_as_it_matters(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_numbers_are_written_as_the_reader_does() -> None:
    assert duration(0.844, lambda number, decimals: f"{number:.{decimals}f}".replace(".", ",")) == (
        "0,84 s"
    )
