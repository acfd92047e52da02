"""Other values in a JSON5 text whose comments and layout stay: only what differs is written."""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.formatting import formatted
from ccr_desktop.core.config.outline import scan
from ccr_desktop.core.config.own_comments import own_comments
from ccr_desktop.core.config.positions import Positions, tokens
from ccr_desktop.core.config.syntax import has_more_than_values, is_odd_number, parse_value
from ccr_desktop.core.config.text_form import read_form
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ccr_desktop.core.config.own_comments import Span
    from ccr_desktop.core.config.positions import Path
    from ccr_desktop.core.protocol.json import JsonObject

_INDENT = "  "


def patched(data: bytes, raw: JsonObject) -> bytes | None:
    """The file *data* with the content *raw*; None where it has to be written anew."""
    try:
        text, form = read_form(data, FilePath())
        found = _with_content(text, raw)
        return None if found is None else form.encode(found)
    except (ConfigError, UnicodeEncodeError):
        return None


def odd_numbers(data: bytes) -> dict[Path, str]:
    """Numbers of a file that are written in another way than they would be anew, as 1.10 is."""
    if not has_more_than_values(data):
        return {}
    try:
        text = read_form(data, FilePath())[0]
    except ConfigError:
        return {}
    found = {path: text[slice(*place.value)] for path, place in Positions(text).by_path.items()}
    return {path: piece for path, piece in found.items() if is_odd_number(piece)}


def _with_content(text: str, raw: JsonObject) -> str | None:
    outline = scan(text)
    if outline.fault or outline.duplicates:
        return None
    try:
        patch = _Patch(text)
        patch.change((), parse_value(text), raw)
        found = patch.applied()
        return found if found is not None and _same(parse_value(found), raw) else None
    except (ValueError, KeyError):  # a key whose text is no text, such as half a character
        return None


class _Patch:
    """Collects what is to be put where, and does it at the end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = Positions(text).by_path
        self._tokens = tokens(text)
        self._by_start = {start: index for index, (_, start, _) in enumerate(self._tokens)}
        self._by_end = {end: index for index, (_, _, end) in enumerate(self._tokens)}
        self._edits: list[tuple[int, int, str]] = []
        self._number = _Numbers().of

    def applied(self) -> str | None:
        """The new text; None when two edits are in each other's way."""
        pieces: list[str] = []
        at = 0
        for start, end, piece in sorted(self._edits, key=lambda edit: edit[:2]):
            if start < at:
                return None
            pieces += [self._text[at:start], piece]
            at = end
        return "".join([*pieces, self._text[at:]])

    def change(self, path: Path, old: Any, new: Any) -> None:
        """Have the value at *path*, which is *old*, be *new*."""
        if self._number(old) == self._number(new):
            return
        if isinstance(old, dict) and isinstance(new, dict) and self._can_change_within(path, old):
            self._change_object(path, old, new)
        elif isinstance(old, list) and isinstance(new, list) and self._can_change_within(path, old):
            self._change_list(path, old, new)
        else:
            self._put(path, new)

    def _can_change_within(self, path: Path, old: Any) -> bool:
        """An empty one without a comment is written anew, as those with something in them are."""
        start, end = self._places[path].value
        return bool(old) or self._by_end[end] > self._by_start[start] + 1

    def _change_object(self, path: Path, old: JsonObject, new: JsonObject) -> None:
        stay = [key for key in old if key in new]
        if stay != [key for key in new if key in old]:  # in another order
            if path:
                self._put(path, new)
                return
            new = {**{key: new[key] for key in stay}, **new}  # that of the file stays
        names = self._renamed(old, new)
        for name, key in names.items():
            if span := self._places[*path, key].key:
                self._edits.append((*span, json.dumps(name)))
        new = {names.get(key, key): value for key, value in new.items()}
        stay = [key for key in old if key in new]
        is_replaced = any(key not in old for key in new)
        for key, value in old.items():
            if key in new:
                self.change((*path, key), value, new[key])
            else:
                self._remove((*path, key), with_comments=not is_replaced)
        before: Path | None = None
        group: list[str] = []
        for key in new:
            if key in old:
                self._insert(path, before, old, new, group)
                before, group = (*path, key), []
            else:
                group.append(key)
        self._insert(path, before, old, new, group, is_last=True)

    def _renamed(self, old: JsonObject, new: JsonObject) -> dict[str, str]:
        """By the new name the old one of each value that stands at its place under another."""
        return {
            name: key
            for gone, added in zip(_apart(old, new), _apart(new, old), strict=False)
            for key, name in zip(gone, added, strict=False)
            if self._number(old[key]) == self._number(new[name])
        }

    def _change_list(self, path: Path, old: Sequence[Any], new: Sequence[Any]) -> None:
        shorter = min(len(old), len(new))
        was, wants = [list(map(self._number, each)) for each in (old, new)]
        if (gone := _gone(was, wants)) is not None:
            self._drop(path, gone, len(old))
            return
        first = next((n for n in range(shorter) if was[n] != wants[n]), shorter)
        last = next(
            (n for n in range(shorter - first) if was[-1 - n] != wants[-1 - n]), shorter - first
        )
        end_old, end_new = len(old) - last, len(new) - last
        common = min(end_old, end_new)
        moves = list(_moves(was[first:end_old], wants[first:common]))
        for place, move in enumerate(moves, first):
            if move is None:
                self.change((*path, place), old[place], new[place])
            else:
                start, end = self._places[*path, first + move].value
                self._edits.append((*self._places[*path, place].value, self._text[start:end]))
        if end_old == end_new:
            self._take_comments_along(path, first, moves)
        if not (common and end_old == len(old) and self._cut_off(path, common, end_old)):
            for place in range(common, end_old):
                self._remove((*path, place), with_comments=False)
        values = dict(enumerate(new))
        after = (*path, common - 1) if common else None
        added = list(range(common, end_new))
        self._insert(path, after, dict(enumerate(old)), values, added, is_last=not last)

    def _drop(self, path: Path, gone: Sequence[int], count: int) -> None:
        """What a list of *count* has at these places."""
        first = gone[0]
        if first and len(gone) == count - first and self._cut_off(path, first, count):
            return
        for place in gone:
            self._remove((*path, place), with_comments=True)

    def _take_comments_along(self, path: Path, first: int, moves: Sequence[int | None]) -> None:
        """Where each was only moved; else comments of one that went would go, too."""
        sources = [move for move in moves if move is not None]
        places = range(first, first + len(sources))
        owned = [own for place in places if (own := self._comments_of((*path, place)))]
        if not len(owned) == len(sources) == len(moves):
            return
        for here, source in zip(owned, sources, strict=True):
            for (start, end), there in zip(here, owned[source], strict=True):
                self._edits.append((start, end, self._text[slice(*there)]))

    def _comments_of(self, path: Path) -> tuple[Span, Span] | None:
        place = self._places[path]
        first, last = self._by_start[place.start], self._by_end[place.value[1]]
        return own_comments(self._text, self._tokens, first, last)

    # -- edits -----------------------------------------------------------------------------

    def _put(self, path: Path, value: Any) -> None:
        place = self._places[path]
        self._edits.append((*place.value, self._written(value, self._indent_at(place.start))))

    def _remove(self, path: Path, *, with_comments: bool) -> None:
        """With its comma, and its line where nothing else stands there; others' comments stay."""
        place = self._places[path]
        start, end = place.start, self._comma(place.value[1]) or place.value[1]
        own = self._comments_of(path) if with_comments else None
        if own and end <= own[1][1]:  # else a comment is before the comma
            start, end = own[0][0], own[1][1]
        line = self._text.rfind("\n", 0, start) + 1
        next_line = self._text.find("\n", end) + 1
        if next_line and not (self._text[line:start] + self._text[end:next_line]).strip():
            start, end = line, next_line
        else:
            while self._text[start - 1] == " " and self._text[line:start].strip():
                start -= 1
        self._edits.append((start, end, ""))

    def _cut_off(self, path: Path, first: int, end: int) -> bool:
        """Remove the last ones of a list with the comma before them, if they are on one line."""
        if first == end:
            return False
        start, stop = (self._places[*path, place].value[1] for place in (first - 1, end - 1))
        pieces = self._tokens[self._by_end[start] : self._by_end[stop]]
        if "\n" in self._text[start:stop] or any(kind == "comment" for kind, _, _ in pieces):
            return False
        self._edits.append((start, stop, ""))
        return True

    def _insert(
        self,
        path: Path,
        after: Path | None,
        old: Any,
        new: Any,
        keys: Sequence[Any],
        *,
        is_last: bool = False,
    ) -> None:
        """What *new* has at *keys*, behind *after*, or as the first where that is None."""
        if not keys:
            return
        opens, _ = self._places[path].value
        at, comma = opens + 1, "" if is_last and not self._ends_with_comma(path, old) else ","
        if after is not None:
            end = self._places[after].value[1]
            at = self._comma(end) or end
            if at == end:
                self._edits.append((end, end, ","))
        indent = self._indent_within(path, old)
        pieces = [self._member(key, new[key], indent) for key in keys]
        if indent is None:
            self._edits.append((at, at, f" {', '.join(pieces)}{comma}"))
            return
        at = self._behind_comment(at)
        begin = f"\n{indent}"
        self._edits.append((at, at, f"{begin}{f',{begin}'.join(pieces)}{comma}"))

    def _member(self, key: str | int, value: Any, indent: str | None) -> str:
        written = self._written(value, indent)
        return written if isinstance(key, int) else f"{json.dumps(key)}: {written}"

    def _written(self, value: Any, indent: str | None) -> str:
        """On one line, or as "Format" lays it out where *indent* is known."""
        line = json.dumps(value, ensure_ascii=False)
        if indent is None or not isinstance(value, dict | list):
            return line
        begin, end = '{\n  "": ', "\n}\n"
        member = formatted(f'{{"": {line}}}')
        return member[len(begin) : -len(end)].replace("\n  ", f"\n{indent}")

    # -- the text --------------------------------------------------------------------------

    def _ends_with_comma(self, path: Path, old: Any) -> bool:
        return bool(old) and self._comma(self._places[*path, next(reversed(old))].value[1]) > 0

    def _comma(self, end: int) -> int:
        """Where the comma behind a value ends; 0: there is none."""
        for index in range(self._by_end[end] + 1, len(self._tokens)):
            kind, start, stop = self._tokens[index]
            if kind != "comment":
                return stop if self._text[start:stop] == "," else 0
        return 0

    def _behind_comment(self, at: int) -> int:
        """Behind the comment on the rest of the line."""
        index = self._by_end[at] + 1
        if index < len(self._tokens):
            kind, start, end = self._tokens[index]
            if kind == "comment" and "\n" not in self._text[at:end]:
                return end
            if kind != "comment" or "\n" in self._text[at:start]:
                return at
        return at

    def _indent_at(self, position: int) -> str:
        line = self._text[self._text.rfind("\n", 0, position) + 1 : position]
        return line[: len(line) - len(line.lstrip())]

    def _indent_within(self, path: Path, old: Any) -> str | None:
        """That of what stands within an object or list; None: on one line."""
        opens, closes = self._places[path].value
        for key in old:
            start = self._places[*path, key].start
            if "\n" not in self._text[opens:start]:
                return None
            return self._indent_at(start)
        is_open = "\n" in self._text[opens:closes]
        return f"{self._indent_at(opens)}{_INDENT}" if is_open else None


class _Numbers:
    """One number for all values that are the same, found once for each: 1 is not true, nor 1.0."""

    def __init__(self) -> None:
        self._by_shape: dict[object, int] = {}
        self._by_id: dict[int, int] = {}

    def of(self, value: Any) -> int:
        if not isinstance(value, dict | list):
            return self._of_shape(json.dumps(value))
        if (known := self._by_id.get(id(value))) is None:
            known = self._by_id[id(value)] = self._of_shape(self._shape(value))
        return known

    def _shape(self, value: JsonObject | list[Any]) -> object:
        if isinstance(value, dict):
            return frozenset((key, self.of(item)) for key, item in value.items())
        return tuple(map(self.of, value))

    def _of_shape(self, shape: object) -> int:
        return self._by_shape.setdefault(shape, len(self._by_shape))


def _apart(keys: Iterable[str], others: JsonObject) -> list[list[str]]:
    """Those that *others* lacks: before, between and behind those that it has."""
    gaps: list[list[str]] = [[]]
    for key in keys:
        if key in others:
            gaps.append([])
        else:
            gaps[-1].append(key)
    return gaps


def _gone(was: Sequence[int], wants: Sequence[int]) -> list[int] | None:
    """The places whose values are not wanted any more; None where anything else changes, too."""
    gone: list[int] = []
    wanted = iter([*wants, None])
    next_one = next(wanted)
    for place, number in enumerate(was):
        if number == next_one:
            next_one = next(wanted)
        else:
            gone.append(place)
    return gone if next_one is None else None


def _moves(was: Sequence[int], wants: Sequence[int]) -> Iterator[int | None]:
    """For each place that is wanted, where that stood before; None: nowhere that is free."""
    free: dict[int, deque[int]] = {}
    for place, number in enumerate(was):
        free.setdefault(number, deque()).append(place)
    for number in wants:
        places = free.get(number)
        yield places.popleft() if places else None


def _same(one: Any, other: Any) -> bool:
    """Also of one kind: 1 is neither true nor 1.0."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
