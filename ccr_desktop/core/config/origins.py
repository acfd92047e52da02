"""Where a state of the configuration came from: who changed it, when, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.json import JSONDecodeError, dumps, loads

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject


class Source(StrEnum):
    """Who made a change."""

    WINDOW = "window"
    COMMAND = "command"
    FILE = "file"
    """The file was edited by something else."""
    IMPORT = "import"
    PROGRAM = "program"
    """Something that uses the management paths."""
    UNKNOWN = "unknown"
    """It was kept before origins were."""


class Step(StrEnum):
    """Whether a change was a new one."""

    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Origin:
    """`words` say what was done: as the window told it, or the command."""

    source: Source = Source.UNKNOWN
    words: str = ""
    step: Step = Step.CHANGE
    at_s: float | None = None
    """When, in seconds since 1970."""


UNKNOWN = Origin()
_NO_TIME_S = 1e11  # thousands of years from now: nobody noted that


def encode_origin(origin: Origin, **more: str) -> bytes:
    """The record that is kept beside a version."""
    return dumps({**more, **as_json(origin)})


def as_json(origin: Origin) -> JsonObject:
    return {
        "source": origin.source.value,
        "words": origin.words,
        "step": origin.step.value,
        "at_s": origin.at_s,
    }


def decode_record(data: bytes) -> JsonObject:
    """A record as it was kept; one that can't be read says nothing."""
    try:
        found = loads(data)
    except JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def read_origin(record: JsonObject) -> Origin:
    at_s = record.get("at_s")
    return Origin(
        _member(Source, record.get("source"), Source.UNKNOWN),
        words if isinstance(words := record.get("words"), str) else "",
        _member(Step, record.get("step"), Step.CHANGE),
        float(at_s) if isinstance(at_s, int | float) and 0 <= at_s < _NO_TIME_S else None,
    )


def _member(kind: Any, found: Any, otherwise: Any) -> Any:
    """A newer version of the program may know more members."""
    return kind(found) if found in list(kind) else otherwise
