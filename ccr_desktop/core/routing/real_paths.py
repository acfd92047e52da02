"""Whether a folder is inside of another: by their names, and by where their links lead.

A folder has many names: through links, with `..`, with `~`. Both what is written and where it
really is are compared, so that no name is a way around a rule.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from ccr_desktop import paths

_VALID_S = 2.0
_PATIENCE_S = 1.0
_KEPT = 4096
_MAX_CHARS = 4096
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
    real = real or {}
    wanted = [_escaped(name) for name in _names_of_pattern(pattern, real)]
    names = {_plain(str(folder)), _plain(real.get(str(folder), str(folder)))}
    places = {str(place) for name in names for place in (Path(name), *Path(name).parents)}
    return any(fnmatchcase(os.path.normcase(place), want) for place in places for want in wanted)


def fixed_part(pattern: str) -> str:
    """The path before the first part of *pattern* that has a `*`."""
    return _split(pattern)[0]


def _names_of_pattern(pattern: str, real: Mapping[str, str]) -> set[str]:
    fixed, rest = _split(pattern)
    starts = (fixed, real.get(fixed, fixed) if Path(fixed).root else fixed)
    return {_plain(str(Path(start, rest))) for start in starts}


def _split(pattern: str) -> tuple[str, str]:
    text = _ALL_BELOW.sub("", pattern.strip()) or os.sep
    parts = paths.expanded(text).parts
    fixed = next((index for index, part in enumerate(parts) if "*" in part), len(parts))
    return str(Path(*parts[:fixed])), str(Path(*parts[fixed:]))


def _plain(path: str) -> str:
    """Without `..`, and without the two slashes that POSIX lets a path begin with."""
    path = os.path.normpath(path)
    return path[1:] if os.sep == "/" and path.startswith("//") else path


def _escaped(pattern: str) -> str:
    """Only `*` is special; brackets and question marks are what they are."""
    return os.path.normcase(pattern).replace("[", "[[]").replace("?", "[?]")


class RealPaths:
    """Where paths lead. Looked up in a thread, known for moments, and never waited for long."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, str]] = {}
        self._looking: asyncio.Future[None] | None = None

    async def of(self, names: Iterable[str]) -> dict[str, str] | None:
        """What each of *names* leads to; None when the disk does not say so in time."""
        names = set(names)
        if self._stale(names):
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._look(names)
            except TimeoutError:
                if not names <= self._known.keys():
                    return None
        return {name: self._known[name][1] for name in names if name in self._known}

    async def _look(self, names: set[str]) -> None:
        """At most one thread at a time hangs at a disk that does not answer."""
        while self._looking and not self._looking.done():
            await asyncio.wait([self._looking])
        if stale := self._stale(names):
            self._looking = asyncio.ensure_future(self._fill(stale))
            await asyncio.shield(self._looking)

    async def _fill(self, names: list[str]) -> None:
        found = await asyncio.to_thread(_resolved, names)
        if len(self._known) > _KEPT:
            self._known.clear()
        now = time.monotonic()
        self._known.update({name: (now, path) for name, path in found.items()})

    def _stale(self, names: set[str]) -> list[str]:
        oldest = time.monotonic() - _VALID_S
        return [name for name in names if self._known.get(name, (float("-inf"), ""))[0] < oldest]


def _resolved(names: list[str]) -> dict[str, str]:
    return {name: _real(name) for name in names}


def _real(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return name
