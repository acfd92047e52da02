"""The comments that belong to a piece of a list: on the lines right above it, and behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Token = tuple[str, int, int]
Span = tuple[int, int]


def own_comments(
    text: str, tokens: Sequence[Token], first: int, last: int
) -> tuple[Span, Span] | None:
    """Where they stand, or would stand, of a value from token *first* to *last*.

    None where it shares its lines with others: then nobody can tell whose a comment is.
    """
    line = _line_of(text, tokens[first][1])
    behind = _behind(text, tokens, last + 1)
    if behind is None or text[line : tokens[first][1]].strip():
        return None
    return (_first_line(text, tokens, first), line), behind


def _first_line(text: str, tokens: Sequence[Token], index: int) -> int:
    """Where the lines of comments begin that have no empty line between them and the value."""
    line = _line_of(text, tokens[index][1])
    for before in range(index - 1, -1, -1):
        kind, start, end = tokens[before]
        begin = _line_of(text, start)
        is_right_above = not text[end:line].strip() and text.count("\n", end, line) == 1
        has_own_line = is_right_above and not text[begin:start].strip()
        if kind != "comment" or not has_own_line:
            break
        line = begin
    return line


def _behind(text: str, tokens: Sequence[Token], index: int) -> Span | None:
    """On the rest of the line, behind the comma."""
    at = tokens[index - 1][2]
    if index < len(tokens) and text[at : tokens[index][2]] == ",":
        at, index = tokens[index][2], index + 1
    stop = at
    for further in range(index, len(tokens)):
        kind, start, end = tokens[further]
        if "\n" in text[at:start]:
            break
        if kind != "comment" or "\n" in text[start:end]:
            return None
        stop = end
    return at, stop


def _line_of(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1
