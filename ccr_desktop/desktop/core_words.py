"""The router's own sentences in the language of the window.

The core speaks English, in its log and to the command line, and knows of no window. What it says
is therefore known again by its texts: `resources/i18n/sentences.json` has them all, made from the
source, with `%1`, `%2` … for what they are about. One that is not known is shown as it is.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from ccr_desktop import paths
from ccr_desktop.desktop import figures, language, lists, other_ways
from ccr_desktop.desktop.phrases import GROUPED, Form, Phrases
from ccr_desktop.errors import begun

if TYPE_CHECKING:
    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.setup.templates import Template

CONTEXT = "Core"
_CODE = "`"


def in_words(said: str) -> str:
    """*said*, sentence by sentence, as the language in force has it, and without commands.

    What the core marks as code, for the command line, is not marked here.
    """
    said, present = other_ways.in_the_window(said), language.current()
    if not said or (present.is_source and _CODE not in said and not GROUPED.search(said)):
        return said
    return _remembered(present.code, QLocale().name(), said)


def issue_words(issue: Issue) -> str:
    """What is wrong with the file and what to do, as a sentence beside what it is about."""
    return problem_words(issue.problem, issue.hint)


def placed_words(issue: Issue) -> str:
    """The same with the setting that it is about, where there is one."""
    return in_words(str(issue)) if issue.where else issue_words(issue)


def problem_words(problem: str, hint: str = "") -> str:
    return in_words(f"{begun(problem)} {hint}".strip())


def note_words(template: Template | None) -> str:
    """What is to be known of a provider before it is used; empty where there is nothing."""
    return help_words(template.note) if template and template.note else ""


def help_words(text: str) -> str:
    """What a declaration says of a setting or a transformer, without the marks of the pages."""
    return QCoreApplication.translate("Help", text).replace(_CODE, "")


def title_words(template: Template) -> str:
    """What a provider is called; of several ways to reach it, the way in words."""
    for way, words in (
        (", in Anthropic's own protocol", _tr("{name}, in Anthropic's own protocol")),
        (", in its Responses API", _tr("{name}, in its Responses API")),
    ):
        if template.title.endswith(way):
            return words.format(name=template.title.removesuffix(way))
    return template.title


@lru_cache(maxsize=4096)
def _remembered(_code: str, _figures: str, said: str) -> str:
    """Lists show the same sentences again and again, and looking one up takes a millisecond."""
    return _phrases().say(said)


@cache
def _phrases() -> Phrases:
    file = paths.resource("i18n/sentences.json")
    sources: list[str] = json.loads(file.read_text(encoding="utf-8"))
    forms = [Form(CONTEXT, source, source) for source in sources]
    forms += [Form(other_ways.CONTEXT, words, words) for words in other_ways.WORDS]
    return Phrases(forms, _translated, figures.count, lists.names)


def _translated(context: str, source: str) -> str:
    """Only our texts: what a provider wrote may have such marks and keeps them."""
    return QCoreApplication.translate(context, source).replace(_CODE, "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProviderTitle", text)
