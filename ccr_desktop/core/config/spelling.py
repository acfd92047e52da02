"""Words that are nearly right: what was meant, and keys that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LIKENESS = 0.7
_REMARKS = ("_", "$", "//", "#")  # how people write comments where JSON has none


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that *word* is a misspelling of, if there is one."""
    spellings = {_folded(name): name for name in known}
    if exact := spellings.get(_folded(word)):
        return exact
    import difflib  # noqa: PLC0415  # only what is misspelled needs it

    close = difflib.get_close_matches(_folded(word), spellings, n=1, cutoff=_LIKENESS)
    return spellings[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question, with a space behind it; empty when no known word is near."""
    near = nearest(word, known)
    return f"Did you mean {near!r}? " if near else ""


def unknown_keys(found: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """The keys of *found* that nobody knows and that are no remarks."""
    known = tuple(known)
    return [key for key in found if key not in known and not key.startswith(_REMARKS)]


def note_unknown_keys(
    found: Mapping[str, Any], known: Iterable[str], where: str, issues: list[Issue]
) -> None:
    """A warning for each key that has no effect."""
    known = tuple(known)
    for key in unknown_keys(found, known):
        path = f"{where}.{key}" if where else key
        hint = f"{did_you_mean(key, known)}It is kept, but has no effect."
        issues.append(Issue(path, "there is no such setting.", hint, "warning"))


def _folded(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "")
