"""Finds settings by what they are called, by their help, and by their names in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.core.config.settings import BY_KEY
from ccr_desktop.desktop.setting_places import ALL_PLACES, Place, help_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 40
_WORTHLESS = 9


@dataclass(frozen=True, slots=True)
class Found:
    """`where` is the way to it in words: "Settings › Network"."""

    key: str
    title: str
    help: str
    where: str

    @property
    def target(self) -> str:
        """What the window is asked for to show it."""
        return f"{ALL_PLACES[self.key].page}/#{self.key}"


def search(typed: str, names: Mapping[str, str]) -> list[Found]:
    """Settings that have every word of *typed*, those first whose names begin with it.

    *names* are the titles of pages and of the sections of Settings, by `page` and `page/section`.
    """
    words = typed.casefold().split()
    if not words:
        return []
    ranked = [
        (rank, number, _found(key, place, names))
        for number, (key, place) in enumerate(ALL_PLACES.items())
        if not _has_no_row(key) and (rank := _rank(words, key, place, names)) < _WORTHLESS
    ]
    return [found for _, _, found in sorted(ranked, key=lambda each: each[:2])][:_MOST]


def _has_no_row(key: str) -> bool:
    """Of the kinds of notices those that nothing tells yet have no switch that it could lead to."""
    return key.startswith("Desktop.notifications.") and BY_KEY[key].is_idle


def _rank(words: list[str], key: str, place: Place, names: Mapping[str, str]) -> int:
    """How well all *words* fit, 0 the best."""
    fields = (
        place.title.casefold(),
        key.casefold().replace("[]", ""),
        f"{place.words} {place.label}".casefold(),
        _where(place, names).casefold(),
        help_of(key).casefold(),
    )
    ranks = [_rank_of_word(word, fields) for word in words]
    return max(ranks)


def _rank_of_word(word: str, fields: tuple[str, ...]) -> int:
    title = fields[0]
    if title.startswith(word):
        return 0
    if any(part.startswith(word) for part in title.split()):
        return 1
    return next((rank for rank, text in enumerate(fields, 2) if word in text), _WORTHLESS)


def _found(key: str, place: Place, names: Mapping[str, str]) -> Found:
    return Found(key, place.title, help_of(key), _where(place, names))


def _where(place: Place, names: Mapping[str, str]) -> str:
    page = names.get(place.page, place.page)
    section = names.get(place.where, "") if place.section else ""
    if not section:
        return page
    text = QCoreApplication.translate("Settings", "{page} › {section}")
    return text.format(page=page, section=section)
