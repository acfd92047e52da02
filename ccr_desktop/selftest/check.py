"""One thing that an installation needs, and what came of looking for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Examine = Callable[[], str]
"""What was found, in a few words. Any exception says that it is not there or does not work."""


class PartMissing(Exception):
    """What an installation lacks, in a sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    is_good: bool
    detail: str


def examined(name: str, examine: Examine) -> Outcome:
    try:
        return Outcome(name, is_good=True, detail=examine())
    except PartMissing as exc:
        return Outcome(name, is_good=False, detail=str(exc))
    except Exception as exc:  # noqa: BLE001  # whatever a broken part does is what is looked for
        return Outcome(name, is_good=False, detail=f"{type(exc).__name__}: {exc}")
