"""Text with the colours of a terminal, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor

_SEQUENCE = re.compile("\x1b\\[([0-9;:]*)m")
_DARK = (
    *("#2E3436", "#E0524A", "#5BB450", "#D6A93A", "#5A94E0", "#B978C8", "#36B2B2", "#D3D7CF"),
    *("#6E7476", "#FF7B72", "#7EE787", "#F2CC60", "#79B8FF", "#D2A8FF", "#56D4DD", "#FFFFFF"),
)
_LIGHT = (
    *("#1E1C19", "#B8211B", "#15793A", "#8A6100", "#1558B0", "#8A3FA0", "#0B7285", "#5E5A53"),
    *("#6A655E", "#D1372E", "#1F8F4A", "#A87600", "#2B74D6", "#A350BD", "#128AA0", "#3A3632"),
)
_LEVELS = (0, 95, 135, 175, 215, 255)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; colours as a terminal's codes, empty for its own."""

    text: str
    ink: str = ""
    ground: str = ""
    bold: bool = False


def runs_of(text: str) -> list[Run]:
    """*text* in pieces of one look each; sequences that are no colours were left out before."""
    found: list[Run] = []
    look, at = Run(""), 0
    for match in _SEQUENCE.finditer(text):
        _add(found, look, text[at : match.start()])
        look, at = _changed(look, match[1].replace(":", ";").split(";")), match.end()
    _add(found, look, text[at:])
    return found


def plain(text: str) -> str:
    """*text* without its colours."""
    return _SEQUENCE.sub("", text)


def color_of(code: str, *, dark: bool) -> QColor:
    """The colour of a code in a dark or a light terminal."""
    kind, _, value = code.partition(":")
    if kind == "rgb":
        return QColor(value)
    number = int(value)
    if number < 16:
        return QColor((_DARK if dark else _LIGHT)[number])
    if number >= 232:
        grey = 8 + (number - 232) * 10
        return QColor(grey, grey, grey)
    number -= 16
    return QColor(_LEVELS[number // 36], _LEVELS[number // 6 % 6], _LEVELS[number % 6])


def _add(found: list[Run], look: Run, text: str) -> None:
    if text:
        found.append(replace(look, text=text))


def _changed(look: Run, codes: list[str]) -> Run:
    """The look after a sequence; what is not known changes nothing."""
    waiting = [int(code) if code.isdigit() else 0 for code in codes]
    while waiting:
        code = waiting.pop(0)
        if code in {38, 48}:
            color = _extended(waiting)
            look = replace(look, ink=color) if code == 38 else replace(look, ground=color)
        else:
            look = _with_code(look, code)
    return look


def _with_code(look: Run, code: int) -> Run:
    if code == 0:
        return Run("")
    if code in {1, 22}:
        return replace(look, bold=code == 1)
    for start, first, member in ((30, 0, "ink"), (90, 8, "ink"), (40, 0, "ground")):
        if start <= code < start + 8:
            return replace(look, **{member: f"index:{code - start + first}"})  # type: ignore[arg-type]
    if 100 <= code < 108:
        return replace(look, ground=f"index:{code - 92}")
    if code in {39, 49}:
        return replace(look, ink="") if code == 39 else replace(look, ground="")
    return look


def _extended(waiting: list[int]) -> str:
    """The colour after 38 or 48, whose numbers it takes away."""
    kind = waiting.pop(0) if waiting else 0
    if kind == 5 and waiting:
        return f"index:{min(waiting.pop(0), 255)}"
    if kind == 2 and len(waiting) >= 3:
        red, green, blue = (min(waiting.pop(0), 255) for _ in range(3))
        return f"rgb:#{red:02x}{green:02x}{blue:02x}"
    return ""
