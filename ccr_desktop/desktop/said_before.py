"""Words of the window that were kept, said again in the language in force.

What was done is written down in the words of that time: for the undo, in the history, which
outlives the app, in what is on the screen when the language changes. It is known again by the texts
of the window and of the router, in each of our languages (`resources/i18n/texts.json` has them).
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop import paths
from ccr_desktop.desktop import language
from ccr_desktop.desktop.phrases import Form, Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator


def again(said: str) -> str:
    """*said*, whenever and in whichever language that was, as it is said now."""
    present = language.current()
    return _said(present.code, present.is_source, said) if said else said


@lru_cache(maxsize=1024)
def _said(_code: str, _is_source: bool, said: str) -> str:  # what it depends on
    return _phrases().say(said)


@cache
def _phrases() -> Phrases:
    return Phrases(_forms(), QCoreApplication.translate)


def _forms() -> Iterator[Form]:
    file = paths.resource("i18n/texts.json")
    texts: list[tuple[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    others = [language.words_of(code) for code in language.SHIPPED if code != language.ENGLISH]
    for context, source in texts:
        yield Form(context, source, source)
        for words in others:
            if translation := words.translate(context, source):
                yield Form(context, source, translation)
