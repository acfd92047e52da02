"""Whether a folder is inside of another: by their names, and by where their links lead.

A folder has many names: through links, with `..`, with `~`. Both what is written and where it
really is are compared, so that no name is a way around a rule.
"""

from __future__ import annotations

import asyncio
import glob
import itertools
import os
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from ccr_desktop import paths

_VALID_S = 2.0
_PATIENCE_S = 1.0
_KEPT = 4096
_MAX_CHARS = 4096
_MAX_PLACES = 10_000
_NEVER: tuple[float, dict[str, str]] = (float("-inf"), {})
_Query = tuple[str, bool]  # a folder, or a pattern
_QUOTES = "`'\""
_NOTE = re.compile(r"\s+\([^()]*\)$")
_ALL_BELOW = re.compile(r"([/\\]\*\*)+[/\\]*$")


def whole_paths(text: str) -> list[Path]:
    """The folders that *text* may mean: none where it is no whole path.

    A remark in brackets behind a path may be a part of it, so both count.
    """
    text = text.strip().strip(_QUOTES).strip()
    readings = dict.fromkeys((text, _NOTE.sub("", text).strip().strip(_QUOTES)))
    return [path for reading in readings if (path := _whole_path(reading))]


def _whole_path(text: str) -> Path | None:
    if "\0" in text or len(text) > _MAX_CHARS:
        return None
    path = paths.expanded(text)
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return None
    return path if path.root else None


def is_inside(folder: Path, pattern: str, real: Mapping[str, str] | None = None) -> bool:
    """Whether *folder* is the one that *pattern* names, or below it.

    *real* says where paths lead, as `RealPaths` found it; without it only names are compared.
    """
    wanted = _wanted(pattern, _home() if "~" in pattern else "")
    places = _places(_names(folder, real)) if real else _written_places(folder)
    if "*" not in wanted:
        return wanted in places
    return any(fnmatchcase(place, _globbed(wanted)) for place in places)


def innermost(folder: Path, patterns: Iterable[str], real: Mapping[str, str] | None = None) -> str:
    """The one of *patterns* that is nearest around *folder*, or the folder itself; "" for none.

    How a folder is written has no part in it, unless several names are of the same one.
    """
    fitting = [pattern for pattern in patterns if is_inside(folder, pattern, real)]
    return max(fitting, key=lambda pattern: (len(_end(pattern, real)), len(pattern)), default="")


def _end(pattern: str, real: Mapping[str, str] | None) -> str:
    wanted = _wanted(pattern, _home() if "~" in pattern else "")
    return (real or {}).get(wanted, wanted)


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111  # `Path.home` raises where there is none


@lru_cache(_KEPT)
def _wanted(pattern: str, _at_home: str) -> str:
    """The one spelling of *pattern* that counts while `~` is that home."""
    return _told_apart(_plain(str(Path(_expanded(pattern)))))


@lru_cache(_KEPT)
def _written_places(folder: Path) -> frozenset[str]:
    return _places(_names(folder, {}))


def _places(names: Iterable[Path]) -> frozenset[str]:
    """The folders of those *names*, and all around them."""
    places = {str(place) for name in names for place in (name, *name.parents)}
    return frozenset(map(_told_apart, places))


def _names(folder: Path, real: Mapping[str, str]) -> set[Path]:
    """All that *folder* is called: as it is written, as it really is, and through each link."""
    target = Path(_plain(real.get(str(folder), str(folder))))
    names = {Path(_plain(str(folder))), target}
    for link, end in real.items():
        if target.is_relative_to(end):
            names.add(Path(_plain(link), target.relative_to(end)))
    return names


def _split(pattern: str) -> tuple[str, str]:
    parts = Path(_expanded(pattern)).parts
    fixed = next((index for index, part in enumerate(parts) if "*" in part), len(parts))
    return str(Path(*parts[:fixed])), str(Path(*parts[fixed:]))


def _expanded(pattern: str) -> str:
    return str(paths.expanded(_ALL_BELOW.sub("", pattern.strip()) or os.sep))


def _told_apart(path: str) -> str:
    """*path* as the system's disks tell names apart: by neither case nor the spelling of accents
    where that is so by custom, since a rule that forbids must hold there for any spelling.
    """
    if sys.platform == "darwin":
        return unicodedata.normalize("NFC", path).casefold()
    return os.path.normcase(path)


def _plain(path: str) -> str:
    """Without `..`, and without the two slashes that POSIX lets a path begin with."""
    path = os.path.normpath(path)
    return path[1:] if os.sep == "/" and path.startswith("//") else path


class RealPaths:
    """Where paths lead. Looked up in a thread, known for moments, and never waited for long."""

    def __init__(self) -> None:
        self._known: dict[_Query, tuple[float, dict[str, str]]] = {}
        self._looking: asyncio.Future[None] | None = None

    async def of(
        self, folders: Iterable[Path], patterns: Iterable[str] = ()
    ) -> dict[str, str] | None:
        """Where *folders* lead, and what *patterns* name; None when the disk is too slow."""
        queries = {*((str(folder), False) for folder in folders), *((p, True) for p in patterns)}
        if self._stale(queries):
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._look(queries)
            except TimeoutError:
                if not queries <= self._known.keys():
                    return None
        found: dict[str, str] = {}
        for query in queries:
            found |= self._known.get(query, _NEVER)[1]
        return found

    async def _look(self, queries: set[_Query]) -> None:
        """At most one thread at a time hangs at a disk that does not answer."""
        while self._looking and not self._looking.done():
            await asyncio.wait([self._looking])
        if stale := self._stale(queries):
            self._looking = asyncio.ensure_future(self._fill(stale))
            await asyncio.shield(self._looking)

    async def _fill(self, queries: list[_Query]) -> None:
        found = await asyncio.to_thread(_answers, queries)
        if len(self._known) > _KEPT:
            self._known.clear()
        now = time.monotonic()
        self._known.update({query: (now, answer) for query, answer in found.items()})

    def _stale(self, queries: set[_Query]) -> list[_Query]:
        oldest = time.monotonic() - _VALID_S
        return [query for query in queries if self._known.get(query, _NEVER)[0] < oldest]


def _answers(queries: list[_Query]) -> dict[_Query, dict[str, str]]:
    return {query: _linked(query[0]) if query[1] else _lead(query[0]) for query in queries}


def _linked(pattern: str) -> dict[str, str]:
    """Where the beginning of *pattern* leads, and those of the folders it fits that are links."""
    fixed, rest = _split(pattern)
    if not Path(fixed).root:
        return {}
    found = _lead(fixed)
    if rest == ".":
        return found
    for place in _fitting(fixed, rest):
        name = str(Path(fixed, place))
        if (end := _real(name)) != str(Path(found[fixed], place)):
            found[name] = end
    return found


def _fitting(folder: str, pattern: str) -> list[str]:
    # `Path.glob` follows no limit, and raises for patterns that fit nothing.
    found = glob.iglob(_globbed(pattern), root_dir=folder, include_hidden=True)  # noqa: PTH207
    try:
        return list(itertools.islice(found, _MAX_PLACES))
    except (OSError, ValueError):
        return []


def _globbed(pattern: str) -> str:
    """Only `*` is special; brackets and question marks are what they are."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


def _lead(name: str) -> dict[str, str]:
    return {name: _real(name)}


def _real(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return name
