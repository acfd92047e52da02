"""Conditions of an own rule that no request can meet together: such a rule is told, not refused.

Only what is certain is said: two patterns with `*` may have a text in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.spans import is_empty

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_NEVER = "The rule can never match."


def contradictions(when: JsonObject, where: str) -> Iterator[Issue]:
    """Why no request can meet the conditions *when*, which are right each by itself."""
    for problem in (*_tokens(when), *_times(when), *_headers(when), *_fields(when)):
        yield Issue(where, problem, _NEVER, "warning")


def _tokens(when: JsonObject) -> Iterator[str]:
    over, under = when.get("tokensOver"), when.get("tokensUnder")
    if over is not None and under is not None and under <= over + 1:
        yield f"no request has more than {over:,} and fewer than {under:,} tokens."


def _times(when: JsonObject) -> Iterator[str]:
    spans = _alternatives(when.get("time", ()))
    if spans and all(map(is_empty, spans)):
        yield f"no time lies in {spans[0]}, which ends when it begins."


def _headers(when: JsonObject) -> Iterator[str]:
    """The names of headers are the same in any case."""
    for (name, one), (other, two) in combinations(when.get("header", {}).items(), 2):
        if name.lower() == other.lower() and not _can_both_be(one, two):
            yield f"the header {name.lower()} is asked to have two different values."


def _fields(when: JsonObject) -> Iterator[str]:
    fields: Mapping[str, Any] = when.get("field", {})
    for one, two in combinations(fields, 2):
        outer, inner = sorted((one, two), key=len)
        if inner.startswith(f"{outer}."):
            yield f"the field {outer} is asked to be a value and to hold {inner}."
    if {"stream", "field"} <= when.keys() and "stream" in fields:
        asked = [value is True for value in _alternatives(fields["stream"])]
        if when["stream"] not in asked:
            yield "the field stream is asked to have two different values."


def _can_both_be(one: Any, two: Any) -> bool:
    return any(_agree(str(a), str(b)) for a in _alternatives(one) for b in _alternatives(two))


def _agree(one: str, two: str) -> bool:
    return ("*" in one and "*" in two) or _fits(one, two) or _fits(two, one)


def _fits(text: str, pattern: str) -> bool:
    special = pattern.casefold().replace("[", "[[]").replace("?", "[?]")
    return fnmatchcase(text.casefold(), special)


def _alternatives(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]
