"""Texts for people that can be translated later: the sentence and what fills its places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

Translate = Callable[[str], str]
Join = Callable[[Iterable[str]], str]


def as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """`text` has named places, `{port}`; it is English and the key of its translations.

    What fills a place may be words, too, or a tuple of names.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.shown()

    def shown(self, translate: Translate = as_it_is, join: Join = ", ".join) -> str:
        if not self.text:
            return ""
        values = {name: _shown(value, translate, join) for name, value in self.values.items()}
        return translate(self.text).format_map(values)

    def changed(self, change: Translate) -> Words:
        """The same, with *change* done to the texts that fill the places."""
        values = {name: _changed(value, change) for name, value in self.values.items()}
        return replace(self, values=values)


def _shown(value: object, translate: Translate, join: Join) -> object:
    match value:
        case Words():
            return value.shown(translate, join)
        case tuple():
            return join(map(str, value))
        case _:
            return value


def _changed(value: object, change: Translate) -> object:
    match value:
        case str():
            return change(value)
        case Words():
            return value.changed(change)
        case tuple():
            return tuple(_changed(each, change) for each in value)
        case _:
            return value


def say(text: str, /, **values: object) -> Words:
    """*text* has to be a literal: translations are found by it, in the context "Doctor"."""
    return Words(text, values)


NOTHING = Words("")
