"""Figures as people read them: durations, counts and times of day."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ccr_desktop.core import durations

NOTHING = "–"
_GAP = "\u00a0"  # no line breaks within a figure
_MINUTE_S, _HOUR_S, _DAY_S = 60.0, 3600.0, 86400.0

_tr = QCoreApplication.translate


def duration(seconds: float | None) -> str:
    """`34 ms`, `0.84 s`, `12.3 s`, `2 min 05 s`."""
    if seconds is None:
        return NOTHING
    return durations.duration(seconds, _written).replace(" ", _GAP)


def count(number: int | None) -> str:
    """`12,340`, or as the language groups them; a dash for what is not known."""
    return NOTHING if number is None else _locale().toString(number)


def until(at_s: float) -> str:
    """A time of day to the minute, for what is to come."""
    return time.strftime("%H:%M", time.localtime(at_s))


def moment(at_s: float, now_s: float) -> str:
    """The time of day; its date too where that is another day than now."""
    is_today = time.localtime(at_s)[:3] == time.localtime(now_s)[:3]
    return time.strftime("%H:%M:%S" if is_today else "%Y-%m-%d %H:%M", time.localtime(at_s))


def stamp(at_s: float) -> str:
    """Day and time, with seconds: for versions, which may be close together."""
    at = QDateTime.fromMSecsSinceEpoch(round(at_s * 1000))
    day = QLocale().toString(at.date(), QLocale.FormatType.ShortFormat)
    return f"{day} {at.time().toString('HH:mm:ss')}"


def ago(at_s: float, now_s: float) -> str:
    """How long something is past, as roughly as people say it."""
    past_s = max(0.0, now_s - at_s)
    if past_s < _MINUTE_S:
        return _tr("Figures", "just now")
    if past_s < _HOUR_S:
        return _tr("Figures", "{n} min ago").format(n=int(past_s // _MINUTE_S))
    if past_s < _DAY_S:
        return _tr("Figures", "{n} h ago").format(n=int(past_s // _HOUR_S))
    if past_s < 2 * _DAY_S:
        return _tr("Figures", "yesterday")
    if past_s < 14 * _DAY_S:
        return _tr("Figures", "{n} days ago").format(n=int(past_s // _DAY_S))
    return time.strftime("%Y-%m-%d", time.localtime(at_s))


def _written(number: float, decimals: int) -> str:
    return _locale().toString(float(number), "f", decimals)


def _locale() -> QLocale:
    """That of the language in force. Where the system has none, numbers are as in English."""
    found = QLocale()
    return QLocale("en") if found.language() is QLocale.Language.C else found
