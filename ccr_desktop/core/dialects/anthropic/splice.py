"""Changing one member of a JSON object without touching any other byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.json import dumps_safe, loads_lenient

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.S)


def replace_member(raw: bytes, name: str, before: object, after: str) -> bytes:
    """*raw*, a JSON object, with its top-level string member *name* set to *after*.

    *before* is the member's value as a reader sees it; equal values leave all bytes alone.
    """
    if before == after:
        return raw
    spans = list(_member_spans(raw, name))
    for start, end in reversed(spans):
        raw = raw[:start] + dumps_safe(after) + raw[end:]
    return raw


def _member_spans(raw: bytes, name: str) -> Iterator[tuple[int, int]]:
    """Where string values of the top-level member *name* stand."""
    depth = 0
    key: bytes | None = None  # the last string at depth 1 in the place of a name
    is_value = False
    for token in _TOKEN.finditer(raw):
        mark = token.group()
        if mark in b"{[":
            depth += 1
        elif mark in b"}]":
            depth -= 1
        elif depth == 1 and mark == b":":
            is_value = True
        elif depth == 1 and mark == b",":
            is_value, key = False, None
        elif depth == 1 and not is_value:
            key = mark
        elif depth == 1 and key is not None and loads_lenient(key) == name:
            yield token.span()
