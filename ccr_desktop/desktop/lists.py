"""Several things in one line, with what the language in force puts between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.phrases import TITLED, put_together

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDS = (".", "!", "?", "…", "。", "！", "？")


def names(parts: Iterable[str]) -> str:
    """Words of one kind: models, providers, files."""
    return _tr("{name}, {next}").format(name="", next="").join(parts)


def phrases(parts: Iterable[str]) -> str:
    """What is said of one thing, part by part; what is empty is left out."""
    return _tr("{phrase}, {further}").format(phrase="", further="").join(filter(None, parts))


def clauses(parts: Iterable[str]) -> str:
    """What could be sentences of their own."""
    return _tr("{clause}; {next}").format(clause="", next="").join(parts)


def sentences(parts: Iterable[str]) -> str:
    """What is heard one after the other, with a stop after each; what is empty is left out."""
    stop = _tr(".")
    said = (part.strip() for part in parts if part.strip())
    return put_together(part if part.endswith(_ENDS) else f"{part}{stop}" for part in said)


def titled(title: str, words: object) -> str:
    """What *title* is, or what is said of it: to be seen. A screen reader may spell the colon out,
    so what is only heard is put together by `phrases`.
    """
    return _tr(TITLED).format(title=title, words=words)


def aside(words: str, more: object) -> str:
    """What is said beside *words* to tell them from others."""
    return _tr("{words} ({aside})").format(words=words, aside=more)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Punctuation", text)
