"""What the two logs say of one thing: a line for people, and all of it as an object."""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ccr_desktop.core.observe.lines import event_level, event_line

if TYPE_CHECKING:
    from ccr_desktop.core.observe.events import Event
    from ccr_desktop.core.protocol.json import JsonObject

TRACE = 5
LEVELS = {
    "fatal": logging.CRITICAL,
    "error": logging.ERROR,
    "warn": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
    "trace": TRACE,
}
_NAMES = {level: name for name, level in LEVELS.items()}
_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")


class Entry(NamedTuple):
    """The line, and the object without what is the same in all of them."""

    line: str
    described: JsonObject


def event_entry(event: Event) -> Entry:
    """What happened. Put together by hand: a record of `logging` costs more than all the rest."""
    level, line, data = event_level(event), event_line(event), event.as_json()
    name = "ccr_desktop.requests" if "request_id" in data else "ccr_desktop.service"
    described = {
        "level": _level_name(level),
        "time": round(event.at_s * 1000),
        "msg": line,
        "type": event.kind,
        "reqId": data.pop("request_id", None),
        "data": data,
    }
    return Entry(f"{_stamp(event.at_s)} {logging.getLevelName(level)} {name} {line}", described)


def record_entry(record: logging.LogRecord) -> Entry:
    """What the program said."""
    described = {
        "level": _level_name(record.levelno),
        "time": round(record.created * 1000),
        "msg": record.getMessage(),
        "type": record.name,
    }
    if record.exc_info:
        described |= {"err": _FORMAT.formatException(record.exc_info)}
    return Entry(_FORMAT.format(record), described)


def _level_name(level: int) -> str:
    return _NAMES.get(level) or logging.getLevelName(level).lower()


def _stamp(at_s: float) -> str:
    """The time of day as `logging` writes it."""
    return f"{_second(int(at_s))},{int(at_s % 1 * 1000):03d}"


@lru_cache(maxsize=1)
def _second(at_s: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at_s))
