"""What a setting is: its key, what it must be, its default and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a value must be; the words are for messages and the documentation."""

    TEXT = "a text"
    NUMBER = "a whole number"
    DECIMAL = "a number"
    AMOUNT = "a number above 0"
    FLAG = "true or false"
    PATH = "the path of a file"
    ADDRESS = "an address"
    SPAN = "a span of the day such as 22:00-06:00"
    ROUTE = 'a route "provider,model", or a list of them'
    LIST = "a list"
    OBJECT = "an object"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. `member` is where its value is in `Config`, for those at the top."""

    key: str
    kind: Kind
    help: str
    default: Any = None
    unit: str = ""
    example: str = ""
    synonyms: tuple[str, ...] = ()
    synonyms_first: bool = False
    """Whether a synonym beats the key when both are there."""
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    member: str = ""
    variable: str = ""
    """The environment variable that counts when the file says nothing."""
    is_secret: bool = False
    is_idle: bool = False
    """Read, checked and kept, but nothing acts upon it so far."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The key and its synonyms; the first that has a value counts."""
        if self.synonyms_first:
            return (*self.synonyms, self.key)
        return (self.key, *self.synonyms)


def setting(key: str, kind: Kind, text: str, **more: Any) -> Setting:
    return Setting(key=key, kind=kind, help=text, **more)
