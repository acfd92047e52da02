"""Where in a JSON5 text each value stands, also while it is being written and not yet right."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccr_desktop.core.config.outline import TOKEN
from ccr_desktop.core.config.syntax import parse_value

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
Span = tuple[int, int]
_REST_OF_LINE = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Place:
    """One value: its path, and where its key (if it has one) and the value itself stand."""

    path: Path
    key: Span | None
    value: Span

    @property
    def start(self) -> int:
        return self.key[0] if self.key else self.value[0]


@dataclass(slots=True)
class Frame:
    """An object or list that is open."""

    opening: str
    path: Path
    start: int
    own_key: Span | None
    key: str | None = None
    key_span: Span | None = None
    has_colon: bool = False
    items: int = 0
    keys: set[str] = field(default_factory=set)

    @property
    def value_path(self) -> Path:
        """The path of the value that comes next."""
        return (*self.path, self.items if self.opening == "[" else self.key or "")


class Positions:
    """All values of a text by path. Of keys that are there twice the last one counts."""

    def __init__(self, text: str) -> None:
        self.by_path: dict[Path, Place] = {}
        for place in walk(text)[0]:
            self.by_path[place.path] = place
        self._by_text = {path_text(path): place for path, place in self.by_path.items()}

    def find(self, where: str) -> Place | None:
        """The value that an issue names, or the nearest one around it that is there."""
        while where:
            if place := self._by_text.get(where):
                return place
            where = where[: _cut(where)]
        return self._by_text.get("")


def path_text(path: Path) -> str:
    """`Providers[0].api_key`, as issues name a place."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _cut(where: str) -> int:
    """Where the last part of a path begins. Names may hold dots: then several cuts are needed."""
    return max(where.rfind("."), where.rfind("["), 0)


def walk(
    text: str, found: Iterable[tuple[str, int, int]] | None = None
) -> tuple[list[Place], list[Frame]]:
    """The values of *text*, inner ones first, and what is still open at its end.

    *found* are its `tokens`, or the first of them: then it is about the text up to there.
    """
    places: list[Place] = []
    frames: list[Frame] = []
    for kind, start, end in tokens(text) if found is None else found:
        piece = text[start:end]
        if piece in {"{", "["} and kind == "mark":
            frames.append(_opened(piece, start, frames))
        elif piece in {"}", "]"} and kind == "mark":
            if frames:
                frame = frames.pop()
                places.append(Place(frame.path, frame.own_key, (frame.start, end)))
        elif kind == "mark":
            _mark(piece, frames)
        elif kind in {"string", "word"}:
            _value(kind, piece, (start, end), frames, places)
    return places, frames


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end of each piece but spaces; what can't be read is a `string` or `word`."""
    found = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match:
            kind, end = match.lastgroup or "", match.end()
        elif text[position] in "\"'":  # no closing mark on its line
            kind, end = "string", _end_of_line(text, position)
        elif text.startswith("/*", position):
            kind, end = "comment", len(text)
        else:
            kind, end = "word", position + 1
        if kind != "space":
            found.append((kind, position, end))
        position = end
    return found


def _end_of_line(text: str, position: int) -> int:
    match = _REST_OF_LINE.match(text, position)
    return match.end() if match else len(text)


def _opened(piece: str, start: int, frames: list[Frame]) -> Frame:
    if not frames:
        return Frame(piece, (), start, None)
    parent = frames[-1]
    return Frame(piece, parent.value_path, start, parent.key_span)


def _mark(piece: str, frames: list[Frame]) -> None:
    if not frames:
        return
    frame = frames[-1]
    if piece == ":":
        frame.has_colon = True
    else:
        frame.items += 1
        frame.key, frame.key_span, frame.has_colon = None, None, False


def _value(kind: str, piece: str, span: Span, frames: list[Frame], places: list[Place]) -> None:
    if not frames:
        places.append(Place((), None, span))
        return
    frame = frames[-1]
    if frame.opening == "{" and not frame.has_colon:
        frame.key, frame.key_span = unquoted(kind, piece), span
        frame.keys.add(frame.key)
    else:
        places.append(Place(frame.value_path, frame.key_span, span))


def unquoted(kind: str, piece: str) -> str:
    """The text that a string or a bare name stands for."""
    if kind != "string":
        return piece
    if "\\" in piece:
        with suppress(ValueError):  # it is not closed, or not right yet
            return str(parse_value(piece))
    is_closed = len(piece) > 1 and piece[-1] == piece[0]
    return piece[1:-1] if is_closed else piece[1:]
