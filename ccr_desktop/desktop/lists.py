"""Several things in one line, with what the language in force puts between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Iterable


def names(parts: Iterable[str]) -> str:
    """Words of one kind: models, providers, files."""
    return _tr("{name}, {next}").format(name="", next="").join(parts)


def phrases(parts: Iterable[str]) -> str:
    """What is said of one thing, part by part; what is empty is left out."""
    return _tr("{phrase}, {further}").format(phrase="", further="").join(filter(None, parts))


def clauses(parts: Iterable[str]) -> str:
    """What could be sentences of their own."""
    return _tr("{clause}; {next}").format(clause="", next="").join(parts)


def aside(words: str, more: object) -> str:
    """What is said beside *words* to tell them from others."""
    return _tr("{words} ({aside})").format(words=words, aside=more)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Punctuation", text)
