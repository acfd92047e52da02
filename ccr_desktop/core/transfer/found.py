"""What a reader makes of a file or a link: our form of it, and what has no place here.

Readers change nothing and ask nobody; `offer` makes what a person sees of what they found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ccr_desktop.errors import ClientError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.protocol.json import JsonObject


class Origin(StrEnum):
    """How far what was found is trusted."""

    HERE = "here"
    """Settings of another program of this user on this computer."""
    FILE = "file"
    """A file that may have come from anybody."""
    LINK = "link"
    """Text from a page or a message: providers and routes are all it may bring."""


class UnreadableError(ClientError):
    """It is none of the files and links that are known, or was damaged."""


class FaultyFileError(ConfigError):
    """A file from elsewhere has mistakes: it is none that is in force here."""

    def __init__(self, name: str, issues: Sequence[Issue]) -> None:
        super().__init__(name, issues)
        self.title = f"{name} can't be read"
        self.args = (f"{self.title}: {self.message}",)


@dataclass(slots=True)
class Found:
    """`raw` is in our form. `title` says what it is: "Settings of CC Switch"."""

    title: str
    origin: Origin
    raw: JsonObject = field(repr=False)
    place: str = ""
    """The path of the file; empty for a link."""
    needs_hand: list[str] = field(default_factory=list)
    """What could not be taken over, each with the reason."""
    issues: list[Issue] = field(default_factory=list)
    is_whole: bool = False
    """Whether it is a configuration with our keys, which can be taken just as it is."""
    is_sealed: bool = False
    """Whether there are keys in it that a passphrase would open."""
