"""Changing single members in the text of a JSON object, with every other byte left as it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a member stands: its key, and its value."""

    key: str
    begin: int
    colon: str
    """With the space around it."""
    value_begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Style:
    """How a new member is written: as those beside it are."""

    comma: str = ", "
    colon: str = ": "
    brace: str = ""
    """The space within braces, of an object that stands on one line."""
    indent: str = _INDENT

    def on_one_line(self) -> _Style:
        return self if "\n" not in self.comma else replace(self, comma=f",{self.colon[1:]}")

    def further_in(self) -> _Style:
        newline = "\r\n" if "\r\n" in self.comma else "\n"
        begin = self.comma.rpartition("\n")[2]
        return replace(self, comma=f",{newline}{begin}{self.indent}")


def with_member(text: str, path: tuple[str, ...], value: Any) -> str:
    """*text* in which the member at *path* has this value; what is missing on the way is added.

    Raises `ValueError` when *text* is no object, or one on the way is none.
    """
    return _with_member(text, _opening(text, 0), path, value)


def without_member(text: str, path: tuple[str, ...]) -> str:
    """*text* without the member at *path*, however often it is there."""
    opening = _opening(text, 0)
    for key in path[:-1]:
        member = _find(text, opening, key)
        if member is None:
            return text
        opening = _opening(text, member.value_begin)
    for _ in range(sum(member.key == path[-1] for member in _members(text, opening))):
        text = _without_first(text, opening, path[-1])
    return text


def _with_member(
    text: str, opening: int, path: tuple[str, ...], value: Any, around: _Style | None = None
) -> str:
    key, *rest = path
    style = _style(text, opening, around)
    member = _find(text, opening, key)
    if member and rest:
        inner = _opening(text, member.value_begin)
        return _with_member(text, inner, tuple(rest), value, style)
    for name in reversed(rest):
        value = {name: value}
    if member:
        written = _written(value, style.on_one_line())
        return f"{text[: member.value_begin]}{written}{text[member.end :]}"
    return _with_new(text, opening, _entry(key, value, style), style)


def _style(text: str, opening: int, around: _Style | None) -> _Style:
    """Of the object that begins at *opening*; the one *around* it tells how an empty one is."""
    members = list(_members(text, opening))
    if not members:
        return _style_of_empty(text, opening, around)
    colon = ":" if members[-1].colon.endswith(":") else ": "
    first, last = (_gap_before(text, members[at].begin) for at in (0, -1))
    is_alone_on_line = len(members) == 1 and "\n" not in first
    return _Style(
        comma=f",{colon[1:] if is_alone_on_line else last}",
        colon=colon,
        brace="" if "\n" in first else first,
        indent=_indent(text),
    )


def _style_of_empty(text: str, opening: int, around: _Style | None) -> _Style:
    if around and "\n" not in around.comma:
        return around
    newline = "\r\n" if "\r\n" in text else "\n"
    style = around or _Style()
    outer = f",{newline}{_indent_of_line(text, opening)}"
    return replace(style, comma=outer, indent=_indent(text)).further_in()


def _with_new(text: str, opening: int, entry: str, style: _Style) -> str:
    """The new member comes last, and is set off as the others are."""
    if members := list(_members(text, opening)):
        end = members[-1].end
        return f"{text[:end]}{style.comma}{entry}{text[end:]}"
    closing = _end_of_space(text, opening + 1)
    before, after = style.brace, style.brace
    if "\n" in style.comma:
        before = style.comma[1:]
        after = before.removesuffix(style.indent)
    return f"{text[: opening + 1]}{before}{entry}{after}{text[closing:]}"


def _without_first(text: str, opening: int, key: str) -> str:
    """Takes the comma along, and the space up to what stays."""
    members = list(_members(text, opening))
    index = next(i for i, member in enumerate(members) if member.key == key)
    member = members[index]
    if index > 0:
        return text[: members[index - 1].end] + text[member.end :]
    if len(members) > 1:
        return text[: member.begin] + text[members[1].begin :]
    return text[: opening + 1] + text[_end_of_space(text, member.end) :]


def _find(text: str, opening: int, key: str) -> _Member | None:
    """The one that counts when a key stands there more than once: the last."""
    found = [member for member in _members(text, opening) if member.key == key]
    return found[-1] if found else None


def _members(text: str, opening: int) -> Iterator[_Member]:
    position = _end_of_space(text, opening + 1)
    while text[position] != "}":
        key, after = _DECODER.raw_decode(text, position)
        value_begin = _end_of_space(text, _end_of_space(text, after) + 1)
        _, end = _DECODER.raw_decode(text, value_begin)
        yield _Member(key, position, text[after:value_begin], value_begin, end)
        position = _end_of_space(text, end)
        if text[position] == ",":
            position = _end_of_space(text, position + 1)


def _opening(text: str, position: int) -> int:
    """Where the object begins that stands there. Raises `ValueError` when it is something else."""
    begin = _end_of_space(text, position)
    value, end = _DECODER.raw_decode(text, begin)
    if not isinstance(value, dict):
        raise ValueError("is no object")  # noqa: TRY004  # a text of the wrong kind, as others
    if position == 0 and text[end:].strip():
        raise ValueError("goes on after its end")
    return begin


def _end_of_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _gap_before(text: str, position: int) -> str:
    begin = position
    while text[begin - 1] in " \t\r\n":
        begin -= 1
    return text[begin:position]


def _indent(text: str) -> str:
    """One step, as the outermost members are set in."""
    members = list(_members(text, _opening(text, 0)))
    gap = _gap_before(text, members[0].begin) if members else ""
    return gap.rpartition("\n")[2] or _INDENT


def _indent_of_line(text: str, position: int) -> str:
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _entry(key: str, value: Any, style: _Style) -> str:
    """A member; an object in it is spread over lines when the members around it are."""
    begin = f"{_written(key, style)}{style.colon}"
    if "\n" in style.comma and isinstance(value, dict) and value:
        inner = style.further_in()
        entries = inner.comma.join(_entry(name, each, inner) for name, each in value.items())
        outer = inner.comma[1:].removesuffix(style.indent)
        return f"{begin}{{{inner.comma[1:]}{entries}{outer}}}"
    return begin + _written(value, style.on_one_line())


def _written(value: Any, style: _Style) -> str:
    """Signs as they are, but for half a surrogate pair, which only an escape can hold."""
    if isinstance(value, dict) and value:
        entries = style.comma.join(_entry(name, each, style) for name, each in value.items())
        return f"{{{style.brace}{entries}{style.brace}}}"
    separators = style.comma, style.colon
    written = json.dumps(value, ensure_ascii=False, separators=separators)
    return json.dumps(value) if re.search("[\ud800-\udfff]", written) else written
