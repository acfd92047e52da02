"""Sentences known again by the texts that they were made of, whatever stands in their places.

A text has places, `{name}` or `%1`; a sentence that somebody made of it says nothing of that any
more. Here the text is found again, with what stands in its places, to be said in another language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PLACE = re.compile(r"\{([a-z_]+)[^}]*\}|%([1-9])")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
"""A number as the core groups its digits."""
_LINE = re.compile(r"\S[^\n]*")
TITLED = str(QT_TRANSLATE_NOOP("Punctuation", "{title}: {words}"))
_COLON = re.compile(": |：")
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"(?<=[.!?;]) (?=\S)|(?<=[。！？；])(?=\S)")
_NAMED = re.compile(r"""'[^']*'|"[^"]*"|“[^”]*”|\[.*\]|\{.*\}|(?:/|[A-Za-z]:[\\/]).*""", re.DOTALL)
_WIDE = ("。", "！", "？", "；")
_SAYINGS = frozenset({"cause", "error", "problem", "reason", "told", "why", "words"})
"""Places for what is said elsewhere; in others may be a text as a whole."""
_NAMES = frozenset({"agent", "file", "folder", "model", "name", "path", "provider", "vendor"})
"""Places for what a person named, which is the same in every language."""
_CHOICES = re.compile(r"(?:\b[Aa]llowed|\b[Kk]nown|\bone of)(?: are)?:? $|\bare: $")
"""What stands before a place for all the names that something may have."""
_NAMES_APART = re.compile(r"""[^\s,'"]+(?:, [^\s,'"]+)+""")
_CHARACTER = 3
_WEAK = 5  # letters: with fewer, a text could be found in anything
_DEEPEST = 4
_GONE = ("", " ", "  ")  # beside places with nothing in them
_STOPS = {
    ".": str(QT_TRANSLATE_NOOP("Punctuation", ".")),
    "。": ".",
    ";": str(QT_TRANSLATE_NOOP("Punctuation", ";")),
    "；": ";",
}
_MOST_SENTENCES = 12  # of one text
_MOST_LOOKED_UP = 1000  # for one text: half a second; what is longer is seldom ours


class Found(NamedTuple):
    """`letters` is how many of those that were said are of texts and not of what they are about."""

    words: str
    letters: int


@dataclass(frozen=True)
class Form:
    """`text` is what was said then; now it is `source`, as `context` translates it."""

    context: str
    source: str
    text: str

    @cached_property
    def letters(self) -> int:
        """How much it says itself. A Chinese character says as much as a short word."""
        found = [letter for literal in self._literals for letter in _LETTER.findall(literal)]
        return sum(1 if letter.isascii() else _CHARACTER for letter in found)

    @cached_property
    def sign(self) -> str:
        """Whatever was made of the text has this in it. What it begins with may be a capital."""
        first, *rest = self._literals
        return max([first[1:], *rest], key=len).strip(" ")

    @cached_property
    def places(self) -> list[str]:
        return [name or number for name, number in _PLACE.findall(self.text)]

    @cached_property
    def choices(self) -> frozenset[str]:
        """The places that hold a list of names."""
        before = zip(self.places, self._literals, strict=False)
        return frozenset(place for place, literal in before if _CHOICES.search(literal))

    def parts(self, said: str) -> dict[str, str] | None:
        """What stands in the places of *said*; None where this is not what it was made of.

        It may be nothing, and at the beginning or the end the space beside it is gone, too.
        """
        bare = said.strip(" ")
        lefts = _GONE if self.places and not self._literals[0] else _GONE[:1]
        rights = _GONE if self.places and not self._literals[-1] else _GONE[:1]
        for left, right in product(lefts, rights):
            if found := self._pattern.fullmatch(f"{left}{bare}{right}"):
                return dict(zip(self.places, found.groups(), strict=True))
        return None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        first, *rest = self._literals
        begin = f"(?i:{re.escape(first[0])}){re.escape(first[1:])}" if first else ""
        return re.compile("(.*?)".join([begin, *map(re.escape, rest)]), re.DOTALL)

    @cached_property
    def _literals(self) -> list[str]:
        return _PLACE.split(self.text.strip(" "))[::3]


def _is_wordy(part: str) -> bool:
    """Whether it may be a sentence: what is quoted and paths are none, spaces or not."""
    return " " in part and not _NAMED.fullmatch(part)


def put_together(sentences: Iterable[str]) -> str:
    """Those that there are. Between Chinese sentences there is no space."""
    *before, last = [one for one in sentences if one] or [""]
    return "".join(one if one.endswith(_WIDE) else f"{one} " for one in before) + last


class Phrases:
    """*translate* is told a context and a source, as Qt's is; *count* groups the digits of
    a number as the language does, and *join* puts between names what the language does."""

    def __init__(
        self,
        forms: Iterable[Form],
        translate: Callable[[str, str], str],
        count: Callable[[int], str] = "{:,}".format,
        join: Callable[[Iterable[str]], str] = ", ".join,
    ) -> None:
        known = [form for form in dict.fromkeys(forms) if form.letters]
        self._forms = sorted(known, key=lambda form: -form.letters)
        self._by_text = {form.text: form for form in reversed(self._forms)}
        self._translate, self._count, self._join = translate, count, join
        self._looked_up: dict[tuple[str, int], Found | None] = {}

    @cached_property
    def _signed(self) -> list[tuple[str, Form]]:
        return [(form.sign, form) for form in self._forms]

    def say(self, said: str) -> str:
        """*said* as it is said now, each line by itself; what is not known stays as it is."""
        try:
            return _LINE.sub(lambda line: self._found(line[0], 0).words, said)
        finally:
            self._looked_up.clear()

    def _found(self, said: str, depth: int) -> Found:
        sentences = _BETWEEN.split(said)
        several = self._joined(sentences, depth) if len(sentences) > 1 else None
        whole, titled = several or self._sentence(said, depth), self._titled(said, depth)
        known = [found for found in (whole, titled) if found is not None]
        return max(known, key=lambda found: found.letters, default=Found(said, 0))

    def _joined(self, sentences: list[str], depth: int) -> Found:
        """Several may be of one text: they are taken together so that most is known."""
        best = [Found("", 0)]
        for end in range(1, len(sentences) + 1):
            known = []
            for begin in range(max(0, end - _MOST_SENTENCES), end):
                said = put_together(sentences[begin:end])
                found = self._sentence(said, depth) or Found(said, 0)
                before = best[begin]
                words = put_together([before.words, found.words]) if begin else found.words
                known.append(Found(words, before.letters + found.letters))
            best.append(max(known, key=lambda found: found.letters))
        return best[-1]

    def _titled(self, said: str, depth: int) -> Found | None:
        """`Title: value`, where the title is a text, or the name of a place or a thing."""
        title, *value = _COLON.split(said, maxsplit=1)
        known = self._text(title) or (None if " " in title else Found(title, 0))
        if not value or known is None:
            return None
        words, letters = self._found(value[0], depth)
        titled = self._translate("Punctuation", TITLED)
        return Found(titled.format(title=known.words, words=words), known.letters + letters)

    def _sentence(self, said: str, depth: int) -> Found | None:
        """Parts of one text are asked for again and again, each with all of its own parts."""
        key = said, depth
        if key not in self._looked_up:
            if len(self._looked_up) >= _MOST_LOOKED_UP:
                return None
            self._looked_up[key] = None  # it counts from its beginning
            self._looked_up[key] = self._stopped(said, depth)
        return self._looked_up[key]

    def _stopped(self, said: str, depth: int) -> Found | None:
        """Also what was made a sentence of by a full stop."""
        found = self._matched(said, depth)
        bare = self._matched(said[:-1], depth) if said[-1:] in _STOPS else None
        if bare is None or (found is not None and found.letters > bare.letters):
            return found
        return bare._replace(words=bare.words + self._translate("Punctuation", _STOPS[said[-1]]))

    def _matched(self, said: str, depth: int) -> Found | None:
        for sign, form in self._signed:
            if sign in said and (parts := form.parts(said)) is not None:
                found = self._filled(form, parts, depth)
                if found is not None:
                    return found
        return None

    def _text(self, said: str) -> Found | None:
        """*said*, if it is a text as it is, without places."""
        form = self._by_text.get(said)
        return Found(self._translate(form.context, form.source), form.letters) if form else None

    def _filled(self, form: Form, parts: dict[str, str], depth: int) -> Found | None:
        """None where a short text would stand for a sentence that is not known."""
        found = {place: self._part(place, part, depth) for place, part in parts.items()}
        for place in form.choices:
            if not found[place].letters and _NAMES_APART.fullmatch(parts[place]):
                found[place] = Found(self._join(parts[place].split(", ")), 0)
        unknown = [part for part in found.values() if not part.letters and _is_wordy(part.words)]
        if unknown and form.letters < _WEAK:
            return None
        text = self._translate(form.context, form.source)
        words = _PLACE.sub(lambda place: found[place[1] or place[2]].words, text)
        letters = form.letters + sum(part.letters for part in found.values()) // 2  # less certain
        return Found(words.strip(" "), letters)

    def _part(self, place: str, part: str, depth: int) -> Found:
        """What a sentence is about may be a sentence of its own, or a number."""
        if GROUPED.fullmatch(part):
            return Found(self._count(int(part.replace(",", ""))), 0)
        if depth < _DEEPEST and (place in _SAYINGS or place.isdigit()):
            return self._found(part, depth + 1)
        known = None if place in _NAMES else self._text(part)
        return known or Found(part, 0)
