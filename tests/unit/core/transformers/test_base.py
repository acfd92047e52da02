import pytest

from ccr_desktop.core.transformers.base import failures_named
from ccr_desktop.errors import TransformerError


def test_an_error_without_words_is_told_by_its_name() -> None:
    with (
        pytest.raises(TransformerError, match=r"'x' failed: open: ZeroDivisionError$"),
        failures_named("x", "open"),
    ):
        raise ZeroDivisionError
