"""The options that a transformer of the user's declares, for whoever offers fields for them.

class Polite:
    name = "polite"
    OPTIONS = (Option("word", str, "What is added to each request.", default="please"),)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ccr_desktop.core.config.setting import Kind, Setting

MEMBER = "OPTIONS"
_KINDS: dict[type, Kind] = {
    str: Kind.TEXT,
    int: Kind.NUMBER,
    float: Kind.DECIMAL,
    bool: Kind.FLAG,
    list: Kind.LIST,
    dict: Kind.OBJECT,
}


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name, `str`, `int`, `float`, `bool`, `list` or `dict`, and what it does.

    `is_secret` has it hidden on the screen.
    """

    name: str
    kind: type
    help: str = ""
    default: Any = None
    is_secret: bool = False


def declared_options(make: object) -> tuple[Setting, ...]:
    """What a class says in `OPTIONS`; what can't be understood there is left out."""
    declared = getattr(make, MEMBER, ())
    if not isinstance(declared, Iterable):
        return ()
    return tuple(
        Setting(
            key=option.name,
            kind=_KINDS[option.kind],
            help=option.help,
            default=option.default,
            is_secret=option.is_secret,
        )
        for option in declared
        if isinstance(option, Option) and option.kind in _KINDS
    )
