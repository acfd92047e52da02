"""What two sides made of the same settings file, as one text."""

from __future__ import annotations

from ccr_desktop.core.config.patching import patched
from ccr_desktop.core.config.positions import tokens
from ccr_desktop.core.config.syntax import parse_value
from ccr_desktop.core.setup.three_way import clashes, merged


def joined_texts(before: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where that would lose a value or a comment of either."""
    try:
        raw, own, other = (parse_value(text) for text in (before, mine, theirs))
        basis = _basis(before, mine, theirs).encode()
    except ValueError:
        return None
    if not all(isinstance(side, dict) for side in (raw, own, other)) or clashes(raw, own, other):
        return None
    data = patched(basis, merged(raw, own, other))
    return None if data is None else data.decode()


def _basis(before: str, mine: str, theirs: str) -> str:
    """The one that has all comments; `ValueError` where each has some of its own."""
    noted = _comments(before)
    if _comments(theirs) == noted:
        return mine
    if _comments(mine) == noted:
        return theirs
    raise ValueError


def _comments(text: str) -> list[str]:
    return [text[start:end] for kind, start, end in tokens(text) if kind == "comment"]
