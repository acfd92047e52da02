"""The requests that "Try it" can begin with, as lines of a list."""

from __future__ import annotations

import time
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.outcomes import outcome_of
from ccr_desktop.desktop.pages.routes.models import short
from ccr_desktop.desktop.pages.routes.told import rule_title
from ccr_desktop.desktop.state import model_of
from ccr_desktop.desktop.widgets.choices import Choice
from ccr_desktop.desktop.work_words import work_words

if TYPE_CHECKING:
    from ccr_desktop.core.observe.journal import Entry

_OWN_RULE = "rule"


def past_choice(entry: Entry) -> Choice:
    """When, what it was taken for and what became of it; where it came from and who answered."""
    when = figures.moment(entry.at_s, time.time())
    words = (_work(entry), _outcome(entry) if entry.scenario else "")
    return Choice(
        key=entry.request_id,
        title=f"{when}  {' · '.join(filter(None, words))}",
        detail=" · ".join(
            filter(None, (PurePath(entry.folder).name, _models(entry), _size(entry)))
        ),
    )


def _work(entry: Entry) -> str:
    """The name of the own rule that took it, else the kind of work; or why there is none."""
    if not entry.scenario:
        told = _outcome(entry)
        if not told:
            return work_words("")
        return _words("{refused} before a model was chosen").format(refused=told)
    if entry.scenario == _OWN_RULE and entry.decision:
        matched = [step["rule"] for step in entry.decision.as_json()["trace"] if step["matched"]]
        named = [rule for rule in matched if rule.startswith(f"{_OWN_RULE}:")]
        return rule_title(named[-1]) if named else work_words(_OWN_RULE)
    return work_words(entry.scenario)


def _outcome(entry: Entry) -> str:
    """What is out of the ordinary about it."""
    outcome = outcome_of(entry)
    return "" if outcome.kind == "answered" else outcome.word


def _models(entry: Entry) -> str:
    """Which was asked for, and which one answered where that is another."""
    answered = model_of(entry.route) if entry.route else ""
    return " → ".join(dict.fromkeys(filter(None, (entry.model, answered))))


def _size(entry: Entry) -> str:
    tokens = entry.decision.as_json().get("tokens") if entry.decision else None
    return short(tokens) if tokens else ""


def _words(text: str) -> str:
    return QCoreApplication.translate("Routes", text)
