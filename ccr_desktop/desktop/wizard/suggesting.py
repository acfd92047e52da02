"""Which models to begin with, each with the reason in words. No I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop.pages.routes.models import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SMALL = {
    "mini", "flash", "haiku", "small", "lite", "nano", "air", "tiny", "instant", "fast",
    "turbo", "8b", "7b", "4b", "3b",
}  # fmt: skip
_NOT_FOR_CHAT = {
    "embed", "embedding", "embeddings", "whisper", "tts", "image", "audio", "moderation",
    "rerank", "reranker", "transcribe", "realtime", "dall", "ocr", "guard",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model, and why."""

    model: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    main: Suggestion
    background: Suggestion
    long: Suggestion


def suggest(
    live: Sequence[str], known: Sequence[str], vendor: str, window: Callable[[str], int | None]
) -> Suggestions:
    """*known* are the models that are usual at the vendor, the best one first."""
    able = [model for model in live if not _words_of(model) & _NOT_FOR_CHAT] or [*live]
    usual = [model for model in known if model in able or not able]
    main = _main(live, able, usual, vendor)
    return Suggestions(main, _background(able, usual, main), _long(able, main, window))


def _main(
    live: Sequence[str], able: Sequence[str], usual: Sequence[str], vendor: str
) -> Suggestion:
    if usual:
        return Suggestion(usual[0], _tr("The usual choice at {vendor}.").format(vendor=vendor))
    if len(live) == 1:
        return Suggestion(live[0], _tr("The only one that {vendor} has.").format(vendor=vendor))
    large = [model for model in able if not _words_of(model) & _SMALL]
    model = next(iter(large or able), "")
    if not model:
        return Suggestion("", "")
    words = (
        _tr("The first one that {vendor} lists.")
        if model == live[0]
        else _tr("The first one that {vendor} lists and that fits, by its name.")
    )
    return Suggestion(model, words.format(vendor=vendor))


def _background(able: Sequence[str], usual: Sequence[str], main: Suggestion) -> Suggestion:
    small = next((model for model in (*usual, *able) if _words_of(model) & _SMALL), "")
    if small and small != main.model:
        return Suggestion(small, _tr("A small, quick one, by its name."))
    return Suggestion(main.model, _same())


def _long(able: Sequence[str], main: Suggestion, window: Callable[[str], int | None]) -> Suggestion:
    sizes = {model: window(model) or 0 for model in able}
    own = sizes.get(main.model, 0)
    model = max(sizes, key=lambda name: sizes[name], default="")
    if own and sizes.get(model, 0) > own:
        words = _tr("Holds {size} tokens, more than the others.")
        return Suggestion(model, words.format(size=short(sizes[model])))
    if own:
        words = _tr("The same as for the main work: it holds {size} tokens.")
        return Suggestion(main.model, words.format(size=short(own)))
    return Suggestion(main.model, _same())


def _same() -> str:
    return _tr("The same as for the main work.")


def _words_of(model: str) -> set[str]:
    return set(re.split(r"[-_:/.\s]+", model.casefold()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wizard", text)
