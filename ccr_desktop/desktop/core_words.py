"""The router's own sentences in the language of the window.

The core speaks English, in its log and to the command line, and knows of no window. What it says
is therefore known again by its pattern: `resources/i18n/sentences.json` has them all, made from the
source, with `%1`, `%2` … for what they are about. One that is not known is shown as it is.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop import paths
from ccr_desktop.desktop import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccr_desktop.core.config.issues import Issue

CONTEXT = "Core"
_PLACE = re.compile(r"%([1-9])")
_BETWEEN = re.compile(r"(?<=[.!?]) (?=\S)")
_DEEPEST = 4


def in_words(said: str) -> str:
    """*said*, sentence by sentence, as the language in force has it."""
    present = language.current()
    return said if not said or present.is_source else _remembered(present.code, said)


def issue_words(issue: Issue) -> str:
    """What is wrong with the file and what to do, as a sentence beside what it is about."""
    return problem_words(issue.problem, issue.hint)


def problem_words(problem: str, hint: str = "") -> str:
    return in_words(f"{problem[:1].upper()}{problem[1:]} {hint}".strip())


@lru_cache(maxsize=4096)
def _remembered(_code: str, said: str) -> str:
    """Lists show the same sentences again and again, and looking one up takes a millisecond."""
    return _translated(said, 0)


def _translated(said: str, depth: int) -> str:
    if (whole := _known(said, depth)) is not None:
        return whole
    sentences = _BETWEEN.split(said)
    if len(sentences) == 1:
        return said
    found = [_known(sentence, depth) for sentence in sentences]
    return "".join(one or f"{raw} " for one, raw in zip(found, sentences, strict=True)).strip()


def _known(said: str, depth: int) -> str | None:
    """*said* translated, also where it was made a sentence of by a full stop."""
    found = _matched(said, depth)
    if found is None and said.endswith("."):
        found = _matched(said[:-1], depth)
        return found if found is None else found + _tr(".")
    return found


def _matched(said: str, depth: int) -> str | None:
    for pattern, source in _patterns():
        found = pattern.fullmatch(said)
        translation = _translate(source) if found else source
        if found and translation != source:
            return _filled(translation, found.groups(), depth)
    return None


def _filled(translation: str, parts: Sequence[str], depth: int) -> str:
    """What a sentence is about may be a sentence of its own."""
    if depth < _DEEPEST:
        parts = [_translated(part, depth + 1) for part in parts]
    return _PLACE.sub(lambda place: parts[int(place[1]) - 1], translation)


def _translate(source: str) -> str:
    return QCoreApplication.translate(CONTEXT, source)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those with the most words of their own first: they say most precisely what was meant."""
    file = paths.resource("i18n/sentences.json")
    sources: list[str] = json.loads(file.read_text(encoding="utf-8"))
    sources.sort(key=lambda source: len(_PLACE.sub("", source)), reverse=True)
    return [(_pattern(source), source) for source in sources]


def _pattern(source: str) -> re.Pattern[str]:
    """In the window the first letter may have become a capital."""
    literal = [re.escape(part) for part in _PLACE.split(source)[::2]]
    text = "(.+?)".join(literal)
    return re.compile(f"(?i:{text[0]}){text[1:]}" if text[0].isalpha() else text, re.DOTALL)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Punctuation", text)
