"""Loading modules without looking for garbage: what they make stays."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_garbage() -> Iterator[None]:
    """The collector rests meanwhile, a tenth of the start, and takes all that was made for old.

    Else the first thing that it does afterwards is to go through all of it.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # which somebody else may rely on
            gc.freeze()
            gc.unfreeze()  # to the oldest generation
        gc.enable()
