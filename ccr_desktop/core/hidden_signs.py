"""Signs in texts that nobody sees: they reorder what stands around them, or tell two names apart.

A preset or a settings file may have them in a name. Shown as it is, `\\u202e` for one lets the rest
of a line run backwards, so that it says something else than what is in force.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "\N{REPLACEMENT CHARACTER}"
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_TAGS = "\U000e0000-\U000e007f"
_UNSEEN = "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff"
_MISLEADING = re.compile(f"[{_REORDERING}{_CONTROLS}{_TAGS}]")
_HIDDEN = re.compile(f"[{_REORDERING}{_CONTROLS}{_TAGS}{_UNSEEN}]")
_MOST = 10
Place = tuple[str | int, ...]


def visible(text: str) -> str:
    """*text* with a mark for each sign that could make it look like another.

    Places where a line may break stay, which the window puts into long addresses itself.
    """
    return _MISLEADING.sub(MARK, text)


def hidden_sign(text: str) -> str:
    """What the first hidden sign is called, as `U+202E`; empty where all can be seen."""
    found = _HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def hidden_signs(value: Any) -> Iterator[tuple[Place, str]]:
    """Places with a text that has a hidden sign, and the first one in it; the first few of them.

    For the name of a member it is the place of what it is a member of.
    """
    found = _walk(value, ())
    for _, each in zip(range(_MOST), found, strict=False):
        yield each


def _walk(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    match value:
        case str():
            if sign := hidden_sign(value):
                yield place, sign
        case list():
            for number, item in enumerate(value):
                yield from _walk(item, (*place, number))
        case dict():
            for key, item in value.items():
                if sign := hidden_sign(key):
                    yield place, sign
                else:
                    yield from _walk(item, (*place, key))
