"""The collector while modules are loaded."""

from __future__ import annotations

import gc

import pytest

from ccr_desktop.cli.loading import no_garbage


@pytest.fixture(autouse=True)
def much_frozen(nothing_frozen: None) -> None:
    """Here it is counted what is frozen, and that is nothing at first."""


def test_the_collector_rests_and_then_goes_on() -> None:
    with no_garbage():
        assert not gc.isenabled()
        made = [[number] for number in range(5000)]
        assert gc.get_count()[0] >= len(made)

    assert gc.isenabled()
    assert gc.get_count()[0] < len(made)  # all of them count as old


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with no_garbage():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_set_aside_stays_there() -> None:
    gc.freeze()
    try:
        with no_garbage():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
