"""Which texts are links that are known here. Imports nothing, for commands that only ask that."""

from __future__ import annotations

import re

SCHEMES = ("ccr-desktop", "ccr", "ccswitch")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_AMONG_WORDS = re.compile(rf"(?<![\w+.-])(?:{'|'.join(SCHEMES)})://[^\s<>\"'`]+", re.I)


def is_link(text: str) -> bool:
    """Whether it is a link that can be read here, or may be."""
    return scheme_of(text) in SCHEMES


def link_in(text: str) -> str:
    """The first known link of a text that was copied with what stood around it; else the text."""
    found = None if is_link(text) else _AMONG_WORDS.search(text)
    return found.group().rstrip(".,;:!?)]}") if found else text


def scheme_of(text: str) -> str:
    """The scheme of a link; empty for other text, as paths are."""
    found = _SCHEME.match(text.strip())
    return found.group()[:-3].lower() if found else ""
