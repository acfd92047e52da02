"""The logo, laid on whole pixels: one line enters at the left and leaves three ways.

It is a tile that the lines cut into four. `pieces` is what they leave of the tile, `route` what
they cut, `frame` the tile itself; each is the data of a path of SVG.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_PARTS = 14
"""Of the tile's side: a line is two of them wide."""
_CORNER = 3.2
"""Radius of the tile's corners, in such parts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tile of *side*, *margin* away from the left and from the top."""

    margin: float
    side: float
    line: float
    """Width of the line that enters and goes straight on."""
    branch: float
    """Width of the lines that turn."""
    turn: float
    """Where the lines that turn leave the tile, from its left."""
    bend: float
    """Radius inside of the turn."""
    corner: float

    @classmethod
    def on_pixels(cls, margin: int, side: int) -> Mark:
        """With every edge between two pixels, so that none is blurred."""
        line = side / _PARTS * 2
        # Only a width that is even as the side is, or odd as it is, can stand in its middle.
        widths = range(2 - side % 2, side, 2)
        return cls(
            margin=margin,
            side=side,
            line=min(widths, key=lambda width: abs(width - line)),
            branch=max(1, round(line)),
            turn=round(side / _PARTS * 8),
            bend=round(side / _PARTS * 5),
            corner=side / _PARTS * _CORNER,
        )

    @classmethod
    def exact(cls, margin: float, side: float) -> Mark:
        """For a drawing that every size is made of."""
        part = side / _PARTS
        return cls(margin, side, 2 * part, 2 * part, 8 * part, 5 * part, _CORNER * part)

    @property
    def frame(self) -> str:
        return rounded(self.margin, self.side, self.corner)

    @property
    def pieces(self) -> str:
        return f"{self.three_pieces} {self._behind(1)}"

    @property
    def three_pieces(self) -> str:
        """All but the one at the lower right, whose place something else takes."""
        return f"{self._before(-1)} {self._behind(-1)} {self._before(1)}"

    @property
    def route(self) -> str:
        return " ".join(self._lane(way) for way in (-1, 1))

    def _before(self, way: int) -> str:
        """The piece above (*way* -1) or below the line that enters."""
        left, turn, radius = self.margin, self.margin + self.turn, self.corner
        end, edge = self.side / 2, self.line / 2
        pen = _Pen(self._center, way)
        pen.start(left + radius, end).across(turn).down(edge + self.bend)
        pen.arc(self.bend, turn - self.bend, edge, clockwise=True).across(left).down(end - radius)
        return pen.arc(radius, left + radius, end, clockwise=True).close()

    def _behind(self, way: int) -> str:
        """The piece between a line that turns and the one that goes straight on."""
        right, turn, radius = self._right, self.margin + self.turn + self.branch, self.corner
        end, edge = self.side / 2, self.line / 2
        pen = _Pen(self._center, way)
        pen.start(turn, end).across(right - radius)
        pen.arc(radius, right, end - radius, clockwise=True).down(edge).across(self._fork)
        return pen.arc(self._wide, turn, edge + self.bend, clockwise=False).close()

    def _lane(self, way: int) -> str:
        """A half of the line that enters, and of what becomes of it."""
        left, turn = self.margin, self.margin + self.turn
        end, edge = self.side / 2, self.line / 2
        pen = _Pen(self._center, way)
        pen.start(left, 0).down(edge).across(turn - self.bend)
        pen.arc(self.bend, turn, edge + self.bend, clockwise=False).down(end)
        pen.across(turn + self.branch).down(edge + self.bend)
        pen.arc(self._wide, self._fork, edge, clockwise=True)
        return pen.across(self._right).down(0).close()

    @property
    def _wide(self) -> float:
        """Radius outside of the turn."""
        return self.bend + self.branch

    @property
    def _fork(self) -> float:
        """Where the outside of the turn meets the line that goes straight on."""
        return self.margin + self.turn - self.bend + math.sqrt(self._wide**2 - self.bend**2)

    @property
    def _center(self) -> float:
        return self.margin + self.side / 2

    @property
    def _right(self) -> float:
        return self.margin + self.side


class _Pen:
    """Draws a half; the other is its mirror. Heights are distances from the middle."""

    def __init__(self, center: float, way: int) -> None:
        self._center = center
        self._way = way
        self._said: list[str] = []

    def start(self, x: float, height: float) -> _Pen:
        return self._say(f"M{_number(x)} {self._y(height)}")

    def across(self, x: float) -> _Pen:
        return self._say(f"H{_number(x)}")

    def down(self, height: float) -> _Pen:
        return self._say(f"V{self._y(height)}")

    def arc(self, radius: float, x: float, height: float, *, clockwise: bool) -> _Pen:
        """*clockwise* is said of the upper half."""
        size = _number(radius)
        sweep = int(clockwise == (self._way < 0))
        return self._say(f"A{size} {size} 0 0 {sweep} {_number(x)} {self._y(height)}")

    def close(self) -> str:
        return "".join(self._said) + "Z"

    def _y(self, height: float) -> str:
        return _number(self._center + self._way * height)

    def _say(self, words: str) -> _Pen:
        self._said.append(words)
        return self


def rounded(margin: float, side: float, corner: float) -> str:
    """The path of a square with round corners."""
    low, high, size = _number(margin), _number(margin + side), _number(corner)
    near, far = _number(margin + corner), _number(margin + side - corner)
    turn = f"A{size} {size} 0 0 1 "
    return (
        f"M{near} {low}H{far}{turn}{high} {near}V{far}{turn}{far} {high}"
        f"H{near}{turn}{low} {far}V{near}{turn}{near} {low}Z"
    )


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
