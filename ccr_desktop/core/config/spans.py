"""Spans of the day, such as `22:00-06:00`: also over midnight."""

from __future__ import annotations

import re

_SPAN = re.compile(r"\s*([01]?\d|2[0-3]):[0-5]\d\s*-\s*(([01]?\d|2[0-3]):[0-5]\d|24:00)\s*")


def is_span(text: str) -> bool:
    return _SPAN.fullmatch(text) is not None


def is_within(minute: int, span: str) -> bool:
    """Whether the *minute* of the day is in *span*, whose end does not belong to it."""
    begin, end = _ends(span)
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def is_empty(span: str) -> bool:
    """Whether no time lies in *span*, since it ends when it begins."""
    begin, end = _ends(span)
    return begin == end


def _ends(span: str) -> tuple[int, int]:
    begin, _, end = span.partition("-")
    return _minutes(begin), _minutes(end)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
