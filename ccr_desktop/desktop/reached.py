"""The steps of the first day that were reached, where nothing else would tell it later on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccr_desktop.desktop.memory import Memory

TEST, LAUNCH = "test", "launch"
_DONE = "home.steps-done"


def steps_reached(memory: Memory) -> list[str]:
    found: list[str] = memory.get(_DONE, [])
    return found


def note_reached(memory: Memory, step: str) -> None:
    reached = steps_reached(memory)
    if step not in reached:
        memory.set(_DONE, [*reached, step])
