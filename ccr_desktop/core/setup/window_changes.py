"""The last changes that were made in the window, as the history has them.

So a change can be undone, too, once the app was started anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ccr_desktop.core.config.origins import Source, Step
from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.setup.history import State

_REFERENCE = re.compile(rb"%s[^\s\"',]+" % PREFIX.encode())


@dataclass(frozen=True, slots=True)
class WindowChange:
    """What it was called, and the file before and after it."""

    words: str
    before: State
    after: State


def window_changes(states: Sequence[State]) -> list[WindowChange]:
    """Those that led to the present state one after the other, oldest first.

    *states* are as `states_of` has them. A change from elsewhere ends the row, and so does one
    whose undo would bring a reference to a key back: the key itself may be gone.
    """
    if not states or not states[0].is_present:
        return []
    done: list[WindowChange] = []
    for before, after in pairwise(reversed(states)):
        origin = after.origin
        is_own = origin.source is Source.WINDOW and bool(origin.words)
        if is_own and origin.step is Step.UNDO and done and done[-1].before.data == after.data:
            done.pop()
        elif is_own and origin.step is not Step.UNDO and _references(before) <= _references(after):
            done.append(WindowChange(origin.words, before, after))
        else:
            done.clear()
    return done


def _references(state: State) -> set[bytes]:
    return {*_REFERENCE.findall(state.data)}
