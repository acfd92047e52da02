"""Arguments of a call that arrive as values for JSON paths (Vertex AI).

Source: https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.protocol.messages import objects

if TYPE_CHECKING:
    from ccr_desktop.core.protocol.json import JsonObject

_STEP = re.compile(r"""\.?([^.\[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]""")
_ESCAPE = re.compile(r"\\(.)")
_MAX_ITEMS = 10_000
Step = str | int


class PartialArgs:
    """Puts the arguments of one call together."""

    def __init__(self) -> None:
        self.values: JsonObject = {}
        self._growing: list[Step] | None = None  # the path of a text that will continue

    def add(self, pieces: Any) -> None:
        """Take in a `partialArgs` list; what leads nowhere is left out."""
        for piece in objects(pieces):
            path = _read_path(piece.get("jsonPath"))
            if path and isinstance(path[0], str):
                self._put(path, _value(piece))
                self._growing = path if piece.get("willContinue") is True else None

    def _put(self, path: list[Step], value: Any) -> None:
        place: Any = self.values
        for step, following in pairwise(path):
            place = _entered(place, step, [] if isinstance(following, int) else {})
        if isinstance(value, str) and path == self._growing:
            before = _at(place, path[-1])
            value = before + value if isinstance(before, str) else value
        _set(place, path[-1], value)


def _read_path(path: Any) -> list[Step]:
    if not isinstance(path, str):
        return []
    steps: list[Step] = []
    for name, index, single, double in _STEP.findall(path.removeprefix("$")):
        if index:
            steps.append(int(index[:6]))
        else:
            steps.append(name or _ESCAPE.sub(r"\1", single or double))
    return steps


def _value(piece: JsonObject) -> Any:
    number = piece.get("numberValue")
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return next(
        (piece[name] for name in ("stringValue", "numberValue", "boolValue") if name in piece), None
    )


def _at(place: Any, step: Step) -> Any:
    if isinstance(place, dict) and isinstance(step, str):
        return place.get(step)
    if isinstance(place, list) and isinstance(step, int) and step < len(place):
        return place[step]
    return None


def _set(place: Any, step: Step, value: Any) -> None:
    if isinstance(place, dict) and isinstance(step, str):
        place[step] = value
    elif isinstance(place, list) and isinstance(step, int) and step < _MAX_ITEMS:
        place.extend([None] * (step + 1 - len(place)))
        place[step] = value


def _entered(place: Any, step: Step, new: Any) -> Any:
    """What stands at a step, put there where there is nothing to enter."""
    found = _at(place, step)
    if isinstance(found, type(new)):
        return found
    _set(place, step, new)
    return new
