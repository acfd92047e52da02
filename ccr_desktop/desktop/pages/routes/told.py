"""A decision in words: what would answer, and what each rule said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ccr_desktop.desktop import figures
from ccr_desktop.desktop.core_words import in_words
from ccr_desktop.desktop.pages.routes.kinds import ORDER, kind_title
from ccr_desktop.desktop.phrases import put_together
from ccr_desktop.desktop.state import model_of, provider_of
from ccr_desktop.errors import begun

if TYPE_CHECKING:
    from ccr_desktop.core.routing.decision import Decision, Verdict
    from ccr_desktop.errors import CcrError

_TOO_LONG = "prompt is too long"
_BACKUPS, _SIZES = 1, 2  # their places among the facts of a decision
_SIZE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """What one rule said."""

    rule: str
    reason: str
    matched: bool = False
    is_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that "Try it" shows of a decision, or of a refusal."""

    headline: str
    facts: tuple[str, ...] = ()
    steps: tuple[ToldStep, ...] = ()
    is_refused: bool = False
    is_unknown: bool = False

    @property
    def in_short(self) -> str:
        """The answer and its backups in one line."""
        is_plain = not (self.is_refused or self.is_unknown)
        return put_together((self.headline, *(self.facts[_BACKUPS:_SIZES] if is_plain else ())))


def _words(text: str) -> str:
    return QCoreApplication.translate("Routes", text)


def told_decision(decision: Decision) -> Told:
    route = str(decision.route)
    answers = _words("{model} from {provider} would answer.")
    answers = answers.format(model=model_of(route), provider=provider_of(route))
    facts = (_kind(decision), _backups(decision), _size(decision.tokens))
    steps = tuple(_step(verdict) for verdict in decision.trace)
    if decision.is_sure:
        return Told(headline=answers, facts=facts, steps=steps)
    unless = _words("Unless one of the rules marked “not known” applies: {answers}")
    return Told(
        headline=_words("It can't be known which model would answer."),
        facts=(unless.format(answers=answers), *facts),
        steps=steps,
        is_unknown=True,
    )


def told_error(error: CcrError) -> Told:
    if error.title.startswith(_TOO_LONG):
        sizes = _SIZE.sub(lambda size: figures.count(int(size[0])), error.title.partition(": ")[2])
        why = _words("It is too long for the model ({sizes}), and no other may take it.")
        way = _words("Claude Code would shorten the conversation and ask again.")
        more = _words("A larger model in the row “{row}” would take it as it is.")
        texts = (why.format(sizes=sizes), way, more.format(row=kind_title("longContext")))
        return Told(headline=_words("It would be refused."), facts=texts, is_refused=True)
    facts = tuple(map(in_words, filter(None, (f"{error.title}.", error.message))))
    return Told(headline=_words("It would be refused."), facts=facts, is_refused=True)


def rule_title(rule: str) -> str:
    """The name of a rule in plain words."""
    if rule.startswith("rule:"):
        return _words("Your rule “{name}”").format(name=rule.removeprefix("rule:"))
    if rule in ORDER:
        return kind_title(rule)
    named = {
        "custom": _words("Your own router"),
        "explicit": _words("A model of yours by name"),
        "subagentTag": _words("A model named in the prompt"),
        "agent": _words("Helper agent by name"),
        "model": _words("Name of the Claude model"),
        "project": _words("Settings of the folder"),
        "paused": _words("Routing is paused"),
        "switchedOff": _words("Switched off"),
        "resting": _words("Left alone after failures"),
        "contextWindow": _words("Too small"),
        "imageAgent": _words("Pictures for other models"),
    }
    return named.get(rule, rule)


def _step(verdict: Verdict) -> ToldStep:
    reason = verdict.reason
    if verdict.is_unknown:
        reason = in_words(f"{begun(reason)}.")
        return ToldStep(rule=rule_title(verdict.rule), reason=reason, is_unknown=True)
    if verdict.rule == "explicit" and not verdict.matched:
        reason = _words("It asks for none of them.")
    elif verdict.rule == "custom" and reason.endswith("is not set"):
        reason = _words("There is none.")
    elif reason.endswith("is not set"):
        reason = _words("Nothing is chosen for it.")
    else:
        reason = in_words(f"{begun(reason)}.")
    return ToldStep(rule=rule_title(verdict.rule), reason=reason, matched=verdict.matched)


def _kind(decision: Decision) -> str:
    return _words("Decided by: {rule}").format(rule=rule_title(decision.trace[-1].rule))


def _backups(decision: Decision) -> str:
    names = [model_of(str(route)) for route in decision.fallbacks]
    if not names:
        return _words("No backup model.")
    return _words("Backup models: {models}").format(models=_words(", then ").join(names))


def _size(tokens: int | None) -> str:
    if tokens is None:
        return _words("Size: not counted, since nothing depends on it.")
    return _words("Size: {tokens} tokens").format(tokens=figures.count(tokens))
