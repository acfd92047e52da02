"""A title in the lines that it has, and what of it is cut where they are too few."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from PySide6.QtGui import QFont, QTextLayout, QTextOption

_LEFT_OUT = "…"


def title_lines(text: str, gives_way: str, font: QFont, wide: int, most: int) -> list[str]:
    """*text* in at most so many lines; what is left stands in the last one, to be cut.

    Its part *gives_way* is shortened first, in the middle, so that what comes after it is seen.
    """
    text, part = _flat(text), _flat(gives_way)
    if most == 1 and not part:
        return [text]
    lines = _broken(text, font, wide, most)
    if len(lines) > most and part in text and part:
        lines = _broken(_shortened(text, part, font, wide, most), font, wide, most)
    last = "".join(lines[most - 1 :])
    return [line.strip() for line in (*lines[: most - 1], last) if line] or [""]


def _shortened(text: str, part: str, font: QFont, wide: int, most: int) -> str:
    """*text* with as much of its *part* as the lines hold."""
    before, _, after = text.partition(part)

    def with_signs(kept: int) -> str:
        return f"{before}{middle_out(part, kept)}{after}"

    def is_too_long(kept: int) -> bool:
        return len(_broken(with_signs(kept), font, wide, most)) > most

    return with_signs(max(0, bisect_left(range(len(part)), True, key=is_too_long) - 1))


def middle_out(text: str, kept: int) -> str:
    """The first and the last of *text*, so many signs in all."""
    begin = text[: (kept + 1) // 2].rstrip()
    return f"{begin}{_LEFT_OUT}{text[len(text) - kept // 2 :].lstrip()}"


def _broken(text: str, font: QFont, wide: int, most: int) -> list[str]:
    """The lines that *text* takes, and as one more what *most* lines do not hold: to break all of
    a long text takes its time. A word that no line holds goes on in the next.
    """
    layout = QTextLayout(text, font)
    layout.setTextOption(_anywhere())
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts them
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(wide)
        starts.append(2 * line.textStart())
    layout.endLayout()
    pieces = [units[begin:end] for begin, end in pairwise([*starts, len(units)])]
    return [piece.decode("utf-16-le", "surrogatepass") for piece in pieces] or [text]


def _anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _flat(text: str) -> str:
    return " ".join(text.splitlines())  # names come from files, too
