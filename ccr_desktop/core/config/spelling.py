"""Words that are nearly right: what was meant, and keys that nobody knows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NO_SUCH_SETTING = "there is no such setting."
_LIKENESS = 0.7
_MOST_GUESSES = 200
"""For so many keys of one object it is guessed what was meant; who has more meant none of it."""
_REMARKS = ("_", "$", "//", "#")  # how people write comments where JSON has none


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that *word* is a misspelling of, if there is one."""
    spellings, folded = _spellings(tuple(known)), _folded(word)
    if exact := spellings.get(folded):
        return exact
    likely = [name for name in spellings if _may_be_near(name, folded)]
    if not likely:
        return None
    import difflib  # noqa: PLC0415  # only what is misspelled needs it

    close = difflib.get_close_matches(folded, likely, n=1, cutoff=_LIKENESS)
    return spellings[close[0]] if close else None


@lru_cache(maxsize=64)
def most_like(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """All of *known*, the most like *word* first; those that are equally like it as they were."""
    import difflib  # noqa: PLC0415  # only what is misspelled needs it

    match = difflib.SequenceMatcher(b=_folded(word))

    def unlikeness(name: str) -> float:
        match.set_seq1(_folded(name))
        return -match.ratio()

    return tuple(sorted(known, key=unlikeness))


@lru_cache(maxsize=64)
def _spellings(known: tuple[str, ...]) -> dict[str, str]:
    return {_folded(name): name for name in known}


def _may_be_near(one: str, other: str) -> bool:
    """By their lengths, which is all that a thousand unknown keys leave time for."""
    return 2 * min(len(one), len(other)) >= _LIKENESS * (len(one) + len(other))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question, with a space behind it; empty when no known word is near."""
    near = nearest(word, known)
    return f"Did you mean {near!r}? " if near else ""


def unknown_keys(found: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """The keys of *found* that nobody knows and that are no remarks."""
    known = frozenset(known)
    return [key for key in found if key not in known and not is_remark(key)]


def is_remark(key: str) -> bool:
    return key.startswith(_REMARKS)


def note_unknown_keys(
    found: Mapping[str, Any], known: Iterable[str], where: str, issues: list[Issue]
) -> None:
    """A warning for each key that has no effect."""
    known = tuple(known)
    for count, key in enumerate(unknown_keys(found, known)):
        path = f"{where}.{key}" if where else key
        meant = did_you_mean(key, known) if count < _MOST_GUESSES else ""
        hint = f"{meant}It is kept, but has no effect."
        issues.append(Issue(path, NO_SUCH_SETTING, hint, "warning"))


def _folded(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "")
