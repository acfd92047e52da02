"""In which folders a client works: what it names, and what its session named before.

A prohibition must hold for each of them. What a user's text says about folders is no more than a
quotation: it may choose a route where nothing else is known, and it lifts no prohibition.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.messages import texts
from ccr_desktop.core.routing.real_paths import whole_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.core.protocol.json import JsonObject

_FOLDER = re.compile(r"^[^\w\n]*(?:primary )?working directory: *(\S[^\n<]*)", re.M | re.I)
_FURTHER = re.compile(
    r"^[^\w\n]*additional working directories:([^\n<]*(?:\n[ \t]+[-*][^\n<]*)*)", re.M | re.I
)
_BETWEEN = re.compile(r"[\n,]\s*(?:[-*] )?")
_SESSIONS = 1000


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`folder` chooses routes, `further` are those that count for prohibitions besides.

    `is_sure` says that the client or its session named a folder that can be used, not only a
    user's text. `real` says where folders and those of the rules lead.
    """

    folder: Path | None = None
    further: tuple[Path, ...] = ()
    is_sure: bool = False
    real: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Path, ...]:
        return (self.folder, *self.further) if self.folder else self.further


class SessionFolders:
    """The folders that sessions have named, the newest last, of the most recent sessions."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, dict[Path, None]] = OrderedDict()

    def of(self, session: str) -> list[Path]:
        return list(self._known.get(session, ()))

    def note(self, session: str, folders: Iterable[Path]) -> None:
        if not session:
            return
        known = self._known.setdefault(session, {})
        for folder in folders:
            known.pop(folder, None)
            known[folder] = None
        self._known.move_to_end(session)
        if len(self._known) > _SESSIONS:
            self._known.popitem(last=False)


def named_folders(body: JsonObject) -> list[Path] | None:
    """All folders that the client itself says it works in, the main one first.

    None when it names some, of which none is a whole path.
    """
    said = list(_own_words(body))
    main = [found for text in said for found in _FOLDER.findall(text)]
    further = [found for text in said for list_ in _FURTHER.findall(text) for found in _each(list_)]
    found = [path for text in (*main, *further) for path in whole_paths(text)]
    return None if main and not found else list(dict.fromkeys(found))


def _own_words(body: JsonObject) -> Iterator[str]:
    """The texts that are the client's: the system prompt and messages of the role system."""
    yield from texts(body.get("system"))
    for message in body["messages"]:
        if message.get("role") == "system":
            yield from texts(message.get("content"))


def _each(found: str) -> Iterator[str]:
    """The whole paths of a list in one line, or in lines of their own."""
    for line in (*found.split("\n"), *_BETWEEN.split(found)):
        text = line.strip(" \t\r-*")
        if Path(text).is_absolute() or text.startswith("~"):
            yield text
